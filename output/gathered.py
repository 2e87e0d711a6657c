"""What resolution reads from the database: claims, mentions, and what tells agreements apart."""

from collections import defaultdict
from collections.abc import Iterable

from output.asides import NOTHING_SAID, Said
from output.database import Database, rows
from output.resolve import About
from output.slug import stems
from output.table import Row

CLAIMS = """
SELECT a.*, m.quote, m.document_version_id, v.document_id, d.title, d.published_on, d.kind AS document_kind,
    d.corrected AS document_corrected, NOT EXISTS (
    SELECT 1 FROM mentions n JOIN amounts x ON x.mention_id = n.id
    WHERE n.document_version_id = m.document_version_id AND x.role = 'total'
    AND x.min_dkk = a.total_min_dkk AND x.qualifier <> 'exact'
) AS exact
FROM agreement_mentions a
JOIN mentions m ON m.id = a.mention_id
JOIN document_versions v ON v.id = m.document_version_id AND v.is_current = 1
JOIN documents d ON d.id = v.document_id
"""
MENTIONS = """
SELECT i.*, v.document_id, s.sum_dkk, s.start_year, s.end_year
FROM initiative_mentions i
JOIN mentions m ON m.id = i.mention_id
JOIN document_versions v ON v.id = m.document_version_id AND v.is_current = 1
LEFT JOIN (
    SELECT initiative_mention_id, min(min_dkk) AS sum_dkk, min(start_year) AS start_year,
        max(end_year) AS end_year
    FROM amounts WHERE per = 'total' AND withdrawn = 0 AND initiative_mention_id IS NOT NULL
    GROUP BY initiative_mention_id HAVING count(*) = 1
) s ON s.initiative_mention_id = i.id
"""
ABOUT = """
SELECT v.document_id, a.min_dkk, a.role, a.withdrawn
FROM amounts a
JOIN mentions m ON m.id = a.mention_id
JOIN document_versions v ON v.id = m.document_version_id AND v.is_current = 1
WHERE a.role IN ('total', 'part', 'pool') OR a.withdrawn = 1
"""
REPLACED = """
SELECT v.document_id, x.min_dkk AS wrong, y.min_dkk AS put_right
FROM amounts x
JOIN mentions m ON m.id = x.mention_id
JOIN document_versions v ON v.id = m.document_version_id AND v.is_current = 1
JOIN blocks b ON b.document_version_id = v.id
    AND b.start_char <= m.start_char AND b.end_char > m.start_char
JOIN mentions o ON o.document_version_id = v.id
    AND o.start_char >= b.start_char AND o.start_char < b.end_char
JOIN amounts y ON y.mention_id = o.id AND y.withdrawn = 0 AND y.per = 'total'
WHERE x.withdrawn = 1
"""
AGREEING = """
SELECT v.document_id, p.party_id
FROM party_mentions p
JOIN mentions m ON m.id = p.mention_id
JOIN document_versions v ON v.id = m.document_version_id AND v.is_current = 1
WHERE p.role = 'agrees'
"""

# what the words of a document tell that is somebody else's piece about an agreement
SAID = """
WITH pieces AS (
    SELECT m.id, v.document_id FROM documents d
    JOIN document_versions v ON v.document_id = d.id AND v.is_current = 1
    JOIN mentions m ON m.document_version_id = v.id
    WHERE d.kind = 'other'
)
SELECT p.document_id, 'sums' AS what, a.min_dkk AS value FROM pieces p
JOIN amounts a ON a.mention_id = p.id WHERE a.per = 'total' AND a.withdrawn = 0
UNION SELECT p.document_id, 'parties', n.party_id FROM pieces p
JOIN party_mentions n ON n.mention_id = p.id WHERE n.role <> 'outside'
UNION SELECT p.document_id, 'days', t.start_on FROM pieces p
JOIN dates t ON t.mention_id = p.id WHERE t.granularity = 'day'
UNION SELECT p.document_id, 'years', CAST(substr(t.start_on, 1, 4) AS INTEGER) FROM pieces p
JOIN dates t ON t.mention_id = p.id WHERE t.granularity IN ('year', 'span')
"""

PIECES = """
SELECT d.id AS document_id, d.title, d.published_on, d.kind AS document_kind, v.text, NOT EXISTS (
    SELECT 1 FROM agreement_mentions a JOIN mentions m ON m.id = a.mention_id
    WHERE m.document_version_id = v.id
) AS silent
FROM documents d JOIN document_versions v ON v.document_id = d.id AND v.is_current = 1
WHERE d.kind = 'other'
"""
NO_CLAIM: Row = {
    "mention_id": None, "document_version_id": None, "kind": "other", "sector": None, "programme_year": None,
    "agreed_on": None, "total_min_dkk": None, "total_max_dkk": None, "start_year": None, "end_year": None,
    "initiative_count": None, "relation": "mentions", "quote": None,
}  # fmt: skip


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
    replaced: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for row in rows(db, REPLACED):
        replaced[str(row["document_id"])].add((int(str(row["wrong"])), int(str(row["put_right"]))))
    pieces = rows(db, PIECES)
    said = said_in_pieces(db, pieces)
    silent = {str(row["document_id"]): {**NO_CLAIM, **row} for row in pieces if row["silent"]}
    return {
        key: About(
            frozenset(sums[key]),
            frozenset(withdrawn[key]),
            frozenset(parties[key]),
            frozenset(replaced[key]),
            said.get(key, NOTHING_SAID),
            silent.get(key),
        )
        for key in {*sums, *withdrawn, *parties, *said}
    }


def said_in_pieces(db: Database, pieces: Iterable[Row]) -> dict[str, Said]:
    """What the words of each document tell that may be somebody else's piece about an agreement."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in rows(db, SAID):
        found[str(row["document_id"])][str(row["what"])].add(str(row["value"]))
    words = {str(piece["document_id"]): stems(str(piece["text"])) for piece in pieces}
    return {
        document: Said(
            frozenset(map(int, found[document]["sums"])),
            frozenset(found[document]["parties"]),
            frozenset(found[document]["days"]),
            frozenset(map(int, found[document]["years"])),
            own,
        )
        for document, own in words.items()
    }
