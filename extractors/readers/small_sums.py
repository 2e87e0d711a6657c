"""For whom a small sum is: kroner that nobody shares out are what one person or project gets or pays."""

from collections.abc import Sequence

from extractors.facts import Amount, changed
from extractors.layout import Layout
from extractors.readers.clauses import Clause
from extractors.rules import load_rules

TERMS = load_rules("money_terms")
SMALL = 500_000  # kroner
IN_TEXT = "amounts/"  # how the rules of running text are named; a table's cells are shares


def of_one(layout: Layout, amounts: Sequence[Amount], clauses: Sequence[Clause]) -> list[Amount]:
    """The small sums without a share in what is given, per recipient, but for prices of things, limits
    on what may be bought and what is given or paid back in all."""
    return [
        with_per(layout, amount, words) if is_small(amount) else amount
        for amount, words in zip(amounts, clauses, strict=True)
    ]


def is_small(amount: Amount) -> bool:
    own = amount.evidence.rule.startswith(IN_TEXT)
    return own and amount.role == "other" and amount.max_dkk < SMALL


def with_per(layout: Layout, amount: Amount, words: Clause) -> Amount:
    at = words.words.index("0") + 1
    bought = amount.qualifier in {"over", "at_least"} and layout.search(
        TERMS.rule("limit on things"), words.words[:at]
    )
    if bought:
        return changed(amount, per="total")
    priced = layout.search(TERMS.rule("of no one"), words.words)
    return amount if priced else changed(amount, per="recipient")
