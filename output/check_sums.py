"""Sums against their parts and their years."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from output.allocations import Home, is_inside, whole_of
from output.checked import About, check, dkk
from output.sums import Sum, close, pieces, shares
from output.table import Row

FEWEST = 2  # parts or years


def sum_checks(sums: Sequence[Sum], homes: dict[str, Home]) -> Iterator[Row]:
    """All checks of sums, document by document."""
    for _, group in groupby(sums, key=lambda one: one.document_id):
        found = list(group)
        home = homes.get(str(found[0].agreement_id))
        own = home is not None and found[0].document_id in home.ranks
        total = whole_of(found) if own else None
        if total and home:
            yield total_check(total, found, home.last)
        if not own:
            yield from grant_checks(found)
        yield from heading_checks(found)
        yield from subtotal_checks(found)
        yield from year_checks(found, total)


def about(one: Sum) -> About:
    return About(one.agreement_id, one.document_id, one.mention_id)


def total_check(total: Sum, sums: Sequence[Sum], last: int | None) -> Row:
    """The agreement's total against each way in which its document parts it."""
    ways = [way for way in (*by_initiative(sums, last), *by_area(total, sums)) if way]
    numbers = [(sum(low for _, low in way), [one for one, _ in way]) for way in ways]
    exact = next((found for found, parts in numbers if close(total, parts, found)), None)
    if exact is not None:
        note = "the parts make up the total"
        return check("total_vs_parts", about(total), (total.low, exact), "pass", note)
    most, parts = max(numbers, key=lambda way: way[0], default=(0, []))
    if not parts:
        return check("total_vs_parts", about(total), (total.low, None), "not_checkable", "no parts told")
    margin = total.margin + sum(part.margin for part in parts)
    if most > total.high + margin:
        note = f"the parts make up {dkk(most)}, more than the total"
        return check("total_vs_parts", about(total), (total.low, most), "fail", note)
    if all(part.table_row is not None for part in parts) and total.table_row is not None:
        note = f"the rows of the table make up {dkk(most)}, less than the total"
        return check("total_vs_parts", about(total), (total.low, most), "fail", note)
    note = f"the parts told make up {dkk(most)}: only some of the total"
    return check("total_vs_parts", about(total), (total.low, most), "not_checkable", note)


def by_initiative(sums: Sequence[Sum], last: int | None) -> Iterator[list[tuple[Sum, int]]]:
    """What the initiatives get: those of each form, for those under headings are parts of these."""
    forms: dict[str | None, dict[str, list[Sum]]] = defaultdict(lambda: defaultdict(list))
    for one in sums:
        if one.initiative_id and one.role == "part":
            forms[one.form][one.initiative_id].append(one)
    for groups in forms.values():
        told = [s for group in groups.values() for s in shares(group, last) if is_inside(s)]
        yield [(share.of, share.of.low) for share in told]


def by_area(total: Sum, sums: Sequence[Sum]) -> Iterator[list[tuple[Sum, int]]]:
    """What areas, ministries or phases get over the same years: those of one paragraph, and all."""
    loose = [
        one
        for one in sums
        if not one.initiative_id
        and one.role == "part"
        and one.table_row is None
        and (one.start, one.end, one.per) == (total.start, total.end, "total")
    ]
    blocks = sorted({one.block for one in loose})
    for chosen in (loose, *([one for one in loose if one.block == block] for block in blocks)):
        distinct = {one.key: one for one in chosen}.values()
        yield [(one, one.low) for one in distinct]


def grant_checks(sums: Sequence[Sum]) -> Iterator[Row]:
    """A pool against the grants that were given from it."""
    pool = next((one for one in sums if one.role == "pool" and one.per == "total"), None)
    grants = [s for s in sums if s.role == "part" and s.per == "total" and s.block_kind == "list_item"]
    grants = [s for s in grants if not s.single]
    if pool and len(grants) >= FEWEST:
        yield part_check(pool, grants, "grants")


def heading_checks(sums: Sequence[Sum]) -> Iterator[Row]:
    """The sum in a heading against the sums told under it, as far as these make it up."""
    heads = [i for i, one in enumerate(sums) if one.block_kind == "heading" and one.role == "part"]
    for i, j in pairwise([*heads, len(sums)]):
        under = [one for one in sums[i + 1 : j] if one.role == "part" and one.per == "total"]
        listed = [one for one in under if one.block_kind == "list_item"]
        if len(listed) >= FEWEST:
            yield part_check(sums[i], listed, "items")
        elif len(under) >= FEWEST:
            first = [one for one in under if one.block == under[0].block]
            if close(sums[i], first, sum(one.low for one in first)):
                yield part_check(sums[i], first, "sums under it")


def subtotal_checks(sums: Sequence[Sum]) -> Iterator[Row]:
    """The subtotals of a table against the rows that they sum up: those below if the table begins with
    a subtotal, else those above."""
    wholes = [s for s in sums if s.table_row is not None and s.per == "total" and not s.single]
    wholes = [s for s in wholes if s.role == "part"]
    if not wholes:
        return
    ordered = wholes if not wholes[0].initiative_id else wholes[::-1]
    heads = [i for i, one in enumerate(ordered) if not one.initiative_id]
    for i, j in pairwise([*heads, len(ordered)]):
        if rows_of := ordered[i + 1 : j]:
            yield part_check(ordered[i], rows_of, "rows", whole=True)


def part_check(claimed: Sum, parts: Sequence[Sum], what: str, whole: bool = False) -> Row:
    """A sum against parts that should make it up if they are the `whole`, and never be more."""
    found = sum(part.low for part in parts)
    if close(claimed, parts, found):
        return check("total_vs_parts", about(claimed), (claimed.low, found), "pass", f"the {what} make it up")
    more = found > claimed.high
    note = f"the {what} make up {dkk(found)}" + ("" if more else ": perhaps only some of it")
    status = "fail" if more or whole else "not_checkable"
    return check("total_vs_parts", about(claimed), (claimed.low, found), status, note)


def year_checks(sums: Sequence[Sum], total: Sum | None) -> Iterator[Row]:
    """Each sum over several years against what its years get."""
    for group in purposes(sums):
        wholes = [one for one in group if one.per == "total" and not one.single]
        if not wholes and total and not group[0].initiative_id and tells_all_years(group, total):
            wholes = [total]
        if wholes:
            yield from years_check(wholes[0], group)


def tells_all_years(group: Sequence[Sum], total: Sum) -> bool:
    """Does a paragraph tell each year of a total, one after the other?"""
    if total.start is None or total.end is None or total.single:
        return False
    return [one.start for one in group if one.single] == list(range(total.start, total.end + 1))


def purposes(sums: Sequence[Sum]) -> Iterator[list[Sum]]:
    """Sums that tell of one thing: a row of a table, an initiative's, a paragraph's of none."""
    cells = [one for one in sums if one.table_row is not None]
    for _, row in groupby(cells, key=lambda one: one.table_row):
        yield list(row)
    prose: dict[tuple[str, object], list[Sum]] = defaultdict(list)
    for one in sums:
        if one.table_row is None:
            key = ("initiative", one.initiative_id) if one.initiative_id else ("block", one.block)
            prose[key].append(one)
    yield from prose.values()


def years_check(whole: Sum, group: Iterable[Sum]) -> Iterator[Row]:
    """One check where any year is told; nothing where a year is told in two ways."""
    others = [one for one in group if one is not whole and one.role != "total"] or list(group)
    told = pieces(whole, (one for one in others if one is not whole))
    if not told or whole.start is None or whole.end is None:
        return
    parts, found = list(told.values()), sum(one.low for one in told.values())
    missing = sorted(set(range(whole.start, whole.end + 1)) - set(told))
    numbers = (whole.low, found)
    if close(whole, parts, found):
        yield check("years_vs_total", about(whole), numbers, "pass", "the years make up the whole")
    elif missing and found < whole.low and whole.table_row is None:
        note = f"{', '.join(map(str, missing))} not told"
        yield check("years_vs_total", about(whole), numbers, "not_checkable", note)
    else:
        note = f"the years make up {dkk(found)}, not {dkk(whole.low)}"
        yield check("years_vs_total", about(whole), numbers, "fail", note)
