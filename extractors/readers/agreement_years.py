"""The years of an agreement: of its total, of a span it names, of the years in which its money falls."""

from collections.abc import Sequence

from extractors.facts import (
    Amount,
    TimeExpression,
)
from extractors.layout import Layout
from extractors.readers.agreements import is_frame
from extractors.rules import load_rules

LINKS = load_rules("year_links")
MOST_YEARS = 9  # that an agreement runs
LATEST_START = 2  # years after the agreement's first that a part may begin
LONG_PARTS = 2  # that run for several years
FEWEST_YEARS = 3  # in which money falls before they tell the agreement's period


def period_of(
    layout: Layout,
    amounts: list[Amount],
    dates: Sequence[TimeExpression],
    first_year: int | None,
    begins: int | None = None,
) -> tuple[int | None, int | None] | None:
    """The years of the agreement: those of its total, else of the span it names, else of its parts. Where
    it tells only its end, it begins with the year it is for, or the one that its day tells."""
    totals = [a for a in amounts if a.role == "total" and a.start_year]
    whole = next((a for a in totals if a.per == "total"), None)
    if whole and whole.start_year != whole.end_year:
        return whole.start_year, whole.end_year
    period = said_end(layout, first_year or begins) or agreement_period(layout, dates, amounts, first_year)
    period = period or years_by_year(amounts, first_year)
    period = period or ((whole.start_year, whole.end_year) if whole else None)
    period = period or next(((a.start_year, a.end_year) for a in totals), None)
    return period or said_start(layout, amounts) or years_of_list(amounts, first_year)


def said_end(layout: Layout, first_year: int | None) -> tuple[int, int] | None:
    """'Aftalen løber til og med 2024': from the agreement's first year on."""
    for match in layout.reading.matches(LINKS.rule("agreement ends")):
        first = int(match["first"]) if match["first"] else first_year
        near = first and first < int(match["year"]) <= first + MOST_YEARS
        if first and near and is_told(layout, match.start()):
            return first, int(match["year"])
    return None


def said_start(layout: Layout, amounts: Sequence[Amount]) -> tuple[int, None] | None:
    """'Pengene er varige og fordeles første gang i 2017': where the total is so much a year."""
    if not any(a.role == "total" and a.per == "year" for a in amounts):
        return None
    found = (m for m in layout.reading.matches(LINKS.rule("begins")) if is_told(layout, m.start()))
    match = next(found, None)
    return (int(match["year"]), None) if match else None


def is_told(layout: Layout, place: int) -> bool:
    """Does a place stand in the text itself, not in a fact box or under an initiative of a list?"""
    index = layout.block_at(place)
    return layout.zones[index] in {"title", "lead", "body"} and layout.blocks[index].kind == "paragraph"


def years_by_year(amounts: Sequence[Amount], first_year: int | None) -> tuple[int, int] | None:
    """The years in which money falls year by year, from the agreement's first on."""
    years = {
        a.start_year
        for a in amounts
        if a.role in {"part", "total"} and a.start_year and a.start_year == a.end_year
    }
    if first_year not in years or len(years) < FEWEST_YEARS:
        return None
    return min(years), max(years)


def years_of_list(amounts: Sequence[Amount], first_year: int | None) -> tuple[int, int] | None:
    """From the first year of the parts to the last, where several run for years and the first of them
    begins with the agreement: a list with '(2017-2019)' and '(2017-2020)'."""
    parts = [a for a in amounts if a.role in {"part", "pool"} and a.per != "recipient"]
    spans = [(a.start_year, a.end_year) for a in parts if a.start_year and a.end_year]
    long = [span for span in spans if span[0] < span[1]]
    if len(long) < LONG_PARTS or min(start for start, _ in spans) != first_year:
        return None
    last = max(end for _, end in spans)
    return (first_year, last) if last <= first_year + MOST_YEARS else None


def agreement_period(
    layout: Layout,
    dates: Sequence[TimeExpression],
    amounts: Sequence[Amount],
    first_year: int | None = None,
) -> tuple[int | None, int | None] | None:
    """The year or years that the sentence before the total speaks of, else the first span of years in
    title, lead or body that is a period of money and not of other money."""
    total = next((a for a in amounts if a.role == "total" and layout.block_at(a.evidence.span.start)), None)
    others = (
        {layout.sentence_at(a.evidence.span.start).span for a in amounts if a.role in {"frame", "other"}}
        if total
        else set()
    )
    if total and (year := year_before(layout, dates, total, amounts)):
        return year, year
    for fact in dates:
        own = layout.sentence_at(fact.evidence.span.start).span
        if own in others and own.contains(fact.evidence.span):
            continue
        relative = (
            fact.basis == "inferred" and fact.role == "period" and fact.evidence.rule == "dates/coming years"
        )
        index = layout.block_at(fact.evidence.span.start)
        in_body = (
            layout.zones[index] in {"title", "lead", "body"} and layout.blocks[index].kind == "paragraph"
        )
        if is_frame(layout, fact) or (relative and in_body):
            return widest(layout, fact, amounts, first_year)
    return None


def widest(
    layout: Layout, fact: TimeExpression, amounts: Sequence[Amount], first_year: int | None
) -> tuple[int, int]:
    """The years of a span; where it is one part's, those from the first to the last of all the parts."""
    first, last = fact.start_on.year, fact.end_on.year
    sentence = layout.sentence_at(fact.evidence.span.start).span
    here = {a.role for a in amounts if sentence.contains(a.evidence.span)}
    if "part" not in here or "total" in here:
        return first, last
    parts = [a for a in amounts if a.role == "part" and a.per == "total" and a.years_basis == "explicit"]
    spans = [(a.start_year, a.end_year) for a in parts if a.start_year and a.end_year]
    near = [end for start, end in spans if first <= start and end <= first + MOST_YEARS]
    begins = first_year if first_year and first_year < first <= first_year + LATEST_START else first
    return begins, max([last, *near])


def year_before(
    layout: Layout, dates: Sequence[TimeExpression], total: Amount, amounts: Sequence[Amount]
) -> int | None:
    """'… hvad programmet skal støtte i 2018. Der er afsat 22 mio. kr. til formålet.'"""
    sentence = layout.sentence_at(total.evidence.span.start)
    for fact in dates:
        before = layout.sentence_at(fact.evidence.span.start)
        same_block = before.block_index == sentence.block_index and before.span < sentence.span
        if any(before.span.contains(a.evidence.span) for a in amounts):
            continue  # the year of that money
        if same_block and fact.granularity == "year" and fact.role == "period":
            return fact.start_on.year
    return None
