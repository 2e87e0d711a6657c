"""What the database says of one version, in the shape of a gold file."""

from typing import Any

from output.database import Database, rows

Item = dict[str, Any]
FROM = "JOIN mentions m ON m.id = f.mention_id WHERE m.document_version_id = ? ORDER BY m.start_char, m.id"
PLACE = "m.quote, m.start_char AS start, m.end_char AS end"
QUERIES = {
    "amounts": f"SELECT {PLACE}, f.* FROM amounts f {FROM}",
    "dates": f"SELECT {PLACE}, f.* FROM dates f {FROM}",
    "counts": f"SELECT {PLACE}, f.* FROM count_claims f {FROM}",
    "initiatives": f"SELECT {PLACE}, f.* FROM initiative_mentions f {FROM}",
    "parties": f"SELECT {PLACE}, f.role, p.name FROM party_mentions f JOIN parties p ON p.id = f.party_id {FROM}",
    "people": f"SELECT {PLACE}, f.title, p.name FROM person_mentions f JOIN people p ON p.id = f.person_id {FROM}",
    "pools": f"SELECT {PLACE}, f.title, f.amount_dkk, f.deadline_on AS deadline, f.account FROM pools f {FROM}",
    "effects": f"SELECT {PLACE}, f.* FROM effects f {FROM}",
    "methods": f"SELECT {PLACE}, n.name FROM method_mentions f JOIN methods n ON n.id = f.method_id {FROM}",
}
OWN = "('announces', 'reports', 'full_text')"
AGREEMENT = f"SELECT f.* FROM agreement_mentions f JOIN mentions m ON m.id = f.mention_id WHERE m.document_version_id = ? AND f.relation IN {OWN}"


def predict(db: Database, version_id: str) -> tuple[Item, str]:
    """The facts of a version and its text. Parties, people and methods once each, as in gold."""
    version = rows(db, "SELECT * FROM document_versions WHERE id = ?", version_id)[0]
    found: Item = {kind: rows(db, sql, version_id) for kind, sql in QUERIES.items()}
    for initiative in found["initiatives"]:
        sql = "SELECT phase FROM initiative_mention_phases WHERE initiative_mention_id = ? ORDER BY position"
        initiative["phases"] = [row["phase"] for row in rows(db, sql, initiative["id"])]
    for kind in ("parties", "people", "methods"):
        found[kind] = once(found[kind])
    found |= {name: version[name] for name in ("title", "published_on", "updated_on", "issuer", "kind")}
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
        found.setdefault(str(row["url"]).rpartition("/")[2], []).append(str(row["document_version_id"]))
    return found
