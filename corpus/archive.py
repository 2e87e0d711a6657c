"""Every body ever received and every piece of news about an address, on disk, append-only.

    FOLDER/log.jsonl       one record a line, in the order in which things became known
    FOLDER/bodies/ab/...   the bodies, each once, named by the SHA-256 of its bytes

A record's id is a hash of the record before it and its own content: what is changed or taken out
later shows. A body is on disk before the record that names it, and a record is whole or not there,
so a kill at any moment costs at most the page that was being stored. The database is made from
these records alone, in their order: see flows/load.py.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from corpus.fetch import sniff

RecordKind = Literal["page", "listing", "robots", "turned_away", "alarm", "cleared"]
CaptureSource = Literal["live", "file", "internet_archive"]
ENDINGS = {
    "application/pdf": ".pdf",
    "application/zip": ".zip",
    "text/html": ".html",
    "text/plain": ".txt",
}
ID_LENGTH = 24  # hexadecimal digits


class DamagedArchiveError(Exception):
    """The archive's log or a body is not what was written; the message says which and what to do."""


@dataclass(frozen=True, slots=True)
class Record:
    """One piece of news about an address; what does not apply is None.

    kind page, listing, robots: an answer. `status` is the HTTP status (None for a file), `body`
    the SHA-256 of its bytes. kind turned_away: an item of a listing that was not fetched, `words`
    its title, `note` the rule. kind alarm, cleared: something is wrong with a site, or no longer;
    `note` is the kind of alarm, `words` what was expected and found.
    """

    kind: RecordKind
    site: str
    url: str
    at: str  # ISO, UTC
    status: int | None = None
    final_url: str | None = None  # where redirects led, if elsewhere
    body: str | None = None
    media_type: str | None = None  # as the server said
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    source: CaptureSource | None = None
    captured_at: str | None = None  # when the Internet Archive saw it, if it is its copy
    found_on: str | None = None  # the page that linked to it
    words: str | None = None
    note: str | None = None
    day: str | None = None  # ISO, of an item in a listing
    id: str = ""

    @property
    def place(self) -> str:
        """The address that the answer is really from."""
        return self.final_url or self.url


# what two answers must share for the later one to be no news; not the site: two may list one page
SAME = ("kind", "status", "final_url", "body", "charset", "etag", "last_modified", "source", "words", "note")
VALIDATORS = frozenset({"etag", "last_modified"})
MOST_TWINS = 3  # a server that names the same bytes anew each time is believed so often


@dataclass(slots=True)
class Archive:
    """An archive on disk; one process at a time may append to it."""

    folder: Path
    records: list[Record] = field(default_factory=list)
    latest: dict[tuple[str, str], Record] = field(default_factory=dict)  # by (family, url)
    twins: dict[tuple[str, str], int] = field(default_factory=dict)  # news of validators alone, in a row

    @property
    def log(self) -> Path:
        return self.folder / "log.jsonl"

    def path(self, sha256: str) -> Path:
        """Where a body lies; its ending is for people who open it."""
        folder = self.folder / "bodies" / sha256[:2]
        found = next(iter(sorted(folder.glob(f"{sha256}.*"))), None)
        return found or folder / sha256

    def body(self, sha256: str) -> bytes:
        """The bytes of a body. Raises DamagedArchiveError if they are gone or others."""
        path = self.path(sha256)
        try:
            found = path.read_bytes()
        except OSError as error:
            raise DamagedArchiveError(f"{path}: a body is missing ({error.strerror}); restore it") from error
        if hashlib.sha256(found).hexdigest() != sha256:
            raise DamagedArchiveError(f"{path}: not the bytes that were stored; restore it")
        return found

    def has(self, sha256: str) -> bool:
        """Is a body there, as it was stored?"""
        with suppress(DamagedArchiveError):
            self.body(sha256)
            return True
        return False

    def last(self, record: Record) -> Record | None:
        """What was known of the address of this record before."""
        return self.latest.get((family(record), record.url))

    def answer(self, kind: RecordKind, url: str) -> Record | None:
        """The last answer of an address that was asked as a page, a listing or robots.txt."""
        return self.latest.get((kind, url))

    def page(self, url: str) -> Record | None:
        """The last answer of a page that had a body or was gone."""
        return self.answer("page", url)

    def is_news(self, record: Record) -> bool:
        known = self.last(record)
        noisy = self.twins.get((family(record), record.url), 0) >= MOST_TWINS
        return known is None or bool(changes(known, record) - (VALIDATORS if noisy else set()))

    def add(self, record: Record, body: bytes | None = None) -> Record:
        """Store what is news, and give back the record that holds it: the new one, or the known."""
        record = storable(record)
        if body is not None:
            record = replace(record, body=hashlib.sha256(body).hexdigest())
            store(self.path(str(record.body)), body)
        known = self.last(record)
        if known and not self.is_news(record):
            return known
        before = self.records[-1].id if self.records else ""
        record = replace(record, id=chained(record, before))
        append(self.log, line_of(record))
        self.remember(record)
        return record

    def remember(self, record: Record) -> None:
        key = family(record), record.url
        known = self.latest.get(key)
        alike = known is not None and changes(known, record) <= VALIDATORS
        self.twins[key] = self.twins.get(key, 0) + 1 if alike else 0
        self.records.append(record)
        self.latest[key] = record


def family(record: Record) -> str:
    """Records of one family about one address follow each other: an answer, a refusal, an alarm.

    A page that is a listing too is asked, and answers, as either. Each site refuses for itself.
    """
    if record.kind in {"page", "listing", "robots"}:
        return record.kind
    if record.kind == "turned_away":
        return f"item {record.site}"
    return f"alarm {record.site} {record.note}"


def changes(known: Record, record: Record) -> set[str]:
    """The names of what makes a record news after the known one."""
    same = ("kind",) if record.kind == "alarm" else SAME  # the numbers in its words change every day
    return {name for name in same if getattr(known, name) != getattr(record, name)}


def storable(record: Record) -> Record:
    """The record as it will be read again: half characters, which servers can send, are question marks."""
    texts: dict[str, Any] = {k: v for k, v in asdict(record).items() if isinstance(v, str)}
    return replace(record, **{k: v.encode("utf-8", "replace").decode() for k, v in texts.items()})


def open_archive(folder: Path) -> Archive:
    """The archive in a folder, made if need be. Raises DamagedArchiveError.

    Opening changes nothing: who verifies an archive may do so while a run appends to it.
    """
    archive = Archive(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if archive.log.exists():
            for record in read_log(archive.log):
                archive.remember(record)
    except OSError as error:
        raise DamagedArchiveError(f"{folder}: cannot be opened ({error.strerror}); check it") from error
    return archive


def read_log(path: Path) -> Iterator[Record]:
    """The records of a log, each checked against the one before it. Raises DamagedArchiveError.

    A last line without its end is a record that a killed run did not finish: nobody has seen it,
    and the next one takes its place.
    """
    before = ""
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if not line.endswith(b"\n"):
                return
            record = read_line(line)
            if record is None or record.id != chained(record, before):
                raise DamagedArchiveError(
                    f"{path}: line {number} is not what was written; restore the file from a copy"
                )
            before = record.id
            yield record


def read_line(line: bytes) -> Record | None:
    try:
        found: Any = json.loads(line)
        return Record(**found)
    except (ValueError, TypeError, RecursionError):
        return None


def line_of(record: Record) -> str:
    """The record as JSON, without what does not apply; keys in their fixed order."""
    return json.dumps({k: v for k, v in asdict(record).items() if v is not None}, ensure_ascii=False)


def chained(record: Record, before: str) -> str:
    """The id of a record that follows the record of id `before`."""
    content = line_of(replace(record, id=before))
    return hashlib.sha256(content.encode()).hexdigest()[:ID_LENGTH]


def append(path: Path, line: str) -> None:
    """One line at the end, in one write, on the disk before we return; all of it or nothing."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
    try:
        end = end_of_lines(path, os.fstat(handle).st_size)
        os.ftruncate(handle, end)
        try:
            whole = f"{line}\n".encode()
            if os.write(handle, whole) != len(whole):
                raise OSError(0, "the disk is full")
            os.fsync(handle)
        except BaseException:  # Ctrl-C too: what was not acknowledged must not be followed
            os.ftruncate(handle, end)
            raise
    finally:
        os.close(handle)


def end_of_lines(path: Path, size: int) -> int:
    """Where the last whole line of a log ends; its size, unless a killed run left part of a line."""
    with path.open("rb") as file:
        file.seek(max(0, size - 1))
        if file.read(1) in {b"", b"\n"}:
            return size
        file.seek(0)
        return file.read().rfind(b"\n") + 1


def store(path: Path, body: bytes) -> None:
    """Write a body, new or lost, under another name, then give it its own: it is never there by half."""
    if path.suffix and path.exists() and path.read_bytes() == body:
        return
    whole = path.with_suffix(ENDINGS.get(sniff(body), ".bin"))
    whole.parent.mkdir(parents=True, exist_ok=True)
    partial = whole.with_name(f".{whole.name}.partial")
    with partial.open("wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(whole)
    sync_folder(whole.parent)


def sync_folder(folder: Path) -> None:
    """Have the new name on disk too, where the system can (Windows cannot)."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def damage(folder: Path) -> Iterator[str]:
    """One line for everything in the archive that is not as it was written."""
    try:
        archive = open_archive(folder)
    except DamagedArchiveError as error:
        yield str(error)
        return
    for sha256 in dict.fromkeys(record.body for record in archive.records if record.body):
        try:
            archive.body(sha256)
        except DamagedArchiveError as error:
            yield str(error)
