"""Calendar expressions: '3. kvartal 2025' is 2025-07-01..2025-09-30, a quarter."""

from datetime import date
from functools import lru_cache

from corpus.document import Span
from extractors.days import read_day
from extractors.facts import Basis, Evidence, TimeExpression
from extractors.layout import Layout
from extractors.readers.date_parts import (
    TABLE,
    Days,
    end_of,
    month_of,
    month_start,
    one_day,
    read_full,
    read_within_year,
    whole_year,
)
from extractors.readers.relative_dates import DIRECTION, Now, read_relative
from extractors.reading import Reading, find_hits
from extractors.rules import Hit

__all__ = ["Now", "find_dates"]

RELATIVE = frozenset(
    {
        "days to days without year",
        "months to months without year",
        "further month",
        "year before last",
        "day of a list",
        "day without year",
        "day in words",
        "day over month",
        "day of the month before",
        "month named as one",
        "year told from another",
        "month without year",
        "third without year",
        "part without year",
        "first years",
        "coming years",
        "last year",
        "next year",
    }
)
ENDS = frozenset({"day in figures", "day", "third", "part of a year", "quarter in letters", "month", "year"})
LAST_ENDS = ENDS | {"day without year", "month without year"}  # "fra august 2012 til juni i år"
NO_DATE = frozenset({"number of a name", "number of a street or bill", "counted number"})
FIRST_YEAR, LAST_YEAR = 1100, 2050
FIRST, SECOND = ("day", "month", "year"), ("day2", "month2", "year2")  # the ends of a span, finest first
LONGEST_JOIN = 40  # characters between the two ends of a span
FAR_BACK = 100  # characters before a date in which something is moved
CENTURY = 2000  # of "i '22"
TENS = 10  # "10'erne" are of this century, "20'erne" of the last


def find_dates(layout: Layout, now: Now) -> list[TimeExpression]:
    """Every calendar expression that can be placed in the calendar, in text order."""
    text = layout.document.text
    found: list[TimeExpression] = []
    for hit, explicit in hits_in(layout.reading):
        for fact in explicit or facts_of(hit, *read_hit(hit, now, found)):
            if found and (joined := join(text, found[-1], fact)):
                found[-1] = joined
            else:
                found.append(fact)
    return found


def facts_of(hit: Hit, days: Days | None, basis: Basis) -> list[TimeExpression]:
    """The expressions of a hit; none where its days are none of the calendar, or too far off."""
    if not days or days[0].year < FIRST_YEAR or days[1].year > LAST_YEAR or days[0] > days[1]:
        return []
    text, rule = hit.match.string, f"dates/{hit.rule.name}"
    return [
        TimeExpression(Evidence(span, text[span.start : span.end], rule), *own, basis=basis)
        for span, own in parts_of(hit, days)
    ]


def parts_of(hit: Hit, days: Days) -> list[tuple[Span, Days]]:
    """A hit with its days; 'flyttes fra 2018 til 2021' is two years, not the years between them."""
    first, last, granularity = days
    ends = [name for name in SECOND if hit.group(name)]
    if granularity != "span" or not ends or not is_moved(hit.match.string, hit.start):
        return [(Span(hit.start, hit.end), days)]
    end = max(hit.match.end(name) for name in FIRST if hit.group(name))
    start = min(hit.match.start(name) for name in ends)
    return [
        (Span(hit.start, end), unit_around(first, ends[0])),
        (Span(start, hit.end), unit_around(last, ends[0])),
    ]


def unit_around(day: date, end: str) -> Days:
    """The day, month or year that an end of a span names."""
    if end == "day2":
        return day, day, "day"
    if end == "month2":
        return day.replace(day=1), end_of(day.year, day.month), "month"
    return whole_year(day.year)


def is_moved(text: str, start: int) -> bool:
    """Do the words before a date put something from it to another time?"""
    return bool(DIRECTION.rule("moved").pattern.search(text, max(start - FAR_BACK, 0), start))


def join(text: str, first: TimeExpression, last: TimeExpression) -> TimeExpression | None:
    """'primo 2016 - ultimo 2019', 'fra 3. kvartal 2014 til 2. kvartal 2016' as the one span that they are."""
    ends = rule_of(first), rule_of(last)
    open_days = ends == (
        "day without year",
        "day without year",
    )  # 'kl. 22 den 14. juni til kl. 5 den 17. juni'
    if not (open_days or (ends[0] in ENDS and ends[1] in LAST_ENDS)) or first.start_on >= last.end_on:
        return None
    start, end = first.evidence.span.start, last.evidence.span.end
    between = text[first.evidence.span.end : last.evidence.span.start]
    if (
        len(between) > LONGEST_JOIN
        or is_moved(text, start)
        or not DIRECTION.rule("until").pattern.match(between)
    ):
        return None
    evidence = Evidence(Span(start, end), text[start:end], "dates/one to another")
    return TimeExpression(evidence, first.start_on, last.end_on, "span", basis=last.basis)


def rule_of(fact: TimeExpression) -> str:
    return fact.evidence.rule.partition("/")[2]


@lru_cache(maxsize=2)
def hits_in(reading: Reading) -> tuple[tuple[Hit, list[TimeExpression]], ...]:
    """The hits of a text, each with what it says whatever the year is. The text is read twice: the
    second time with the year its programme begins."""
    return tuple((hit, read_alone(hit)) for hit in find_hits(TABLE, reading))


def read_alone(hit: Hit) -> list[TimeExpression]:
    """What a hit says that names its year; empty for one that must be counted from a day."""
    return [] if hit.rule.name in RELATIVE else facts_of(hit, *read_hit(hit, Now(None), []))


def read_hit(hit: Hit, now: Now, before: list[TimeExpression]) -> tuple[Days | None, Basis]:
    """The days of one hit; None where there is no such day or nothing to count from."""
    if hit.rule.name in NO_DATE:
        return None, "explicit"
    try:
        if hit.rule.name not in RELATIVE:
            return read_explicit(hit), "explicit"
        if hit.group("year"):
            return one_day(hit, int(hit.group("year"))), "explicit"
        return read_relative(hit, now, before), "inferred"
    except ValueError:
        return None, "explicit"


def read_explicit(hit: Hit) -> Days | None:
    """The days of an expression that names its year."""
    name = hit.rule.name
    if name == "day in figures":
        day = read_day(hit.group("full"))
        return (day, day, "day") if day else None
    if name == "numeric days to days":
        first, last = read_day(hit.group("full")), read_day(hit.group("full2"))
        return (first, last, "span") if first and last else None
    if name == "decade":
        return read_decade(hit)
    if short := hit.group("short"):
        return whole_year(CENTURY + int(short))
    year = int(hit.group("year") or hit.group("year2") or hit.group("old"))
    if name == "day":
        return one_day(hit, year)
    return read_ends(hit, year) if hit.group("month2") else read_within_year(hit, year)


def read_decade(hit: Hit) -> Days:
    """'1920'erne', '1800-tallet', and '70'erne', of which the last before now are meant."""
    if century := hit.group("century"):
        return date(int(century), 1, 1), date(int(century) + 99, 12, 31), "span"
    short = int(hit.group("short") or hit.group("short2") or 0)
    first = int(hit.group("decade") or CENTURY + short - (short > TENS) * 100)
    return date(first, 1, 1), date(first + 9, 12, 31), "span"


def read_ends(hit: Hit, year: int) -> Days:
    """The days from one day or month to another."""
    year2 = int(hit.group("year2"))
    if not hit.group("day"):
        return month_start(hit, year), end_of(year2, month_of(hit.group("month2"))), "span"
    first = read_full(hit.group("day"), hit.group("month") or hit.group("month2"), year)
    return first, read_full(hit.group("day2"), hit.group("month2"), year2), "span"
