"""One new document, from a file or an address, and what it would change."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from corpus.archive import open_archive
from corpus.document import UnreadableError
from flows import load, pipeline, show
from flows.environment import outside
from flows.gather import gather
from flows.order import Order, is_address, spelled
from flows.outcome import Failure, Gone, Read, Report
from output.database import copy_database, open_database, rows
from output.table import Row

COMPARED = ("agreements", "initiatives", "documents")


@dataclass(frozen=True, slots=True)
class Trial:
    """What a document says, and what the database would have that it has not."""

    document: Row
    facts: list[Row]
    outcome: str
    changes: list[str]


def add_source(source: str, db: Path) -> Report:
    """Add one document to the database."""
    return pipeline.ingest(one_order(source), db)


def one_order(source: str) -> Order:
    """The order for one file or address. Raises UnreadableError for what is neither."""
    if is_address(source):
        return Order(addresses=(spelled(source),))
    return Order(paths=(Path(source),))


def read_source(source: str, scratch: Path) -> Read:
    """Read a file or fetch an address into a passing archive. Raises UnreadableError."""
    archive = open_archive(scratch / "archive")
    gathered = gather(one_order(source), archive, outside(), pipeline.silent, pipeline.PLAIN.wrap)
    for failure in gathered.failures:
        raise UnreadableError(f"{failure.source}: {failure.reason}")
    record = gathered.met[0]
    return load.read_entry(archive, load.entry_of(archive, 0, record))


def try_source(source: str, db: Path) -> Trial:
    """What adding would do, tried on a copy; the database is not touched. Raises UnreadableError."""
    with tempfile.TemporaryDirectory() as scratch:
        read = read_source(source, Path(scratch))
        copy = Path(scratch) / "trial.db"
        if db.is_file():
            copy_database(db, copy)
        before = snapshot(copy)
        [(_, written)] = load.write_batch(copy, [read])
        pipeline.resolve(copy)
        if isinstance(written, Failure):
            raise UnreadableError(f"{written.source}: {written.reason}")
        if isinstance(written, Gone):
            raise UnreadableError(f"{written.source}: there is no such page (any more); check the address")
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
