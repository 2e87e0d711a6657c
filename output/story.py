"""The short story of an agreement or an initiative: what, how much, which years, who, and where it stands."""

from collections.abc import Sequence
from typing import NamedTuple

from output.checked import dkk
from output.database import Database, rows
from output.table import Row

MEANT = "SELECT document_id, agreement_id, initiative_id FROM identifiers WHERE id = ?"
AGREEMENT = """
SELECT a.*, d.published_on FROM agreements a
LEFT JOIN documents d ON d.id = a.preferred_document_id WHERE a.id = ?
"""
YEARS = """
SELECT coalesce(year, undivided_from_year || '–' || undivided_to_year, 'no year') AS year,
    stated_min_dkk + undivided_min_dkk AS dkk
FROM money_by_year WHERE agreement_id = ? AND stated_min_dkk + undivided_min_dkk > 0
"""
PARTIES = """
SELECT p.role, group_concat(n.name, ', ') AS names FROM (
    SELECT role, party_id FROM agreement_parties WHERE agreement_id = ? ORDER BY role, party_id
) p JOIN parties n ON n.id = p.party_id GROUP BY p.role
"""
DOCUMENTS = """
SELECT r.relation, d.published_on AS day, d.title, d.id FROM agreement_documents r
JOIN documents d ON d.id = r.document_id
WHERE r.agreement_id = ? ORDER BY d.published_on IS NULL, d.published_on, d.id
"""
INITIATIVES = """
SELECT title, phases, min_dkk AS dkk, initiative_id AS id
FROM initiative_overview WHERE agreement_id = ? ORDER BY initiative_id
"""
FAILED = """
SELECT kind, note, quote FROM failed_checks WHERE agreement_id = ? ORDER BY kind, check_id
"""
INITIATIVE = "SELECT * FROM initiative_overview WHERE initiative_id = ?"
TARGET = "SELECT target_group FROM initiatives WHERE id = ?"
SHARES = """
SELECT coalesce(l.year, l.start_year || '–' || l.end_year, 'no year') AS year, l.min_dkk AS dkk, m.quote
FROM allocations l JOIN mentions m ON m.id = l.mention_id
WHERE l.initiative_id = ? ORDER BY l.year, l.id
"""
MENTIONS = """
SELECT d.published_on AS day, d.title AS document, m.quote, d.id FROM initiative_mentions i
JOIN mentions m ON m.id = i.mention_id
JOIN document_versions v ON v.id = m.document_version_id AND v.is_current = 1
JOIN documents d ON d.id = v.document_id
WHERE i.initiative_id = ? ORDER BY d.published_on IS NULL, d.published_on, d.id, m.start_char
"""
BEFORE = """
SELECT l.relation, l.status, l.score, n.title, n.id
FROM initiative_links l JOIN initiatives n ON n.id = l.from_initiative_id
WHERE l.to_initiative_id = ? AND l.status <> 'rejected' ORDER BY l.score DESC, n.id
"""
AFTER = """
SELECT l.relation, l.status, l.score, n.title, n.id
FROM initiative_links l JOIN initiatives n ON n.id = l.to_initiative_id
WHERE l.from_initiative_id = ? AND l.status <> 'rejected' ORDER BY l.score DESC, n.id
"""
WRONG = """
SELECT c.kind, c.note, m.quote FROM checks c JOIN mentions m ON m.id = c.mention_id
LEFT JOIN initiative_mentions i ON i.mention_id = c.mention_id
LEFT JOIN amounts a ON a.mention_id = c.mention_id
WHERE c.status = 'fail' AND ?1 IN (i.initiative_id, a.initiative_id) ORDER BY c.kind, c.id
"""


class Part(NamedTuple):
    """Rows under a heading; their columns are the keys of the rows."""

    heading: str
    rows: Sequence[Row]


class Story(NamedTuple):
    """A thing in short: its title, what and whose it is, and parts; those without rows are left out."""

    title: str
    head: tuple[str, ...]
    parts: tuple[Part, ...]


def meant(db: Database, name: str) -> Row | None:
    """What an id means, also a former one: the id of a document, an agreement or an initiative."""
    return next(iter(rows(db, MEANT, name)), None)


def story_of(db: Database, thing: Row) -> Story:
    """The story of the agreement or the initiative that an id means."""
    if thing["agreement_id"] is not None:
        return agreement_story(db, str(thing["agreement_id"]))
    return initiative_story(db, str(thing["initiative_id"]))


def agreement_story(db: Database, key: str) -> Story:
    [row] = rows(db, AGREEMENT, key)
    day = row["agreed_on"] or row["published_on"]
    parties: list[Row] = [
        {"": f"{'agree' if each['role'] == 'agrees' else 'outside'}: {each['names']}"}
        for each in rows(db, PARTIES, key)
    ]
    return Story(
        str(row["title"]),
        said("agreement", row["programme_id"], day, money_of(row), years_of(row), key, marked(row)),
        parts_of(
            Part("money by year", with_money(rows(db, YEARS, key))),
            Part("parties", parties),
            Part("documents", rows(db, DOCUMENTS, key)),
            Part("initiatives", with_money(rows(db, INITIATIVES, key))),
            Part("does not add up", rows(db, FAILED, key)),
        ),
    )


def initiative_story(db: Database, key: str) -> Story:
    [row] = rows(db, INITIATIVE, key)
    target = rows(db, TARGET, key)[0]["target_group"]
    what = said("initiative", row["phases"], row["area"], target, money_of(row), row["agreement_id"], key)
    return Story(
        str(row["title"]),
        (*what, *said(marked(row))),
        parts_of(
            Part("money", with_money(rows(db, SHARES, key))),
            Part("carries on", rows(db, BEFORE, key)),
            Part("is carried on by", rows(db, AFTER, key)),
            Part("documents", rows(db, MENTIONS, key)),
            Part("does not add up", rows(db, WRONG, key)),
        ),
    )


def said(*values: object) -> tuple[str, ...]:
    return tuple(str(value) for value in values if value)


def parts_of(*parts: Part) -> tuple[Part, ...]:
    return tuple(part for part in parts if part.rows)


def with_money(found: Sequence[Row]) -> list[Row]:
    """Rows with their kroner as a reader reads them."""
    return [{**row, "dkk": None if row["dkk"] is None else dkk(int(str(row["dkk"])))} for row in found]


def money_of(row: Row) -> str:
    """The sum of an agreement or initiative, or the range that its sources give."""
    ends = [row.get(f"{total}{end}_dkk") for total in ("total_", "") for end in ("min", "max")]
    least, most = ([int(str(end)) for end in ends if end is not None] or [0, 0])[:2]
    return f"{dkk(least)}–{most:,}" if most > least else dkk(least) if least else ""


def years_of(row: Row) -> str:
    """The years of an agreement's money."""
    years = [row[name] for name in ("start_year", "end_year") if row[name] is not None]
    return "–".join(str(year) for year in dict.fromkeys(years))


def marked(row: Row) -> str:
    """A word on what a human corrected."""
    return f"corrected: {row['corrected']}" if row["corrected"] else ""
