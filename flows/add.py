"""One new document, from a file or an address, and what it would change."""

import os
import tempfile
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

from corpus.document import UnreadableError
from corpus.fetch import USER_AGENT, Limits, fetch
from flows import pipeline, show
from flows.lock import locked
from flows.outcome import Failure, Read, Report
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


def read_source(source: str) -> Read:
    """Read a file or fetch an address. Raises UnreadableError (a FetchError is one)."""
    if not is_address(source):
        return pipeline.read_one(Path(source), ())
    allow = allowed_networks()
    contact = os.environ.get(CONTACT)
    agent = f"{USER_AGENT}; {contact}" if contact else USER_AGENT
    page = fetch(source, Limits(allow=allow), agent)
    try:
        return pipeline.read_page(page)
    except UnreadableError as error:
        return Failure(page.url, str(error))


def is_address(source: str) -> bool:
    """Is it an address on the web, not a file? Raises UnreadableError for what is neither."""
    try:
        scheme = urlsplit(source).scheme
    except ValueError as error:
        raise UnreadableError(f"{source}: neither a file nor an address ({error})") from error
    if "://" in source and scheme not in {"http", "https"}:
        raise UnreadableError(f"{source}: only http and https addresses can be fetched")
    return scheme in {"http", "https"}


def allowed_networks() -> tuple[str, ...]:
    """The networks that the environment allows. Raises UnreadableError for a name that is none."""
    names = tuple(filter(None, os.environ.get(ALLOW, "").split(",")))
    for name in names:
        try:
            ip_network(name)
        except ValueError as error:
            raise UnreadableError(f"{ALLOW}: {error}; give networks as 127.0.0.0/8") from error
    return names


def add_source(source: str, db: Path) -> Report:
    """Add one document to the database."""
    with locked(db):
        outcomes = pipeline.write_batch(db, [read_source(source)])
        pipeline.resolve(db)
        return pipeline.report(db, outcomes)


def try_source(source: str, db: Path) -> Trial:
    """What adding would do, tried on a copy; the database is not touched. Raises UnreadableError."""
    read = read_source(source)
    if isinstance(read, Failure):
        raise UnreadableError(f"{read.source}: {read.reason}")
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "trial.db"
        if db.is_file():
            copy_database(db, copy)
        before = snapshot(copy)
        written = pipeline.write_batch(copy, [read])[0]
        pipeline.resolve(copy)
        if isinstance(written, Failure):
            raise UnreadableError(f"{written.source}: {written.reason}")
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
