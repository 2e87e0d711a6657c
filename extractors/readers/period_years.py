"""Years that only the period of the money places in the calendar: 'det første år', 'de sidste to'."""

import re
from collections.abc import Sequence

from extractors.facts import Amount, TimeExpression, changed
from extractors.layout import Layout
from extractors.rules import load_rules

LINKS = load_rules("year_links")
COST = load_rules("amount_roles").rule("cost").pattern
COUNTS = ("count", "count2", "count3", "count4")
NEAR = 60  # characters beside a sum
LOOK_BACK = 80  # characters before years in which the name of a round stands

Period = tuple[int, int]


def within_period(layout: Layout, amount: Amount, period: Period, around: tuple[int, int]) -> Amount:
    """The sum with the years of the period that its words name; as it is where they name none.
    `around` is where the sum before it ends and where the sum after it begins."""
    years = years_within(layout, amount, period, around)
    if years is None:
        return amount
    return changed(amount, start_year=years[0], end_year=years[1], years_basis="inferred")


def years_within(layout: Layout, amount: Amount, period: Period, around: tuple[int, int]) -> Period | None:
    span = amount.evidence.span
    text = layout.document.text
    after = text[span.end : min(around[1], span.end + NEAR)]
    before = text[around[0] : span.start]
    first, last = period
    if first < last and LINKS.rule("rest of the years").pattern.match(before):
        return first + 1, last
    rule = LINKS.rule("first years").pattern
    theirs = rule.match(before)
    before = before[theirs.end() if theirs else 0 :][-NEAR:]
    if match := rule.search(after) or rule.search(before):
        return first, min(first + count_of(match) - 1, last)
    if match := LINKS.rule("last years").pattern.search(after):
        rest = match["rest"] and first < last
        return (first + 1 if rest else max(last - count_of(match) + 1, first)), last
    return period if layout.search(LINKS.rule("whole period"), after) else None


def counted_from(layout: Layout, amount: Amount, year: int, stop: int) -> Period | None:
    """'16 mio. kr. over to år fra 2014', '… fra 2014 og to år frem': so many years from one on."""
    match = LINKS.rule("years from one").pattern.match(layout.document.text[amount.evidence.span.end : stop])
    if match is None or int(match["year"] or match["year2"]) != year:
        return None
    return year, year + int(LINKS.worth("count", match["count"] or match["count2"])) - 1


def of_only_span(layout: Layout, amount: Amount, own: Sequence[TimeExpression], named: bool = True) -> Amount:
    """'Den forrige aftale dækkede 2024-2027 og var på 885 mio. kr.': the first sum of a sentence, with the
    only years that it names, if they stand before it and it tells of no cost. `named` are also those that
    name a round, 'reserven 2024-2027': a sum given then may have fewer of its own."""
    words = layout.sentence_at(amount.evidence.span.start).text
    only = len(own) == 1 and own[0].granularity == "span" and amount.per != "recipient"
    if not only or own[0].evidence.span.end > amount.evidence.span.start or COST.search(words):
        return amount
    before = layout.document.text[max(0, own[0].evidence.span.start - LOOK_BACK) : own[0].evidence.span.start]
    if not named and LINKS.rule("name of a round").pattern.search(before):
        return amount
    years = own[0].start_on.year, own[0].end_on.year
    return changed(amount, start_year=years[0], end_year=years[1], years_basis=own[0].basis)


def only_ends(layout: Layout, year: TimeExpression, start: int) -> bool:
    """'Aftalen løber til og med 2027 og er på …': a year that ends a period does not tell its years."""
    before = layout.document.text[start : year.evidence.span.start]
    return year.granularity == "year" and bool(LINKS.rule("until then").pattern.search(before))


def count_of(match: re.Match[str]) -> int:
    """How many years the words name; one where they give no number."""
    words = next((match[name] for name in COUNTS if match.groupdict().get(name)), None)
    return int(LINKS.worth("count", words)) if words else 1
