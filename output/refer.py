"""Facts pointed at the agreements and initiatives they belong to, and names that nothing points at."""

from output.database import Database, rows, update
from output.resolve import Resolved
from output.table import Row

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
LOOKUPS = {
    "people": ("person_mentions.person_id", "statements.person_id"),
    "parties": ("party_mentions.party_id", "person_mentions.party_id", "agreement_parties.party_id"),
    "organisations": ("organisation_mentions.organisation_id",),
    "methods": ("method_mentions.method_id", "effects.method_id"),
    "target_groups": ("target_group_mentions.target_group_id",),
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
