"""The years of sums under a heading with a sum: 'Veteraner: 20,1 mio. kr. (2022-2024)'."""

from collections.abc import Sequence

from extractors.facts import Amount, changed
from extractors.layout import Layout
from extractors.readers.sums_years import says_own

HEIRS = frozenset({"part", "pool"})
TITLE = 0  # the block of the title, whose sum is the whole document's


def under_headings(layout: Layout, amounts: Sequence[Amount]) -> list[Amount]:
    """The sums without years, with those of the only sum of the heading they stand under, if it is larger."""
    headed: dict[int, list[Amount]] = {}
    for amount in amounts:
        block = layout.block_at(amount.evidence.span.start)
        if block != TITLE and layout.blocks[block].kind == "heading":
            headed.setdefault(block, []).append(amount)
    return [inherit(layout, amount, headed) for amount in amounts] if headed else list(amounts)


def inherit(layout: Layout, amount: Amount, headed: dict[int, list[Amount]]) -> Amount:
    block = layout.block_at(amount.evidence.span.start)
    trail = layout.headings[block]
    above = headed.get(trail[-1], []) if trail and block not in headed else []
    heir = amount.role in HEIRS and not says_own(layout, amount)
    if len(above) != 1 or amount.start_year or not heir:
        return amount
    whole = above[0]
    if whole.start_year is None or whole.max_dkk < amount.max_dkk:
        return amount
    return changed(amount, start_year=whole.start_year, end_year=whole.end_year, years_basis="inferred")
