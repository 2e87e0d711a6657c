"""Resolution in the database: read rows, resolve them, write what differs, in one transaction."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from output.allocations import allocation_rows, mark_additive
from output.changes import TRACKED, thing_changes
from output.checks import check_rows
from output.copies import copy_rows
from output.corrections import Correction, Judged
from output.database import Database, Difference, keep_rows, rows, transaction
from output.gathered import CLAIMS, MENTIONS, about_documents, phases_of_mentions
from output.governments import government_party_rows, government_rows
from output.identifiers import identifier_rows
from output.links import link_rows
from output.parties import party_rows
from output.refer import forget, refer
from output.replay import Replay, stored_corrections
from output.resolve import Resolved, resolve
from output.runs import Run, record
from output.table import Row

FIRED = """
SELECT m.rule, count(*) AS fired, count(DISTINCT v.document_id) AS documents
FROM mentions m JOIN document_versions v ON v.id = m.document_version_id AND v.is_current = 1
GROUP BY m.rule
"""


class Kept(NamedTuple):
    """A table that is made from others: its key, and the rows that it shall hold."""

    table: str
    key: tuple[str, ...]
    rows: Callable[[Database], list[Row]]


RESOLVED = {
    "programmes": ("id",),
    "agreements": ("id",),
    "agreement_documents": ("agreement_id", "document_id"),
    "agreement_claims": ("document_version_id", "field"),
    "initiatives": ("id",),
    "initiative_phases": ("initiative_id", "phase"),
}
LINKS = "initiative_links"  # the one table of these that a human decides about row by row
DERIVED = (  # each from the tables before it
    Kept(LINKS, ("from_initiative_id", "to_initiative_id"), link_rows),
    Kept("governments", ("id",), lambda _: government_rows()),
    Kept("government_parties", ("government_id", "party"), lambda _: government_party_rows()),
    Kept("agreement_parties", ("agreement_id", "party_id"), party_rows),
    Kept("document_links", ("from_document_id", "to_document_id"), copy_rows),
    Kept("allocations", ("id",), allocation_rows),
    Kept("checks", ("id",), check_rows),
)


def settle(
    db: Database,
    corrections: Sequence[Correction] | None = None,
    run: Run | None = None,
    rules: Mapping[str, str] | None = None,
) -> list[Judged]:
    """Bring all that is made from facts up to date: agreements, initiatives, what follows from them.

    A human's corrections are replayed on what was read; None replays those that the database knows.
    What this changes is told as changes of the run; `rules` are the versions of the
    rules by id; None: as they were.
    Returns what became of each correction.
    """
    with transaction(db):
        db.execute("PRAGMA defer_foreign_keys = ON")  # rows of several tables change together
        replay = Replay(db, stored_corrections(db) if corrections is None else corrections)
        replay.correct_documents()
        found = resolved(db, replay)
        news = {table: keep_rows(db, table, key, getattr(found, table)) for table, key in RESOLVED.items()}
        keep_rows(db, "identifiers", ("id",), identifier_rows(db, found))
        refer(db, found)
        for table, key, make in DERIVED:
            made = replay.decide_links(make(db)) if table == LINKS else make(db)
            news[table] = keep_rows(db, table, key, made)
        mark_additive(db)
        news |= replay.keep()
        forget(db)
        keep_rows(db, "rules", ("id",), rule_rows(db, known_versions(db) if rules is None else rules))
        tell(db, run, news)
    return replay.judged


def resolved(db: Database, replay: Replay) -> Resolved:
    """Agreements and initiatives out of the facts as they are now, with a human's word about them."""
    claims, mentions = rows(db, CLAIMS), rows(db, MENTIONS)
    phases, about = phases_of_mentions(db), about_documents(db)
    return replay.resolved(
        claims, mentions, lambda decisions: resolve(claims, mentions, phases, about, decisions)
    )


def tell(db: Database, run: Run | None, news: Mapping[str, Sequence[Difference]]) -> None:
    """Record what became of the things as changes of the run."""
    told = [row for table, tracked in TRACKED.items() for row in thing_changes(tracked, news.get(table, ()))]
    record(db, run, "things", told)


def known_versions(db: Database) -> dict[str, str]:
    """The versions of the rules that the database was told last."""
    return {str(row["id"]): str(row["version"]) for row in rows(db, "SELECT id, version FROM rules")}


def rule_rows(db: Database, versions: Mapping[str, str]) -> list[Row]:
    """How often each rule fired; also rules that never did, and readers that are no rule of a table."""
    fired = {str(row["rule"]): row for row in rows(db, FIRED)}
    return [
        {
            "id": rule,
            "version": versions.get(rule, ""),
            "fired": fired[rule]["fired"] if rule in fired else 0,
            "documents": fired[rule]["documents"] if rule in fired else 0,
        }
        for rule in sorted(fired.keys() | versions.keys())
    ]
