"""One document into the database: its version, its address, its facts, all or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from corpus.document import Document
from extractors.facts import Extraction
from output.arrivals import forget_turned_away, note_moved, write_capture
from output.changes import document_changes, state_of
from output.database import Database, execute, insert, rows, scalar, transaction
from output.identity import best_named, body_sha256, find_document, new_id
from output.runs import Run, record
from output.schema import all_tables
from output.slug import digest, slug
from output.table import Row, Source

Outcome = Literal["new", "changed", "unchanged", "duplicate"]
OPTIONAL = ("issuer", "published_on", "updated_on")


@dataclass(frozen=True, slots=True)
class Arrival:
    """When and from where a document came in: the facts that are not in its text."""

    seen_at: str  # ISO, UTC
    site_name: str
    publisher: str | None
    base_url: str | None
    rules_sha256: str
    capture: Row  # the captures row, all but its outcome
    etag: str | None = None
    last_modified: str | None = None
    run: Run | None = None  # the run whose changes are told; none where nobody asks


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a document."""

    document_id: str
    version_id: str
    outcome: Outcome


def write(db: Database, extraction: Extraction, arrival: Arrival) -> Stored:
    """Store one document in one transaction; what the database has already is left untouched.

    Raises RefusedRowError, with nothing stored, for facts that break a rule of the database.
    """
    document = extraction.document
    capture = {**arrival.capture, "site_id": document.origin.site}
    with transaction(db):
        write_site(db, document.origin.site, arrival)
        known = known_version(db, document, arrival.rules_sha256)
        if known:
            refresh_location(db, document.origin.url, arrival)
            note_moved(db, arrival.capture)
            forget_turned_away(db, capture["url"])
            write_capture(db, capture, known.outcome, version_id=known.version_id)
            return known
        same = find_document(db, extraction)
        before = state_of(db, same or "")
        document_id = best_named(db, same, extraction) if same else new_id(db, extraction)
        version_id = f"{document_id}@{digest(document.text, 12)}"
        ids = mention_ids(extraction, version_id)
        existed = bool(scalar(db, "SELECT 1 FROM locations WHERE url = ?", document.origin.url))
        stored = Stored(document_id, version_id, "changed" if existed else "duplicate" if same else "new")
        write_document(db, extraction, document_id)
        if is_read(db, version_id, arrival.rules_sha256):
            complete(db, extraction, version_id)
        else:
            write_version(db, extraction, stored, arrival)
            write_facts(db, Source(extraction, document_id, version_id, arrival.seen_at, ids))
        write_location(db, document, stored, arrival)
        settle_current(db, document_id)
        note_moved(db, arrival.capture)
        forget_turned_away(db, arrival.capture["url"])
        write_capture(db, capture, stored.outcome, version_id=version_id)
        record(db, arrival.run, str(capture["id"]), document_changes(before, state_of(db, document_id)))
        return stored


def is_read(db: Database, version_id: str, rules_sha256: str) -> bool:
    """Is this very text in the database already, from another address, read with these rules?"""
    sql = "SELECT 1 FROM document_versions WHERE id = ? AND rules_sha256 = ?"
    return bool(scalar(db, sql, version_id, rules_sha256))


def complete(db: Database, extraction: Extraction, version_id: str) -> None:
    """What one page's metadata leave open, another copy of the text may tell; nothing is taken back."""
    pairs = {k: v for k, v in described(extraction).items() if k in OPTIONAL}
    names = ", ".join(f"{name} = coalesce({name}, ?)" for name in pairs)
    execute(db, f"UPDATE document_versions SET {names} WHERE id = ?", *pairs.values(), version_id)


def known_version(db: Database, document: Document, rules_sha256: str) -> Stored | None:
    """The version already at this address, if text and rules are the same."""
    found = rows(
        db,
        "SELECT v.document_id, v.id FROM locations l JOIN document_versions v"
        " ON v.id = l.document_version_id"
        " WHERE l.url = ? AND v.text_sha256 = ? AND v.rules_sha256 = ?",
        document.origin.url,
        digest(document.text),
        rules_sha256,
    )
    return Stored(str(found[0]["document_id"]), str(found[0]["id"]), "unchanged") if found else None


def write_document(db: Database, extraction: Extraction, document_id: str) -> None:
    if scalar(db, "SELECT 1 FROM documents WHERE id = ?", document_id):
        return
    row: Row = {**described(extraction), "id": document_id, "body_sha256": body_sha256(extraction)}
    insert(db, "documents", [row])


def described(extraction: Extraction) -> Row:
    """What the documents table says of the version that speaks for the document."""
    profile = extraction.profile
    return {
        "title": extraction.document.title,
        "kind": profile.kind,
        "issuer": profile.issuer,
        "published_on": profile.published_on.isoformat() if profile.published_on else None,
        "updated_on": profile.updated_on.isoformat() if profile.updated_on else None,
        "language": profile.language,
    }


def write_version(db: Database, extraction: Extraction, stored: Stored, arrival: Arrival) -> None:
    """The version's row with its profile; a version read with older rules loses its old facts."""
    document, version_id = extraction.document, stored.version_id
    if scalar(db, "SELECT 1 FROM document_versions WHERE id = ?", version_id):
        for table in ("blocks", "mentions", "issues"):
            execute(db, f"DELETE FROM {table} WHERE document_version_id = ?", version_id)
        body = body_sha256(extraction)
        pairs = {**described(extraction), "body_sha256": body, "rules_sha256": arrival.rules_sha256}
        names = ", ".join(f"{name} = ?" for name in pairs)
        sql = f"UPDATE document_versions SET {names} WHERE id = ?"
        execute(db, sql, *pairs.values(), version_id)
        return
    insert(
        db,
        "document_versions",
        [
            {
                "id": version_id,
                "document_id": stored.document_id,
                "fetched_at": arrival.seen_at,
                "text": document.text,
                "text_sha256": digest(document.text),
                "body_sha256": body_sha256(extraction),
                "bytes_sha256": document.origin.bytes_sha256,
                "media_type": document.origin.media_type,
                "snapshot": arrival.capture["snapshot"],
                "source": arrival.capture["source"],
                "is_current": 0,
                "rules_sha256": arrival.rules_sha256,
                **described(extraction),
            }
        ],
    )


def write_location(db: Database, document: Document, stored: Stored, arrival: Arrival) -> None:
    """The address, moved to this version if it was known."""
    origin = document.origin
    if scalar(db, "SELECT 1 FROM locations WHERE url = ?", origin.url):
        execute(
            db,
            "UPDATE locations SET document_version_id = ?, last_checked_at = ?, etag = ?,"
            " last_modified = ?, status = ? WHERE url = ?",
            stored.version_id, arrival.seen_at, arrival.etag, arrival.last_modified,
            status_of(arrival), origin.url,
        )  # fmt: skip
        return
    row: Row = {
        "url": origin.url,
        "document_id": stored.document_id,
        "document_version_id": stored.version_id,
        "site_id": origin.site,
        "first_seen_at": arrival.seen_at,
        "last_checked_at": arrival.seen_at,
        "status": status_of(arrival),
        "etag": arrival.etag,
        "last_modified": arrival.last_modified,
    }
    insert(db, "locations", [row])


def status_of(arrival: Arrival) -> str:
    """A copy of the Internet Archive stands for a page that is gone."""
    return "gone" if arrival.capture["source"] == "internet_archive" else "ok"


def refresh_location(db: Database, url: str, arrival: Arrival) -> None:
    """What the server says of a text that we have: its marks, and that it is there."""
    execute(
        db,
        "UPDATE locations SET etag = ?1, last_modified = ?2, status = ?3 WHERE url = ?4"
        " AND (etag IS NOT ?1 OR last_modified IS NOT ?2 OR status IS NOT ?3)",
        arrival.etag, arrival.last_modified, status_of(arrival), url,
    )  # fmt: skip


def write_site(db: Database, site: str, arrival: Arrival) -> None:
    row: Row = {
        "id": site,
        "name": arrival.site_name,
        "publisher": arrival.publisher,
        "base_url": arrival.base_url,
    }
    insert(db, "sites", [row], shared=True)


def write_facts(db: Database, source: Source) -> None:
    """Every table's rows of this version, parents before children."""
    for table in all_tables():
        insert(db, table.name, table.rows(source), shared=table.shared)


def mention_ids(extraction: Extraction, version_id: str) -> Mapping[int, str]:
    """An id for every fact: version, place, kind, and a number where one place gives several."""
    found: dict[int, str] = {}
    seen: dict[str, int] = {}
    for index, fact in enumerate(extraction.facts):
        span = fact.evidence.span
        stem = f"{version_id}:{span.start}-{span.end}:{slug(type(fact).__name__)}"
        seen[stem] = seen.get(stem, 0) + 1
        found[index] = stem if seen[stem] == 1 else f"{stem}:{seen[stem]}"
    return found


def settle_current(db: Database, document_id: str) -> None:
    """One version speaks for the document: of those still at an address the dated, then the newest,
    then the longest; the documents row says what that version says."""
    best = rows(
        db,
        "SELECT v.id, v.title, v.kind, v.issuer, v.published_on, v.updated_on, v.language"
        " FROM document_versions v WHERE v.document_id = ? ORDER BY"
        " EXISTS (SELECT 1 FROM locations l WHERE l.document_version_id = v.id) DESC,"
        " v.published_on IS NULL, v.fetched_at DESC, length(v.text) DESC, v.id LIMIT 1",
        document_id,
    )[0]
    version = best.pop("id")
    execute(
        db,
        "UPDATE document_versions SET is_current = (id = ?1)"
        " WHERE document_id = ?2 AND is_current IS NOT (id = ?1)",
        version,
        document_id,
    )
    names = ", ".join(f"{name} = ?" for name in best)
    execute(db, f"UPDATE documents SET {names} WHERE id = ?", *best.values(), document_id)
