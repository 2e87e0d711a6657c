"""Sums that the text itself takes back: 'I den første udgave stod der 1,6 mia. kr. Det rigtige tal er …'."""

from collections.abc import Sequence

from extractors.facts import Amount, changed
from extractors.layout import Layout
from extractors.readers.clauses import clause
from extractors.rules import load_rules

TABLE = load_rules("withdrawn")


def with_withdrawn(layout: Layout, amounts: Sequence[Amount]) -> list[Amount]:
    """The sums, those marked that a note calls wrong; such a sum is nobody's money."""
    return [
        changed(amount, withdrawn=True, role="other") if is_withdrawn(layout, amounts, i) else amount
        for i, amount in enumerate(amounts)
    ]


def is_withdrawn(layout: Layout, amounts: Sequence[Amount], i: int) -> bool:
    words = clause(layout, amounts, i)
    return any(words.says(layout, rule) for rule in TABLE.rules)
