"""One new document, from a file or an address, and what it would change."""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from corpus.document import UnreadableError
from corpus.fetch import USER_AGENT, Limits, fetch
from flows import pipeline, show
from output.database import copy_database, open_database, rows
from output.table import Row

ALLOW = "PULJESPOR_ALLOW"  # networks that may be fetched from although they are not public
CONTACT = "PULJESPOR_CONTACT"  # how a web site's owner reaches whoever runs this
COMPARED = ("agreements", "initiatives", "documents")


@dataclass(frozen=True, slots=True)
class Trial:
    """What a document says, and what the database would have that it has not."""

    document: Row
    facts: list[Row]
    outcome: str
    changes: list[str]


def read_source(source: str) -> pipeline.Read:
    """Read a file or fetch an address. Raises UnreadableError (a FetchError is one)."""
    if urlsplit(source).scheme not in {"http", "https"}:
        return pipeline.read_one(Path(source), ())
    allow = tuple(filter(None, os.environ.get(ALLOW, "").split(",")))
    contact = os.environ.get(CONTACT)
    agent = f"{USER_AGENT}; {contact}" if contact else USER_AGENT
    page = fetch(source, Limits(allow=allow), agent)
    try:
        return pipeline.read_page(page.body, page.url, page.charset)
    except UnreadableError as error:
        return pipeline.Failure(page.url, str(error))


def add_source(source: str, db: Path) -> pipeline.Report:
    """Add one document to the database."""
    with pipeline.locked(db):
        outcomes = pipeline.write_batch(db, [read_source(source)])
        pipeline.resolve(db)
        return pipeline.report(db, outcomes)


def try_source(source: str, db: Path) -> Trial:
    """What adding would do, tried on a copy; the database is not touched. Raises UnreadableError."""
    read = read_source(source)
    if isinstance(read, pipeline.Failure):
        raise UnreadableError(f"{read.source}: {read.reason}")
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "trial.db"
        if db.is_file():
            copy_database(db, copy)
        before = snapshot(copy)
        written = pipeline.write_batch(copy, [read])[0]
        pipeline.resolve(copy)
        assert isinstance(written, pipeline.Written)
        document, facts = show.facts_of(written.document_id, copy)
        return Trial(document, facts, written.outcome, differences(before, snapshot(copy)))


def snapshot(db: Path) -> dict[str, dict[str, Row]]:
    """The rows of the things a user knows by name, by table and id."""
    opened = open_database(db)
    try:
        return {
            table: {str(row["id"]): row for row in rows(opened, f"SELECT * FROM {table}")}
            for table in COMPARED
        }
    finally:
        opened.close()


def differences(before: dict[str, dict[str, Row]], after: dict[str, dict[str, Row]]) -> list[str]:
    """One line for every row that would be new, gone, or have another value."""
    found = []
    for table in COMPARED:
        old, new = before[table], after[table]
        found += [f"new in {table}: {key}" for key in sorted(new.keys() - old.keys())]
        found += [f"gone from {table}: {key}" for key in sorted(old.keys() - new.keys())]
        for key in sorted(new.keys() & old.keys()):
            for column, value in new[key].items():
                if old[key][column] != value:
                    found.append(f"{table} {key}: {column} {old[key][column]!r} becomes {value!r}")
    return found
