"""The total of a document whose words do not tell it: the largest sum, where it is said first."""

from collections.abc import Sequence

from extractors.facts import Amount, changed
from extractors.layout import Layout
from extractors.readers.clauses import Clause, is_split
from extractors.rules import load_rules

TOTALS = load_rules("totals")
SECTIONS = frozenset({"heading", "list_item", "cell"})
FEWEST = 2  # smaller sums that are told after a total
AGAINST = tuple(TOTALS.rule(name) for name in ("of earlier plans", "for one thing"))


def by_place(layout: Layout, amounts: list[Amount], clauses: Sequence[Clause]) -> list[Amount]:
    """The sums with the total where the text opens with its largest sum and tells smaller ones after."""
    opening = opening_end(layout)
    found = (
        (a, words)
        for a, words in zip(amounts, clauses, strict=True)
        if a.evidence.span.start < opening and may_open(layout, a, words)
    )
    first, words = next(found, (None, None))
    if first is None or words is None or not is_largest(first, words, layout, amounts):
        return amounts
    value = (first.min_dkk, first.max_dkk, first.per)
    return [
        changed(a, role="total")
        if a.role == "part" and ((a.min_dkk, a.max_dkk, a.per) == value or is_beside(layout, a, first))
        else a
        for a in amounts
    ]


def opening_end(layout: Layout) -> int:
    """Where the first list, table or section after the first paragraphs of a text begins."""
    told = False
    for index, block in enumerate(layout.blocks):
        told = told or (index > 0 and block.kind == "paragraph")
        if told and block.kind in SECTIONS:
            return block.span.start
    return len(layout.document.text)


def may_open(layout: Layout, amount: Amount, words: Clause) -> bool:
    """Is this a share of the agreement that no word ties to one thing?"""
    zone = layout.zones[layout.block_at(amount.evidence.span.start)]
    if amount.role != "part" or amount.per == "recipient" or amount.implausible:
        return False
    tied = is_split(layout, words) or any(words.says(layout, rule) for rule in AGAINST)
    return zone in {"title", "lead", "body"} and not tied


def is_largest(first: Amount, words: Clause, layout: Layout, amounts: Sequence[Amount]) -> bool:
    """Is no share larger than the first, and do enough smaller ones follow, or does no word say what the
    first is for?"""
    shares = {a.max_dkk for a in amounts if a.role in {"part", "pool"} and a.per != "recipient"}
    whole = len(shares) > FEWEST or words.says(layout, TOTALS.rule("for nothing named"))
    return max(shares) <= first.max_dkk and whole


def is_beside(layout: Layout, amount: Amount, first: Amount) -> bool:
    """'Fra 2027 er der en milliard om året, mens der i 2025 og 2026 er 800 mio. tilsammen': both are all."""
    lasting = first.per == "year" and first.end_year is None and amount.per == "total"
    return lasting and layout.sentence_at(first.evidence.span.start).span.contains(amount.evidence.span)
