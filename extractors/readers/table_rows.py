"""The rows of an economy table: which are sums, of what, and which area a row is in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from corpus.document import Span
from extractors.facts import Area, changed
from extractors.readers.areas import area_of
from extractors.rules import load_rules

TABLE = load_rules("tables")
INITIATIVES = load_rules("initiatives")
LONGEST_AREA = 40  # rows of one area of a table
FEWEST = 2  # areas, and rows of one, that tell a sum from chance
ROUNDING = Decimal("0.05")  # figures are printed in tenths


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the words that name it, its figures by column, and what it is."""

    label: Span
    words: str
    figures: dict[int, tuple[Span, Decimal]]
    is_initiative: bool = True
    is_grand_total: bool = False
    area: Area | None = None
    year: int | None = None  # of a table with a row for each year


def with_kinds(rows: list[Row]) -> Iterator[Row]:
    """The rows with sums told from initiatives, and areas from the subtotals below or above them, or
    from a line without figures above them. Rows of what others hold take no part: 'Heraf …'."""
    counted = [row for row in rows if row.figures and not is_detail(row)]
    while counted and is_rest(counted[-1]) and any(is_sum(row) for row in counted):
        counted.pop()
    told = {row.label: row for row in sums_and_areas(counted)}
    named: Area | None = None
    for row in rows:
        if not row.figures:
            named = area_of(row.words)
            continue
        kind = told.get(row.label, changed(row, is_initiative=False))
        yield changed(kind, area=kind.area or named) if kind.is_initiative else kind
        named = None if kind.is_grand_total else named


def sums_and_areas(rows: list[Row]) -> Iterator[Row]:
    """The rows with what each is, where all of them are sums or parts of one."""
    kinds = kinds_of(rows)
    grand = max((i for i, kind in enumerate(kinds) if kind), default=None)
    grand = grand if grand is not None and grand == len(rows) - 1 else None
    below = has_sums_below(rows, kinds)
    for i, row in enumerate(rows):
        heads = [r for r, kind in zip(rows[i:], kinds[i:], strict=True) if kind] if below else []
        heads = heads or [r for r, kind in zip(rows[i::-1], kinds[i::-1], strict=True) if kind and not below]
        yield changed(
            row,
            is_initiative=not kinds[i] and row.year is None,
            is_grand_total=i == grand,
            area=row.area or (area_of(heads[0].words) if heads and heads[0] is not row else None),
        )


def has_sums_below(rows: list[Row], kinds: list[bool]) -> bool:
    """Do the sums of areas stand below their rows? Not where the first row is one already."""
    named = any(is_sum(row) for row in rows[:-1])
    return not kinds[0] and (named or any(kinds[:-1]))


def kinds_of(rows: list[Row]) -> list[bool]:
    """Which rows are sums."""
    kinds = [is_sum(row) or adds_up(rows[i:]) for i, row in enumerate(rows)]
    if rows and not kinds[-1]:  # 'Hele aftalen': what all rows that are no sums come to
        kinds[-1] = adds_up(
            [rows[-1], *(row for row, kind in zip(rows, kinds, strict=True) if not kind)][:-1],
            alone=len(rows) > FEWEST + 1,
        )
    if any(is_sum(row) for row in rows[:-1]):
        return kinds
    if sum(kinds) > 1:
        kinds = [kind or heads_one(rows[i : i + 2]) for i, kind in enumerate(kinds)]
    else:
        parts = heads_by_sum(rows) or heads_by_name(rows)
        kinds = [kind or i in parts for i, kind in enumerate(kinds)]
    return kinds


def adds_up(rows: list[Row], alone: bool = False) -> bool:
    """Is the first row the sum of two or more rows right below it, in every column they share? In a
    table with a single column it must be of all of them."""
    head, rest = rows[0], rows[1:]
    running: dict[int, Decimal] = dict.fromkeys(head.figures, Decimal(0))
    for n, row in enumerate(rest[:LONGEST_AREA], 1):
        for column, (_, figure) in row.figures.items():
            running[column] = running.get(column, Decimal(0)) + figure
        off = (abs(head.figures[c][1] - running.get(c, Decimal(0))) for c in head.figures)
        close = all(difference <= ROUNDING * (n + 1) for difference in off)
        if n > 1 and close and (len(head.figures) > 1 or (alone and n == len(rest))):
            return True
    return False


def heads_one(rows: list[Row]) -> bool:
    """Is the first row the sum of an area with one row in it: the same figures twice?"""
    figures = [[figure for _, figure in row.figures.values()] for row in rows]
    return len(figures) > 1 and len(figures[0]) > 1 and figures[0] == figures[1]


def heads_by_sum(rows: list[Row]) -> frozenset[int]:
    """The sums of areas in a table with one column of money, above or below their rows: all rows are
    parted by them, and they come to the total in the last row."""
    column = [[figure for _, figure in row.figures.values()] for row in rows]
    if len(rows) <= FEWEST + 1 or any(len(figures) != 1 for figures in column):
        return frozenset()
    *figures, total = (figure for (figure,) in column)
    last = len(figures) - 1
    for places in (parted(figures), [last - place for place in parted(figures[::-1])]):
        off = abs(sum((figures[place] for place in places), Decimal(0)) - total)
        if places and off <= ROUNDING * (len(places) + 1):
            return frozenset(places)
    return frozenset()


def parted(figures: Sequence[Decimal]) -> list[int]:
    """Where the sums stand in a column that is nothing but sums, each above what it is the sum of;
    empty if it is not, or if each is of one figure only."""
    after: dict[int, int] = {len(figures): 0}  # where the next sum stands, by the place of a sum
    for place in range(len(figures) - 2, -1, -1):
        left = figures[place]
        for n, figure in enumerate(figures[place + 1 : place + 1 + LONGEST_AREA], 1):
            left -= figure
            rounding = ROUNDING * (n + 1) if n > 1 else Decimal(0)
            if abs(left) <= rounding and place + n + 1 in after:
                after[place] = place + n + 1
                break
    places = [0] if 0 in after else []
    while places and after[places[-1]] < len(figures):
        places.append(after[places[-1]])
    several = any(after[place] - place > FEWEST for place in places)
    return places if several and len(places) >= FEWEST else []


def heads_by_name(rows: list[Row]) -> frozenset[int]:
    """The rows that only name the area of the rows below them, where the first does."""
    areas = [bool(INITIATIVES.rule("area item").pattern.match(row.words)) for row in rows]
    if areas[:1] != [True]:
        return frozenset()
    return frozenset(i for i, pair in enumerate(pairwise(areas)) if pair == (True, False))


def is_sum(row: Row) -> bool:
    return any(TABLE.rule(name).pattern.search(row.words) for name in ("sum row", "ministry row"))


def is_rest(row: Row) -> bool:
    """Is a row money for what the table does not name?"""
    return bool(TABLE.rule("rest row").pattern.search(row.words))


def is_detail(row: Row) -> bool:
    """Does a row only tell what another holds?"""
    return bool(TABLE.rule("row within another").pattern.search(row.words))
