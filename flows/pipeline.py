"""The pipeline as plain functions and loops over the three stages. No Prefect, no terminal."""

import contextlib
import hashlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import corpus
from corpus.document import Document, UnreadableError
from corpus.read import read_bytes, read_file
from corpus.site import all_sites
from extractors.extract import extract
from extractors.facts import Extraction
from extractors.rules import fingerprint
from flows.lock import Locked as Locked  # noqa: PLC0414 (the flow takes it from here)
from flows.lock import locked as locked  # noqa: PLC0414 (and this)
from output import settle
from output.checks import failed_checks
from output.database import Database, RefusedRowError, open_database, rows
from output.write import Arrival, Outcome, write

SKIPPED_NAMES = ("readme.md", "license", "changes.md")
LANGUAGES = {"no": "Norwegian", "sv": "Swedish", "en": "English", "de": "German"}
BATCH = 50
Progress = Callable[[int, int], None]
FACTS = {
    "amounts": "amounts",
    "dates": "dates",
    "counts": "count_claims",
    "initiatives": "initiative_mentions",
    "parties": "party_mentions",
    "people": "person_mentions",
    "organisations": "organisation_mentions",
    "methods": "method_mentions",
    "target groups": "target_group_mentions",
    "statements": "statements",
    "pools": "pools",
    "effects": "effects",
    "agreements": "agreement_mentions",
}


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be read; `reason` is one line that says what and what to do."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A file whose bytes the database has already, read with the rules of today."""

    source: str


@dataclass(frozen=True, slots=True)
class Fresh:
    """An extraction on its way to the database, with the time its bytes were last changed."""

    source: str
    extraction: Extraction
    seen_at: str


Read = Fresh | Failure | Unchanged


@dataclass(frozen=True, slots=True)
class Written:
    """A document in the database; a duplicate is a known text at one more address."""

    source: str
    document_id: str
    outcome: Outcome
    title: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did."""

    written: tuple[Written, ...]
    failures: tuple[Failure, ...]
    facts: dict[str, int]
    issues: int
    failed_checks: int
    db: Path

    @property
    def exit_code(self) -> int:
        return 1 if self.failures else 0

    def count(self, outcome: Outcome) -> int:
        return sum(written.outcome == outcome for written in self.written)

    def rows(self) -> list[tuple[str, int]]:
        """The lines of the closing table."""
        return [
            ("documents new", self.count("new")),
            ("documents changed", self.count("changed")),
            ("documents unchanged", self.count("unchanged")),
            ("further addresses of a document", self.count("duplicate")),
            ("documents failed", len(self.failures)),
            *((kind, n) for kind, n in self.facts.items() if n),
            ("issues: looked like a fact, not read", self.issues),
            ("failed checks", self.failed_checks),
        ]

    def markdown(self) -> str:
        """The report for people who look at the run in Prefect."""
        lines = ["| what | number |", "|---|--:|"]
        lines += [f"| {what} | {n} |" for what, n in self.rows()]
        lines += ["", f"Database: `{self.db}`"]
        lines += [f"- **failed** {failure.source}: {failure.reason}" for failure in self.failures]
        news = [w for w in self.written if w.outcome in {"new", "changed"}]
        lines += [f"- {w.outcome}: {w.title} (`{w.document_id}`)" for w in news]
        return "\n".join(lines)


def find_files(paths: Sequence[Path]) -> tuple[list[Path], list[Failure]]:
    """The files to read, each once: a folder gives what is in it and below.

    They are sorted by their full path, so that neither the order of the arguments nor the folder
    one stands in changes what the database says.
    """
    found: set[Path] = set()
    failures: list[Failure] = []
    for path in paths:
        if path.is_dir():
            inside = [p for p in sorted(path.rglob("*")) if is_candidate(p.relative_to(path), p)]
            if not inside:
                failures.append(Failure(str(path), "an empty folder; there is nothing to read"))
        elif path.is_file():
            inside = [path]
        else:
            why = "not a file" if path.exists() else "no such file or folder"
            failures.append(Failure(str(path), why))
            continue
        if path.is_file() and path.resolve() in found:
            failures.append(Failure(str(path), "given twice; it was read once"))
        found.update(file.resolve() for file in inside)
    return sorted(found), failures


def is_candidate(name: Path, path: Path) -> bool:
    """Not hidden, not a folder's own description."""
    hidden = any(part.startswith(".") for part in name.parts)
    return not hidden and name.name.lower() not in SKIPPED_NAMES and not path.is_dir()


def batches(files: Sequence[Path], size: int = BATCH) -> list[tuple[Path, ...]]:
    return [tuple(files[i : i + size]) for i in range(0, len(files), size)]


def read_batch(files: Sequence[Path], known: Collection[str]) -> list[Read]:
    """Read and extract files; pure work, no database. One bad file costs nothing but its line."""
    return [read_one(file, known) for file in files]


def read_one(file: Path, known: Collection[str]) -> Read:
    place = file.resolve()  # one file has one address, however it was named
    url = place.as_posix()
    try:
        if known and file_key(url, place) in known:
            return Unchanged(url)
        document = read_file(place)
        seen = datetime.fromtimestamp(file.stat().st_mtime, UTC)
        return fresh(document, seen)
    except UnreadableError as error:
        return Failure(str(file), str(error))
    except OSError as error:
        return Failure(str(file), f"cannot be opened ({error.strerror})")
    except Exception as error:  # a text that breaks a reader must not cost the others; it is told
        return Failure(str(file), f"a defect in puljespor, please report it: {error!r}")


def fresh(document: Document, seen: datetime) -> Fresh:
    """Extract a document. Raises UnreadableError for one that is not in Danish."""
    extraction = extract(document)
    if language := LANGUAGES.get(extraction.profile.language):
        raise UnreadableError(f"written in {language}, not in Danish; the rules cannot read it")
    return Fresh(document.origin.url, extraction, seen.replace(microsecond=0).isoformat())


def read_page(body: bytes, url: str, charset: str | None) -> Fresh:
    """The same for bytes that came from the net, just now. Raises UnreadableError."""
    return fresh(read_bytes(body, url, charset), datetime.now(UTC))


def file_key(url: str, file: Path) -> str:
    return f"{url}\n{hashlib.sha256(file.read_bytes()).hexdigest()}\n{reading()}"


@cache
def reading() -> str:
    """A hash of all that turns bytes into facts: other readers of pages or text, other facts."""
    files = sorted(Path(corpus.__path__[0]).rglob("*.py"))
    code = b"\0".join(path.read_bytes() for path in files)
    return hashlib.sha256(fingerprint().encode() + code).hexdigest()


def known_files(db: Path) -> frozenset[str]:
    """Address, hash of the bytes and rules of every version that an address has now."""
    if not db.exists():
        return frozenset()
    sql = (
        "SELECT l.url, v.bytes_sha256, v.rules_sha256 FROM locations l"
        " JOIN document_versions v ON v.id = l.document_version_id"
    )
    with contextlib.closing(open_database(db)) as opened:
        found = [row.values() for row in rows(opened, sql)]
    return frozenset("\n".join(map(str, values)) for values in found)


def write_batch(db: Path, reads: Sequence[Read]) -> list[Written | Failure]:
    """Write a batch, dated documents first so that ids do not depend on the order of files."""
    ordered = sorted((r for r in reads if isinstance(r, Fresh)), key=write_order)
    done: list[Written | Failure] = [r for r in reads if isinstance(r, Failure)]
    with contextlib.closing(open_database(db)) as opened:
        done += [unchanged(opened, r.source) for r in reads if isinstance(r, Unchanged)]
        done += [write_one(opened, read) for read in ordered]
    return done


def write_order(read: Fresh) -> tuple[bool, str, str]:
    published = read.extraction.profile.published_on
    return published is None, str(published), read.source


def write_one(db: Database, read: Fresh) -> Written | Failure:
    document = read.extraction.document
    site = all_sites()[document.origin.site]
    arrival = Arrival(read.seen_at, site.name, site.publisher, site.base_url, reading())
    try:
        stored = write(db, read.extraction, arrival)
    except RefusedRowError as error:
        return Failure(read.source, f"not stored, {error}: please report it")
    return Written(read.source, stored.document_id, stored.outcome, document.title)


def unchanged(db: Database, url: str) -> Written:
    sql = "SELECT d.id, d.title FROM locations l JOIN documents d ON d.id = l.document_id WHERE l.url = ?"
    row = rows(db, sql, url)[0]
    return Written(url, str(row["id"]), "unchanged", str(row["title"]))


def resolve(db: Path) -> None:
    """Join what the documents say to agreements and initiatives, and check it."""
    with contextlib.closing(open_database(db)) as opened:
        settle.settle(opened)


def report(db: Path, outcomes: Sequence[Written | Failure]) -> Report:
    """What the run did, and what the documents it met hold."""
    written = tuple(o for o in outcomes if isinstance(o, Written))
    failures = tuple(o for o in outcomes if isinstance(o, Failure))
    met = {w.document_id for w in written}
    with contextlib.closing(open_database(db)) as opened:
        facts = {kind: count_facts(opened, table, met) for kind, table in FACTS.items()}
        issues = count_by_document(opened, "SELECT document_version_id FROM issues", met)
        return Report(written, failures, facts, issues, failed_checks(opened, met), db)


def count_facts(db: Database, table: str, documents: set[str]) -> int:
    inner = f"SELECT m.document_version_id FROM {table} f JOIN mentions m ON m.id = f.mention_id"
    return count_by_document(db, inner, documents)


def count_by_document(db: Database, inner: str, documents: set[str]) -> int:
    sql = (
        f"SELECT v.document_id AS id, count(*) AS n FROM ({inner}) x"
        " JOIN document_versions v ON v.id = x.document_version_id"
        " WHERE v.is_current = 1 GROUP BY 1"
    )
    return sum(int(str(row["n"])) for row in rows(db, sql) if row["id"] in documents)


def ingest(paths: Sequence[Path], db: Path, progress: Progress | None = None) -> Report:
    """The whole run without Prefect: `progress(done, all)` is called after every batch."""
    with locked(db):
        files, failures = find_files(paths)
        outcomes: list[Written | Failure] = [*failures]
        known = known_files(db)
        done = 0
        for batch in batches(files):
            outcomes += write_batch(db, read_batch(batch, known))
            done += len(batch)
            if progress:
                progress(done, len(files))
        resolve(db)
        return report(db, outcomes)
