"""Money by initiative or agreement and year, each krone once, from what the best documents say."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from output.database import Database, execute, rows
from output.sums import SUMS, Share, Sum, close, number_of, shares, sum_of
from output.table import Row
from output.telling import OWN

AGREEMENTS = """
SELECT id, programme_id, end_year, preferred_document_id, programme_year, total_min_dkk
FROM agreements ORDER BY id
"""
HOMES = "SELECT agreement_id, document_id, relation FROM agreement_documents"
COPIES = "SELECT to_document_id FROM document_links WHERE relation = 'same_pool'"
COUNTED = """
UPDATE amounts SET additive = NOT additive
WHERE additive <> (per = 'total' AND EXISTS (
    SELECT 1 FROM allocations l WHERE l.mention_id = amounts.mention_id AND l.additive = 1)
)
"""


class Counted(NamedTuple):
    """A share, and whether it counts beside the other shares that count."""

    share: Share
    counts: bool


@dataclass(frozen=True, slots=True)
class Home:
    """What the allocations of an agreement need of it."""

    id: str
    programme_id: str | None
    last: int | None  # year
    ranks: Mapping[str, int]  # document -> place in OWN; of documents that speak for the agreement
    preferred: str | None
    year: int | None = None  # of the programme
    total: int | None = None


def allocation_rows(db: Database) -> list[Row]:
    """The rows of the table."""
    sums = [sum_of(row) for row in rows(db, SUMS)]
    copies = {str(row["to_document_id"]) for row in rows(db, COPIES)}
    of_agreement: dict[str, list[Sum]] = defaultdict(list)
    of_document: dict[str, list[Sum]] = defaultdict(list)
    for one in sums:
        if one.agreement_id is not None:
            of_agreement[one.agreement_id].append(one)
        elif one.document_id not in copies:
            of_document[one.document_id].append(one)
    homes = homes_of(db)
    found = [row for key, group in of_agreement.items() for row in agreement_shares(homes[key], group)]
    return [*once_told(found, homes), *(row for group in of_document.values() for row in pool_shares(group))]


def once_told(found: Sequence[Row], homes: Mapping[str, Home]) -> list[Row]:
    """The money without what an agreement tells as a part that is another agreement of its programme
    and year: the whole satspulje tells the total of each area, and so does the area's own agreement."""
    totals = {(home.programme_id, home.year, home.total): home for home in homes.values()}

    def is_told(row: Row) -> bool:
        home = homes[str(row["agreement_id"])]
        other = totals.get((home.programme_id, home.year, number_of(row, "min_dkk")))
        whole = home.year is not None and home.total is not None and row["basis"] == "undivided"
        return bool(whole and other and other.total and home.total and home.total > other.total)

    return [{**row, "additive": 0} if is_told(row) else row for row in found]


def mark_additive(db: Database) -> None:
    """A sum is additive where a row of allocations that counts is made from it."""
    execute(db, COUNTED)


def homes_of(db: Database) -> dict[str, Home]:
    ranks: dict[str, dict[str, int]] = defaultdict(dict)
    for row in rows(db, HOMES):
        if row["relation"] in OWN:
            ranks[str(row["agreement_id"])][str(row["document_id"])] = OWN.index(str(row["relation"]))
    return {
        str(row["id"]): Home(
            str(row["id"]),
            str(row["programme_id"]),
            number_of(row, "end_year"),
            ranks[str(row["id"])],
            None if row["preferred_document_id"] is None else str(row["preferred_document_id"]),
            number_of(row, "programme_year"),
            number_of(row, "total_min_dkk"),
        )
        for row in rows(db, AGREEMENTS)
    }


def agreement_shares(home: Home, sums: Sequence[Sum]) -> list[Row]:
    """An agreement's money: all of it from the one document that tells it best, and what other
    documents tell of initiatives that it is silent about, as shares that do not count."""
    by_document: dict[str, list[Sum]] = defaultdict(list)
    for one in sums:
        by_document[one.document_id].append(one)
    order = sorted(by_document, key=lambda name: standing(home, name, by_document[name]))
    told: set[str] = set()
    found: list[Row] = []
    for n, name in enumerate(order):
        parts = [one for one in by_document[name] if one.role != "pool" or name not in home.ranks]
        counted = document_shares(parts, home.last, told)
        speaks = n == 0 and name in home.ranks
        found += [
            row_of(share, home, counts and speaks)
            for share, counts in counted
            if speaks or share.of.initiative_id
        ]
        told |= {share.of.initiative_id for share, _ in counted if share.of.initiative_id}
    return found


def standing(home: Home, document: str, sums: Sequence[Sum]) -> tuple[int, bool, bool, str]:
    """Sorts an agreement's documents by how well they tell its money: its text before a ministry
    before an agency, one that divides it by initiative and year before others."""
    cells = any(one.flagged and one.role == "part" and one.single for one in sums)
    return home.ranks.get(document, len(OWN)), not cells, document != home.preferred, document


def document_shares(sums: Sequence[Sum], last: int | None, told: set[str]) -> list[Counted]:
    """The shares of one document's sums; initiatives in `told` are left out."""
    by_initiative: dict[str, list[Sum]] = defaultdict(list)
    for one in sums:
        if one.initiative_id and one.initiative_id not in told and one.role != "total":
            by_initiative[one.initiative_id].append(one)
    parts = [share for group in by_initiative.values() for share in shares(group, last)]
    loose = [one for one in sums if not one.initiative_id]
    total = whole_of(sums)
    if total is None:
        return once([*parts, *(s for one in loose if countable(one) for s in shares([one], last))])
    inside = [share for share in parts if is_inside(share)]
    divided = any(share.of.flagged for share in inside)
    if (not total.flagged and divided) or close(total, (s.of for s in inside), money(inside)):
        return [Counted(share, is_inside(share)) for share in parts]
    block_years = [one for one in loose if one.role == "part" and one.single]
    for_good = [one for one in loose if one.role == "total" and one.per == "year"]
    whole = shares([total, *years_of_block(block_years), *for_good], last)
    return [*(Counted(s, is_inside(s)) for s in whole), *(Counted(s, False) for s in parts)]


def whole_of(sums: Iterable[Sum]) -> Sum | None:
    """What the document says that the agreement distributes in all: its most exact figure."""
    totals = [one for one in sums if one.role == "total" and one.per == "total"]
    best = min(totals, key=lambda one: (one.hedged, one.step, not one.flagged, one.mention_id), default=None)
    flagged = any(one.flagged for one in totals)
    exact = [one for one in totals if best and one.key == best.key and one.flagged]
    return exact[0] if flagged and exact else best


def years_of_block(sums: Sequence[Sum]) -> list[Sum]:
    """The sums by year that stand together; those of several paragraphs tell different things."""
    by_block: dict[int, list[Sum]] = defaultdict(list)
    for one in sums:
        by_block[one.block].append(one)
    return max(by_block.values(), key=len, default=[])


def countable(one: Sum) -> bool:
    return one.role == "part" and (one.flagged or one.per == "year")


def is_inside(share: Share) -> bool:
    """Is it money of known years, or of all the agreement's years; not what is given for good after?"""
    return share.year is not None or share.basis == "undivided"


def money(found: Iterable[Share]) -> int:
    return sum(share.of.low for share in found)


def once(found: Sequence[Share]) -> list[Counted]:
    """Where no total is told: each sum counts once, and where it is told again not a second time.
    `found` begins with the shares of initiatives, which come before the same sums without one."""
    first: dict[tuple[object, ...], str] = {}
    for share in found:
        first.setdefault((*share.of.key, share.year), share.of.mention_id)
    is_first = [first[(*share.of.key, share.year)] == share.of.mention_id for share in found]
    return [
        Counted(share, new and is_inside(share))
        for share, new in zip(found, is_first, strict=True)
        if new or share.of.initiative_id
    ]


def pool_shares(sums: Sequence[Sum]) -> list[Row]:
    """A pool or project whose agreement is not known: what it offers, by years where the same
    paragraph tells them; the grants given from it are the same money."""
    pool = next((one for one in sums if one.role == "pool" and one.per == "total"), None)
    if pool is None:
        return []
    same = [one for one in sums if one.key == pool.key]
    blocks = {one.block for one in same}
    beside = [one for one in sums if one.block in blocks and one.role == "part" and one.single]
    found = shares([pool, *beside], pool.end)
    return [row_of(share, None, is_inside(share)) for share in found]


def row_of(share: Share, home: Home | None, counts: bool) -> Row:
    one = share.of
    several = share.year is not None and not one.single
    return {
        "id": f"{one.mention_id}:{share.year}" if several else one.mention_id,
        "agreement_id": home.id if home else None,
        "initiative_id": one.initiative_id,
        "programme_id": home.programme_id if home else None,
        "year": share.year,
        "start_year": one.start,
        "end_year": one.end,
        "min_dkk": one.low,
        "max_dkk": one.high,
        "price_year": one.price_year,
        "basis": share.basis,
        "additive": int(counts),
        "corrected": int(one.corrected),
        "mention_id": one.mention_id,
    }
