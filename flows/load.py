"""From the archive to the database: what the archive knows and the database has not yet, in the log's order.

The nightly run, a run by hand and `puljespor rebuild` all come this way, so that the database is a
function of the archive and the rules.
"""

import contextlib
import hashlib
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

import corpus
from corpus.archive import Archive, DamagedArchiveError, Record
from corpus.document import Document, UnreadableError, UnreadableNowError
from corpus.read import read_bytes
from corpus.site import Site, all_sites
from extractors.extract import extract
from extractors.facts import Extraction
from extractors.rules import fingerprint
from flows.outcome import Done, Entry, Failure, Fresh, Gone, News, Read, Unread, Written
from output.arrivals import (
    captured,
    is_of_other_rules,
    last_record,
    position,
    write_alarm,
    write_failure,
    write_gone,
    write_turned_away,
)
from output.database import Database, RefusedRowError, open_database, rows, transaction
from output.runs import Input, Run, note_inputs
from output.table import Row, Value
from output.write import Arrival, write

LANGUAGES = {"no": "Norwegian", "sv": "Swedish", "en": "English", "de": "German", "und": "another language"}
ANSWERS = frozenset({"page"})
TOLD = frozenset({"turned_away", "alarm", "cleared"})


def pending(archive: Archive, db: Path) -> list[Entry]:
    """The records that the database has not, or has read with other rules, in the log's order."""
    known, at = frozenset[str](), -1
    if db.exists():
        with contextlib.closing(open_database(db)) as opened:
            known, at = captured(opened, reading()), position(opened)
    return [
        entry_of(archive, number, record)
        for number, record in enumerate(archive.records)
        if (record.kind in ANSWERS and record.id not in known) or (record.kind in TOLD and number > at)
    ]


def refuse_shortened(archive: Archive, db: Path) -> None:
    """Raise DamagedArchiveError where the database knows a record that the log has lost.

    The chain of the log shows every change but a missing end; the database shows that one.
    """
    if not db.exists():
        return
    with contextlib.closing(open_database(db)) as opened:
        last = last_record(opened)
    if last is None:
        return
    number, key = last
    if number >= len(archive.records) or archive.records[number].id != key:
        what = f"its record {number} is not the one the database was made from"
        raise DamagedArchiveError(f"{archive.log}: {what}; restore it, or begin anew with another --db")


def is_stale(db: Path) -> bool:
    """Was something in the database read with other rules or readers than today's?"""
    if not db.exists():
        return False
    with contextlib.closing(open_database(db)) as opened:
        return is_of_other_rules(opened, reading())


def entry_of(archive: Archive, number: int, record: Record) -> Entry:
    body = archive.path(record.body).relative_to(archive.folder) if record.body else None
    return Entry(number, record, body.as_posix() if body else None)


def read_batch(folder: Path, entries: Sequence[Entry]) -> list[Read]:
    """Read and extract bodies; pure work, no database. One bad body costs nothing but its line."""
    archive = Archive(folder)
    return [read_entry(archive, entry) for entry in entries]


def read_entry(archive: Archive, entry: Entry) -> Read:
    if entry.record.body is None:
        return News(entry)
    try:
        return read_body(entry, archive.body(entry.record.body))
    except DamagedArchiveError as error:
        return Unread(entry, str(error), passing=True)


def read_body(entry: Entry, body: bytes) -> Fresh | Unread:
    """The facts of one body, or why there are none."""
    record = entry.record
    try:
        day = date.fromisoformat(record.day) if record.day else None
        return Fresh(entry, understood(read_bytes(body, record.place, record.charset, record.site, day)))
    except UnreadableError as error:
        return Unread(entry, str(error), isinstance(error, UnreadableNowError))
    except Exception as error:  # a text that breaks a reader must not cost the others; it is told
        return Unread(entry, f"a defect in puljespor, please report it: {error!r}")


def understood(document: Document) -> Extraction:
    """Extract a document. Raises UnreadableError for one that is not in Danish."""
    extraction = extract(document)
    if language := LANGUAGES.get(extraction.profile.language):
        raise UnreadableError(f"written in {language}, not in Danish; the rules cannot read it")
    return extraction


@cache
def reading() -> str:
    """A hash of all that turns bytes into facts: other readers of pages or text, other facts."""
    files = sorted(Path(corpus.__path__[0]).rglob("*.py"))
    code = b"\0".join(path.read_bytes() for path in files)
    return hashlib.sha256(fingerprint().encode() + code).hexdigest()


def write_batch(db: Path, reads: Sequence[Read], run: Run | None = None) -> list[tuple[str, Done]]:
    """Write what was read, in its order, one transaction each; what became of each record, by its id.

    What it changes is told as changes of the run, if one is given.
    """
    with contextlib.closing(open_database(db)) as opened:
        pairs = ((read.entry.record.id, write_one(opened, read, run)) for read in reads)
        return [(key, done) for key, done in pairs if done]


def write_one(db: Database, read: Read, run: Run | None = None) -> Done | None:
    try:
        with transaction(db):
            done = write_read(db, read, run)
            note(db, run, done)
            return done
    except RefusedRowError as error:
        refused = Failure(read.entry.source, f"not stored, {error}: please report it")
    with transaction(db):
        note(db, run, refused)
    return refused


def write_read(db: Database, read: Read, run: Run | None) -> Done | None:
    if isinstance(read, Fresh):
        return write_fresh(db, read, run)
    if isinstance(read, Unread):
        site, capture = site_row(read.entry.record.site), capture_row(read.entry)
        write_failure(db, site, capture, read.reason, read.passing)
        return Failure(read.entry.source, read.reason)
    return write_news(db, read.entry)


def note(db: Database, run: Run | None, done: Done | None) -> None:
    if run and done:
        note_inputs(db, run, [input_of(done)])


def input_of(done: Done) -> Input:
    """What became of an input, as the history tells it."""
    if isinstance(done, Written):
        return Input(done.source, done.document_id, done.outcome)
    if isinstance(done, Failure):
        return Input(done.source, None, "failed", done.reason)
    return Input(done.source, None, "gone")


def write_fresh(db: Database, read: Fresh, run: Run | None) -> Written:
    record, document = read.entry.record, read.extraction.document
    site = site_row(document.origin.site)
    arrival = Arrival(
        seen_at=record.at,
        site_name=str(site["name"]),
        publisher=optional(site["publisher"]),
        base_url=optional(site["base_url"]),
        rules_sha256=reading(),
        capture=capture_row(read.entry),
        etag=record.etag,
        last_modified=record.last_modified,
        run=run,
    )
    stored = write(db, read.extraction, arrival)
    return Written(read.entry.source, stored.document_id, stored.outcome, document.title)


def write_news(db: Database, entry: Entry) -> Done | None:
    record, site = entry.record, site_row(entry.record.site)
    if record.kind == "page":
        write_gone(db, site, capture_row(entry))
        return Gone(entry.source)
    if record.kind == "turned_away":
        write_turned_away(db, site, item_row(record), (entry.position, record.id))
    else:
        write_alarm(db, site, alarm_row(record), (entry.position, record.id), record.kind == "alarm")
    return None


def site_row(key: str) -> Row:
    """The sites row; a site that is no longer declared keeps its id."""
    site = all_sites().get(key) or Site(key, key, None, None)
    return {"id": site.id, "name": site.name, "publisher": site.publisher, "base_url": site.base_url}


def optional(value: Value) -> str | None:
    return None if value is None else str(value)


def capture_row(entry: Entry) -> Row:
    """The captures row, all but what became of it."""
    record = entry.record
    return {
        "id": record.id,
        "position": entry.position,
        "url": record.url,
        "location_url": record.place,
        "site_id": record.site,
        "captured_at": record.at,
        "source": record.source or "live",
        "archived_at": record.captured_at,
        "status": record.status,
        "media_type": record.media_type,
        "bytes_sha256": record.body,
        "snapshot": entry.snapshot,
        "found_on": record.found_on,
        "rules_sha256": reading(),
    }


def item_row(record: Record) -> Row:
    return {
        "url": record.url,
        "site_id": record.site,
        "title": record.words or "",
        "published_on": record.day,
        "rule": record.note or "",
        "found_on": record.found_on,
        "first_seen_at": record.at,
        "record_id": record.id,
    }


def alarm_row(record: Record) -> Row:
    return {
        "record_id": record.id,
        "site_id": record.site,
        "kind": record.note or "",
        "url": record.url,
        "note": record.words or "",
        "raised_at": record.at,
    }


def met_before(db: Database, records: Sequence[Record]) -> list[tuple[Record, Row]]:
    """What the database has of the answers that this run met and that were no news to it."""
    sql = (
        "SELECT c.outcome, c.reason, d.id, d.title FROM captures c"
        " LEFT JOIN document_versions v ON v.id = c.document_version_id"
        " LEFT JOIN documents d ON d.id = v.document_id WHERE c.id = ?"
    )
    return [(record, row) for record in records for row in rows(db, sql, record.id)]
