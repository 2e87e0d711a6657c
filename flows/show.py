"""The facts of one document, out of the database or straight from a file; the story of a thing."""

import tempfile
from pathlib import Path

from flows import pipeline
from flows.order import Order
from output.database import Database, open_database, rows
from output.story import Story, meant, story_of
from output.table import Row


class NoSuchDocumentError(Exception):
    """No document in the database has that id, address or beginning of an id."""


def facts_of(document: str, db: Path) -> tuple[Row, list[Row]]:
    """The documents row and the rows of the view `facts` for an id, an address or a file.

    Raises NoSuchDocumentError or UnreadableError.
    """
    known = find_in(db, document) if db.is_file() else None
    if known:
        return known
    if is_file(document):
        return of_file(Path(document))
    if db.is_file():
        raise NoSuchDocumentError(f"{document}: no file, and nothing of {db} has this id or address")
    raise NoSuchDocumentError(f"{document}: no such file, and there is no database at {db}")


def told(name: str, db: Path) -> Story | None:
    """The story of the agreement or initiative that has this id, or had it; None if none has.

    Raises WrongDatabaseError.
    """
    if not db.is_file():
        return None
    opened = open_database(db, read_only=True)
    try:
        thing = meant(opened, name)
        return None if thing is None or thing["document_id"] is not None else story_of(opened, thing)
    finally:
        opened.close()


def is_file(name: str) -> bool:
    try:
        return Path(name).is_file()
    except OSError:  # a name that no file can have
        return False


def find_in(db: Path, document: str) -> tuple[Row, list[Row]] | None:
    opened = open_database(db, read_only=True)
    try:
        return of_database(opened, document)
    finally:
        opened.close()


def of_database(db: Database, document: str) -> tuple[Row, list[Row]] | None:
    """By id, by address, by the path of a file, by a former id, by the only id that begins so."""
    path = Path(document).absolute().as_posix()
    sql = "SELECT DISTINCT document_id AS id FROM locations WHERE url IN (?, ?) OR document_id = ?"
    found = rows(db, sql, document, path, document)
    if not found:
        found = rows(
            db, "SELECT document_id AS id FROM identifiers WHERE id = ? AND document_id > ''", document
        )
    if not found:
        found = rows(db, "SELECT id FROM documents WHERE substr(id, 1, ?) = ?", len(document), document)
    if len(found) > 1:
        names = ", ".join(str(row["id"]) for row in found[:5])
        raise NoSuchDocumentError(f"{document}: {len(found)} documents begin so: {names} …")
    if not found:
        return None
    key = found[0]["id"]
    facts = rows(db, "SELECT * FROM facts WHERE document_id = ? ORDER BY start_char, kind", key)
    return rows(db, "SELECT * FROM documents WHERE id = ?", key)[0], facts


def of_file(path: Path) -> tuple[Row, list[Row]]:
    """The facts of a file that the database does not have; nothing is kept."""
    with tempfile.TemporaryDirectory() as scratch:
        db = Path(scratch) / "show.db"
        report = pipeline.ingest(Order(paths=(path,)), db)
        for failure in report.failures:
            raise NoSuchDocumentError(f"{failure.source}: {failure.reason}")
        found = find_in(db, str(path.resolve()))
    assert found  # it was just written
    return found
