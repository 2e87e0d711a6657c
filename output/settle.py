"""Resolution in the database: read rows, resolve them, write what differs, in one transaction."""

from collections import defaultdict
from collections.abc import Callable
from typing import NamedTuple

from output.allocations import allocation_rows, mark_additive
from output.checks import check_rows
from output.copies import copy_rows
from output.database import Database, keep_rows, rows, transaction, update
from output.governments import government_party_rows, government_rows
from output.identifiers import identifier_rows
from output.parties import party_rows
from output.resolve import About, Resolved, resolve
from output.table import Row

CLAIMS = """
SELECT a.*, m.document_version_id, v.document_id, v.title, v.published_on, NOT EXISTS (
    SELECT 1 FROM mentions n JOIN amounts x ON x.mention_id = n.id
    WHERE n.document_version_id = m.document_version_id AND x.role = 'total'
    AND x.min_dkk = a.total_min_dkk AND x.qualifier <> 'exact'
) AS exact
FROM agreement_mentions a
JOIN mentions m ON m.id = a.mention_id
JOIN document_versions v ON v.id = m.document_version_id AND v.is_current = 1
"""
MENTIONS = """
SELECT i.*, v.document_id
FROM initiative_mentions i
JOIN mentions m ON m.id = i.mention_id
JOIN document_versions v ON v.id = m.document_version_id AND v.is_current = 1
"""
ABOUT = """
SELECT v.document_id, a.min_dkk, a.role, a.withdrawn
FROM amounts a
JOIN mentions m ON m.id = a.mention_id
JOIN document_versions v ON v.id = m.document_version_id AND v.is_current = 1
WHERE a.role IN ('total', 'part', 'pool') OR a.withdrawn = 1
"""
AGREEING = """
SELECT v.document_id, p.party_id
FROM party_mentions p
JOIN mentions m ON m.id = p.mention_id
JOIN document_versions v ON v.id = m.document_version_id AND v.is_current = 1
WHERE p.role = 'agrees'
"""
AMOUNTS = """
SELECT a.mention_id, a.role, a.initiative_mention_id,
    v.document_id, v.is_current
FROM amounts a
JOIN mentions m ON m.id = a.mention_id
JOIN document_versions v ON v.id = m.document_version_id
"""
POOLS = """
SELECT p.id, p.document_id, v.is_current,
    (SELECT min(i.initiative_id) FROM initiative_mentions i
     JOIN mentions n ON n.id = i.mention_id
     WHERE n.document_version_id = m.document_version_id AND i.title = p.title) AS initiative_id
FROM pools p JOIN mentions m ON m.id = p.mention_id
JOIN document_versions v ON v.id = m.document_version_id
"""
SHARES = frozenset({"total", "part", "pool"})  # roles of money that is an agreement's own


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
DERIVED = (  # each from the tables before it
    Kept("governments", ("id",), lambda _: government_rows()),
    Kept("government_parties", ("government_id", "party"), lambda _: government_party_rows()),
    Kept("agreement_parties", ("agreement_id", "party_id"), party_rows),
    Kept("document_links", ("from_document_id", "to_document_id"), copy_rows),
    Kept("allocations", ("id",), allocation_rows),
    Kept("checks", ("id",), check_rows),
)
LOOKUPS = {
    "people": ("person_mentions.person_id", "statements.person_id"),
    "parties": ("party_mentions.party_id", "person_mentions.party_id", "agreement_parties.party_id"),
    "organisations": ("organisation_mentions.organisation_id",),
    "methods": ("method_mentions.method_id", "effects.method_id"),
    "target_groups": ("target_group_mentions.target_group_id",),
}


def settle(db: Database) -> None:
    """Bring all that is made from facts up to date: agreements, initiatives, what follows from them."""
    with transaction(db):
        db.execute("PRAGMA defer_foreign_keys = ON")  # rows of several tables change together
        found = resolve(rows(db, CLAIMS), rows(db, MENTIONS), phases_of_mentions(db), about_documents(db))
        for table, key in RESOLVED.items():
            keep_rows(db, table, key, getattr(found, table))
        keep_rows(db, "identifiers", ("id",), identifier_rows(db, found))
        refer(db, found)
        for kept in DERIVED:
            keep_rows(db, kept.table, kept.key, kept.rows(db))
        mark_additive(db)
        forget(db)


def phases_of_mentions(db: Database) -> dict[str, list[str]]:
    """The phases that each mention of an initiative names, in its order."""
    phases: dict[str, list[str]] = defaultdict(list)
    for row in rows(db, "SELECT * FROM initiative_mention_phases ORDER BY position"):
        phases[str(row["initiative_mention_id"])].append(str(row["phase"]))
    return phases


def about_documents(db: Database) -> dict[str, About]:
    """What each document tells beside its claim."""
    sums: dict[str, set[int]] = defaultdict(set)
    withdrawn: dict[str, set[int]] = defaultdict(set)
    parties: dict[str, set[str]] = defaultdict(set)
    for row in rows(db, ABOUT):
        which = withdrawn if row["withdrawn"] else sums
        which[str(row["document_id"])].add(int(str(row["min_dkk"])))
    for row in rows(db, AGREEING):
        parties[str(row["document_id"])].add(str(row["party_id"]))
    return {
        key: About(frozenset(sums[key]), frozenset(withdrawn[key]), frozenset(parties[key]))
        for key in {*sums, *withdrawn, *parties}
    }


def refer(db: Database, found: Resolved) -> None:
    """Point the facts at the agreements and initiatives they belong to."""
    claims = [
        {**row, "agreement_id": found.mentions.get(str(row["mention_id"]))}
        for row in rows(db, "SELECT mention_id FROM agreement_mentions")
    ]
    update(db, "agreement_mentions", "mention_id", claims)
    mentions = [
        {**row, "initiative_id": found.initiative_mentions.get(str(row["id"]))}
        for row in rows(db, "SELECT id FROM initiative_mentions")
    ]
    update(db, "initiative_mentions", "id", mentions)
    homes = {str(d["document_id"]): d for d in found.agreement_documents}
    amounts = [amount_row(row, homes, found) for row in rows(db, AMOUNTS)]
    update(db, "amounts", "mention_id", amounts)
    update(db, "pools", "id", [pool_row(p, homes) for p in rows(db, POOLS)])


def amount_row(amount: Row, homes: dict[str, Row], found: Resolved) -> Row:
    """A sum's agreement and initiative; whether it counts is decided with the allocations."""
    document = str(amount["document_id"])
    home = homes.get(document)
    shares = amount["role"] in SHARES and amount["is_current"]
    initiative = found.initiative_mentions.get(str(amount["initiative_mention_id"]))
    return {
        "mention_id": amount["mention_id"],
        "agreement_id": home["agreement_id"] if home and shares else None,
        "initiative_id": initiative if home and shares else None,
    }


def pool_row(pool: Row, homes: dict[str, Row]) -> Row:
    """A pool's agreement and initiative; what an old version said belongs to nothing."""
    home = homes.get(str(pool["document_id"])) if pool["is_current"] else None
    return {
        "id": pool["id"],
        "agreement_id": home["agreement_id"] if home else None,
        "initiative_id": pool["initiative_id"] if pool["is_current"] else None,
    }


def forget(db: Database) -> None:
    """Drop names that no fact speaks of any more."""
    for table, references in LOOKUPS.items():
        used = " UNION ".join(
            f"SELECT {column} FROM {other} WHERE {column} IS NOT NULL"
            for other, column in (reference.split(".") for reference in references)
        )
        for row in rows(db, f"SELECT id FROM {table} WHERE id NOT IN ({used})"):
            db.execute(f"DELETE FROM {table} WHERE id = ?", (row["id"],))
