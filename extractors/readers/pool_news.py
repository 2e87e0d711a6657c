"""News of a pool that is given out or opens: which sum is its own, though no word beside it says so."""

from collections.abc import Sequence

from extractors.facts import Amount, changed
from extractors.layout import Layout
from extractors.readers.clauses import CUES, Clause, Setting, is_split
from extractors.rules import load_rules

POOLS = load_rules("pools")
NEWS = frozenset({"news", "press_release", "other"})
SMALLEST = 1_000_000  # kroner; a smaller sum is rather a grant
TOP = frozenset({"title", "lead", "body"})
AGAINST = ("cost", "co-funding", "not new money", "earlier money", "wish", "frame", "of an agreement")


def with_news_pool(
    layout: Layout, amounts: list[Amount], clauses: Sequence[Clause], setting: Setting
) -> list[Amount]:
    """The sums of news without an agreement of its own: what was given out of a pool or can be applied
    for, and every mention of it, is the pool's."""
    if setting.agreement or setting.kind not in NEWS:
        return amounts
    sizes = {a.max_dkk for a in amounts if a.role == "pool"}
    if not sizes and speaks_of_applying(layout):
        offered = (
            a.max_dkk for a, words in zip(amounts, clauses, strict=True) if is_given_out(layout, a, words)
        )
        sizes = {size for size in [next(offered, 0)] if size}
    return [
        changed(a, role="pool")
        if a.role in {"other", "part"} and a.per == "total" and a.max_dkk in sizes and is_exact(a)
        else a
        for a in amounts
    ]


def is_exact(amount: Amount) -> bool:
    return amount.qualifier not in {"at_most", "at_least"} and amount.min_dkk == amount.max_dkk


def speaks_of_applying(layout: Layout) -> bool:
    """Does the text tell of a pool or of those who apply?"""
    return next(iter(layout.reading.matches(POOLS.rule("applying"))), None) is not None


def is_given_out(layout: Layout, amount: Amount, words: Clause) -> bool:
    """Is this what all applicants together are given, or can apply for?"""
    whole = amount.per == "total" and amount.max_dkk >= SMALLEST and is_exact(amount)
    if not whole or layout.zones[layout.block_at(amount.evidence.span.start)] not in TOP:
        return False
    if is_split(layout, words) or any(words.says(layout, CUES.rule(name)) for name in AGAINST):
        return False
    return words.says(layout, POOLS.rule("given out")) and not words.says(layout, POOLS.rule("asked for"))
