"""Does a document name all that its agreement pays for? The sums of what it names come to the total."""

from collections import defaultdict
from collections.abc import Sequence

from extractors.facts import Amount, Initiative
from extractors.layout import Layout

FEWEST = 2  # initiatives that are a list
SHORT = 0.85  # share of the total under which some must be missing, however sums are rounded
USUAL = 4  # years that a yearly sum runs where the text does not say


def names_some(layout: Layout, initiatives: Sequence[Initiative], amounts: Sequence[Amount]) -> bool:
    """Are the initiatives of a document's lists or headings, each with its money, together far less than
    the total? All sums told of them are added, so that the true sum is no larger."""
    named = [i for i in initiatives if i.form in {"list", "heading"}]
    total = max((a.max_dkk for a in amounts if a.role == "total" and a.per == "total"), default=0)
    if len(named) < FEWEST or len(named) < len([i for i in initiatives if i.form != "prose"]) or not total:
        return False
    blocks = [layout.block_at(i.evidence.span.start) for i in named]
    ends = [*blocks[1:], len(layout.blocks)]
    parts: dict[int, int] = defaultdict(int)  # by block
    for amount in amounts:
        if amount.role != "total":
            parts[layout.block_at(amount.evidence.span.start)] += most(amount)
    given = [
        sum(parts.get(block, 0) for block in told_of(layout, at, end))
        for at, end in zip(blocks, ends, strict=True)
    ]
    return all(given) and sum(given) < SHORT * total


def told_of(layout: Layout, at: int, end: int) -> range:
    """The blocks that tell of an initiative: its item, or what stands under its heading."""
    if layout.blocks[at].kind != "heading":
        return range(at, at + 1)
    below = (i for i in range(at + 1, end) if layout.blocks[i].kind == "heading")
    return range(at, next(below, end))


def most(amount: Amount) -> int:
    """All that a sum can come to over its years."""
    if amount.per != "year":
        return amount.max_dkk
    first, last = amount.start_year, amount.end_year
    return amount.max_dkk * (last - first + 1 if first and last else USUAL)
