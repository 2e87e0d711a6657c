"""What the figures of an economy table are counted in: told beside it, or known from sums in the text."""

import re
from collections.abc import Sequence
from decimal import Decimal

from extractors.layout import Layout
from extractors.numbers import read_decimal
from extractors.rules import load_rules

TABLE = load_rules("tables")
MILLION, THOUSAND = 1_000_000, 1_000
LARGE = 6  # digits of sums in whole kroner, where no unit is told
NOTES = 2  # blocks below a table that can tell its unit
LARGEST = 20_000  # millions; no figure of a table in millions is larger


def unit_of(layout: Layout, caption: str, after: int) -> int | None:
    """The unit that the caption or a note below names for all figures; not that of one sum in them."""
    notes = " ".join(layout.words(i) for i in range(after, min(after + NOTES, len(layout.blocks))))
    for words, rule in ((caption, "unit alone"), (notes, "unit of all")):
        if found := TABLE.rule(rule).pattern.search(words):
            return int(TABLE.worth("unit", found["unit"]))
    return None


def unit_of_figures(
    figures: Sequence[str], known: frozenset[int], by_years: bool, caption: str
) -> int | None:
    """The unit of figures that none is told for: their own, that in which they are sums of the text,
    or what their form says. None where they are no money."""
    if not figures:
        return None
    if all(TABLE.rule("sum in a cell").pattern.match(words) for words in figures):
        return 1
    plain = [match["number"] for words in figures if (match := TABLE.rule("number").pattern.match(words))]
    said = TABLE.rule("unit").pattern.search(caption)
    return (
        agreed_unit({read_decimal(words) for words in plain}, known)
        or (int(TABLE.worth("unit", said["unit"])) if said else None)
        or (1 if all(len(re.sub(r"\D", "", words)) >= LARGE for words in figures) else None)
        or (unit_by_form(plain) if by_years and not TABLE.rule("no money").pattern.search(caption) else None)
    )


def unit_by_form(figures: Sequence[str]) -> int | None:
    """Money by years is written in millions with decimals, or in thousands with full stops."""
    if any("," in words for words in figures) and max(map(read_decimal, figures)) < LARGEST:
        return MILLION
    return THOUSAND if any("." in words for words in figures) else None


def agreed_unit(numbers: set[Decimal], known: frozenset[int]) -> int | None:
    """The unit in which the largest of several figures, or two of them, are sums that the text tells."""
    best = {
        unit: [number for number in numbers if number and int(number * unit) in known]
        for unit in (MILLION, THOUSAND)
    }
    unit = max(best, key=lambda unit: len(best[unit]))
    told = best[unit]
    return unit if len(told) > 1 or (told and told[0] == max(numbers)) else None
