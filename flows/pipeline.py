"""The pipeline as plain functions and loops over the three stages. No Prefect, no terminal."""

import contextlib
import hashlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import corpus
from corpus.document import Document, UnreadableError
from corpus.fetch import Fetched
from corpus.read import read_bytes, read_file
from corpus.site import all_sites
from extractors.extract import extract
from extractors.rules import fingerprint
from flows.lock import locked
from flows.outcome import Failure, Fresh, Read, Report, Unchanged, Written
from output import settle
from output.checks import failed_checks
from output.database import Database, RefusedRowError, open_database, rows
from output.write import Arrival, write

SKIPPED_NAMES = ("readme.md", "license", "changes.md")
LANGUAGES = {"no": "Norwegian", "sv": "Swedish", "en": "English", "de": "German", "und": "another language"}
BATCH = 50
BATCHES = 10  # at the least, if there are as many files
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


def find_files(paths: Sequence[Path]) -> tuple[list[Path], list[Failure]]:
    """The files to read, each once: a folder gives what is in it and below.

    They are sorted by their full path, so that neither the order of the arguments nor the folder
    one stands in changes what the database says.
    """
    found: set[Path] = set()
    failures: list[Failure] = []
    for path in paths:
        try:
            inside = files_at(path)
        except OSError as error:
            failures.append(Failure(str(path), error.strerror or "cannot be opened"))
            continue
        if path.is_file() and path.resolve() in found:
            failures.append(Failure(str(path), "given twice; it was read once"))
        found.update(file.resolve() for file in inside)
    return sorted(found), failures


def files_at(path: Path) -> list[Path]:
    """The file, or the files of the folder and below. Raises OSError with the reason if there is none."""
    if path.is_dir():
        inside = [p for p in sorted(path.rglob("*")) if is_candidate(p.relative_to(path), p)]
        if not inside:
            raise OSError(0, "an empty folder; there is nothing to read")
        return inside
    if not path.is_file():
        raise OSError(0, "not a file" if path.exists() else "no such file or folder")
    return [path]


def is_candidate(name: Path, path: Path) -> bool:
    """Not hidden, not a folder's own description."""
    hidden = any(part.startswith(".") for part in name.parts)
    return not hidden and name.name.lower() not in SKIPPED_NAMES and not path.is_dir()


def batches(files: Sequence[Path], size: int | None = None) -> list[tuple[Path, ...]]:
    """Batches of up to BATCH files; of few files smaller ones, so that progress shows."""
    size = size or max(1, min(BATCH, len(files) // BATCHES))
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


def read_page(page: Fetched) -> Fresh:
    """The same for a page that came from the net, just now. Raises UnreadableError."""
    read = fresh(read_bytes(page.body, page.url, page.charset), datetime.now(UTC))
    return replace(read, etag=page.etag, last_modified=page.last_modified)


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
    source = (site.name, site.publisher, site.base_url)
    arrival = Arrival(read.seen_at, *source, reading(), read.etag, read.last_modified)
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
