"""Sums that a document tells apart: those that the sums after them, or the two largest others, add up to."""

from collections.abc import Sequence

from extractors.facts import Amount

LONGEST_RUN = 10
ROUNDING = 150_000  # kroner: sums are printed in tenths of millions
MOST_ROUNDED = 0.01  # share of a sum that a printed figure may leave out
MOST_OFF = 30  # the part of a round sum by which the exact one may differ: 487,5 of half a milliard
SHARED = frozenset({"part", "pool", "total"})
HEDGED = frozenset({"about", "over", "under"})


def told_apart_into(amounts: Sequence[Amount]) -> set[tuple[int, int]]:
    """The sums that later ones add up to: '128 mio. kr. … 71,3 … 56,6', '38,6 i 2026, 57,6 i hvert af …'."""
    shared = [a for a in amounts if a.role in SHARED and a.per != "recipient" and not a.implausible]
    found = {
        (a.min_dkk, a.max_dkk)
        for i, a in enumerate(shared)
        if a.per == "total" and follows(a, shared[i + 1 : i + 1 + LONGEST_RUN])
    }
    return found | halved(shared)


def follows(whole: Amount, rest: Sequence[Amount]) -> bool:
    """Do the sums right after one come to it?"""
    together = 0
    for count, part in enumerate(rest, 1):
        together += over_years(part)
        if together > whole.max_dkk + leeway(whole):
            return False
        if count > 1 and abs(together - whole.max_dkk) <= leeway(whole):
            return True
    return False


def halved(shared: Sequence[Amount]) -> set[tuple[int, int]]:
    """The largest sum, if the second and the third largest come to it, wherever they stand."""
    once = {a.max_dkk: a for a in reversed(shared) if a.per == "total"}
    ranked = sorted(once, reverse=True)
    found = set()
    for i, value in enumerate(ranked[:2]):  # a frame may be larger still
        whole = once[value]
        if i + 2 < len(ranked) and abs(ranked[i + 1] + ranked[i + 2] - value) <= leeway(whole):
            found.add((whole.min_dkk, whole.max_dkk))
    return found


def over_years(amount: Amount) -> int:
    """What a sum comes to over its years."""
    known = amount.per == "year" and amount.start_year and amount.end_year
    return amount.max_dkk * ((amount.end_year or 0) - (amount.start_year or 0) + 1 if known else 1)


def leeway(amount: Amount) -> int:
    """How far the parts may be from a sum: half of its last figure, where that is rounded."""
    if amount.qualifier not in HEDGED:
        return ROUNDING
    return max(ROUNDING, min(last_figure(amount.max_dkk) // 2, int(amount.max_dkk * MOST_ROUNDED)))


def last_figure(kroner: int) -> int:
    """The size of the last figure that is not nought: 1.200.000.000 has 100.000.000."""
    return int("1" + "0" * (len(str(kroner)) - len(str(kroner).rstrip("0"))))


def exact_for(amount: Amount, rounded: tuple[int, int], qualifier: str) -> bool:
    """Is a sum the exact one for a rounded total: 1.187,5 mio. for 'knap 1,2 mia.'?"""
    off = (rounded[1] - amount.max_dkk) * {"under": 1, "over": -1}.get(qualifier, 0)
    finer = last_figure(amount.max_dkk) < last_figure(rounded[1])
    near = abs(amount.max_dkk - rounded[1]) <= min(last_figure(rounded[1]) // 2, rounded[1] // MOST_OFF)
    return amount.qualifier == "exact" and finer and near and off >= 0
