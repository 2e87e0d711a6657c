"""What the database says of one version, in the shape of a gold file."""

from typing import Any

from output.database import Database, rows

Item = dict[str, Any]
OF_VERSION = """
JOIN mentions m ON m.id = f.mention_id
WHERE m.document_version_id = ? ORDER BY m.start_char, m.id
"""
PLACE = "m.quote, m.start_char AS start, m.end_char AS end"
FACTS = {  # kind of gold: the table, what it says, the names it refers to
    "amounts": ("amounts", "f.*", ""),
    "dates": ("dates", "f.*", ""),
    "counts": ("count_claims", "f.*", ""),
    "initiatives": ("initiative_mentions", "f.*", ""),
    "parties": ("party_mentions", "f.role, n.name", "JOIN parties n ON n.id = f.party_id"),
    "people": ("person_mentions", "f.title, n.name", "JOIN people n ON n.id = f.person_id"),
    "pools": ("pools", "f.title, f.amount_dkk, f.deadline_on AS deadline, f.account", ""),
    "effects": ("effects", "f.*", ""),
    "methods": ("method_mentions", "n.name", "JOIN methods n ON n.id = f.method_id"),
}
QUERIES = {
    kind: f"SELECT {PLACE}, {columns} FROM {table} f {names} {OF_VERSION}"
    for kind, (table, columns, names) in FACTS.items()
}
AGREEMENT = """
SELECT f.* FROM agreement_mentions f JOIN mentions m ON m.id = f.mention_id
WHERE m.document_version_id = ? AND f.relation IN ('announces', 'reports', 'full_text')
ORDER BY m.start_char, m.id
"""
PHASES = """
SELECT phase FROM initiative_mention_phases WHERE initiative_mention_id = ? ORDER BY position
"""
DOCUMENT = ("title", "published_on", "updated_on", "issuer", "kind")


def predict(db: Database, version_id: str) -> tuple[Item, str]:
    """The facts of a version and its text. Parties, people and methods once each, as in gold."""
    version = rows(db, "SELECT * FROM document_versions WHERE id = ?", version_id)[0]
    found: Item = {kind: rows(db, sql, version_id) for kind, sql in QUERIES.items()}
    for initiative in found["initiatives"]:
        initiative["phases"] = [row["phase"] for row in rows(db, PHASES, initiative["id"])]
    for kind in ("parties", "people", "methods"):
        found[kind] = once(found[kind])
    found |= {name: version[name] for name in DOCUMENT}
    found["agreement"] = next(iter(rows(db, AGREEMENT, version_id)), None)
    return found, str(version["text"])


def once(mentions: list[Item]) -> list[Item]:
    """One item a name (and role), with the words it was read from as aliases."""
    kept: dict[tuple[str, str], Item] = {}
    for mention in mentions:
        key = (mention["name"], mention.get("role", ""))
        item = kept.setdefault(key, {**mention, "aliases": []})
        item["aliases"].append(mention["quote"])
    return list(kept.values())


def versions_by_file(db: Database) -> dict[str, list[str]]:
    """File name of an address -> the versions found at such addresses."""
    found: dict[str, list[str]] = {}
    for row in rows(db, "SELECT url, document_version_id FROM locations ORDER BY url"):
        name = str(row["url"]).rpartition("/")[2]
        found.setdefault(name, []).append(str(row["document_version_id"]))
    return found
