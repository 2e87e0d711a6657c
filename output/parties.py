"""Who made an agreement and who stands outside, over all documents that tell of it."""

from collections.abc import Iterable, Sequence

from output.database import Database, insert, rows
from output.governments import government_on
from output.slug import name_id
from output.table import Row
from output.telling import OWN

NAMED = """
SELECT d.agreement_id, d.relation, v.published_on, v.document_id, m.start_char,
    p.party_id, p.role, p.mention_id
FROM agreement_documents d
JOIN document_versions v ON v.document_id = d.document_id AND v.is_current = 1
JOIN mentions m ON m.document_version_id = v.id
JOIN party_mentions p ON p.mention_id = m.id
WHERE p.role IN ('agrees', 'outside')
"""
GOVERNMENTS = """
SELECT d.agreement_id, d.relation, v.published_on, v.document_id, g.mention_id, m.start_char,
    coalesce(a.agreed_on, v.published_on) AS day
FROM agreement_documents d
JOIN agreements a ON a.id = d.agreement_id
JOIN document_versions v ON v.document_id = d.document_id AND v.is_current = 1
JOIN mentions m ON m.document_version_id = v.id
JOIN government_mentions g ON g.mention_id = m.id
"""


def party_rows(db: Database) -> list[Row]:
    """The rows of agreement_parties: by the document that speaks best for the agreement; 'regeringen'
    stands for the parties that were in office, unless a text names them itself."""
    named = [{**row, "basis": "named"} for row in rows(db, NAMED)]
    chosen: dict[tuple[object, object], Row] = {}
    for row in (*ordered(named), *ordered(expanded(rows(db, GOVERNMENTS)))):
        chosen.setdefault((row["agreement_id"], row["party_id"]), row)
    insert(db, "parties", named_parties(chosen.values()), shared=True)
    columns = ("agreement_id", "party_id", "role", "basis", "mention_id")
    return [{column: row[column] for column in columns} for row in chosen.values()]


def ordered(found: Iterable[Row]) -> list[Row]:
    """Those of documents about the agreement, the best document first."""

    def key(row: Row) -> tuple[object, ...]:
        place = OWN.index(str(row["relation"]))
        day, start = str(row["published_on"] or "9999"), int(str(row["start_char"]))
        return place, day, str(row["document_id"]), start, str(row["mention_id"])

    return sorted((row for row in found if row["relation"] in OWN), key=key)


def expanded(mentions: Sequence[Row]) -> list[Row]:
    """A row for each party of the government in office; none where the day or the government is unknown."""
    found = []
    for row in mentions:
        government = government_on(str(row["day"])) if row["day"] else None
        for party in government.parties if government else ():
            more: Row = {"party_id": name_id(party), "name": party, "role": "agrees", "basis": "government"}
            found.append({**row, **more})
    return found


def named_parties(found: Iterable[Row]) -> list[Row]:
    """The parties that no text names: they come with their government."""
    names = {str(row["party_id"]): row["name"] for row in found if "name" in row}
    return [{"id": key, "name": names[key]} for key in sorted(names)]
