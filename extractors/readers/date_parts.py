"""The days of one expression whose year is known: '3. kvartal' of 2025 is 2025-07-01..2025-09-30."""

import calendar
from datetime import date

from extractors.facts import Granularity
from extractors.rules import Hit, load_rules

TABLE = load_rules("dates")
THIRDS = {1: (1, 10), 2: (11, 20), 3: (21, 31)}
MONTH_OF_THIRD = {1: 1, 2: 6, 3: 12}
QUARTER = 3  # months

Days = tuple[date, date, Granularity]


def read_within_year(hit: Hit, year: int) -> Days:
    """A month, quarter, half-year, third, year or span of years."""
    if hit.group("third"):
        return read_third(hit, year)
    if hit.group("part") or hit.group("quarter"):
        return read_part(hit, year)
    if hit.group("month"):
        return month_start(hit, year), end_of(year, month_of(hit.group("month"))), "month"
    if hit.group("begins") or hit.group("turn") or hit.group("week"):
        return read_other_span(hit, year)
    if last := hit.group("year2"):
        end = int(last) if len(last) > 2 else year // 100 * 100 + int(last)  # noqa: PLR2004 '2014-18'
        return date(year, 1, 1), date(end, 12, 31), "span"
    return whole_year(year)


def read_other_span(hit: Hit, year: int) -> Days:
    """A school year, the turn of a year, a week."""
    if word := hit.group("begins"):
        month = int(TABLE.worth("begins", word))
        return date(year, month, 1), end_of(year + 1, month - 1), "span"
    if hit.group("turn"):
        return date(year, 12, 31), date(year + 1, 1, 1), "span"
    last = int(hit.group("week2") or hit.group("week"))
    return date.fromisocalendar(year, int(hit.group("week")), 1), date.fromisocalendar(year, last, 7), "span"


def whole_year(year: int) -> Days:
    return date(year, 1, 1), date(year, 12, 31), "year"


def one_day(hit: Hit, year: int) -> Days:
    day = hit.group("day") or str(TABLE.worth("nth", hit.group("nth")))
    found = read_full(day, hit.group("month"), year)
    return found, found, "day"


def read_third(hit: Hit, year: int) -> Days:
    """primo 1-10, medio 11-20, ultimo 21-end of a month; primo of a year is of January, medio of
    June, ultimo of December."""
    third = int(TABLE.worth("third", hit.group("third")))
    month = month_of(hit.group("month")) if hit.group("month") else MONTH_OF_THIRD[third]
    first, last = THIRDS[third]
    end = end_of(year, month) if third == len(THIRDS) else date(year, month, last)
    return date(year, month, first), end, "span"


def read_part(hit: Hit, year: int) -> Days:
    length = QUARTER if hit.group("quarter") else int(TABLE.worth("part", hit.group("part")))
    last = int(TABLE.worth("ordinal", hit.group("ordinal"))) * length
    if later := hit.group("ordinal2"):
        return (
            date(year, last - length + 1, 1),
            end_of(year, int(TABLE.worth("ordinal", later)) * length),
            "span",
        )
    granularity: Granularity = "quarter" if length == QUARTER else "half_year"
    return date(year, last - length + 1, 1), end_of(year, last), granularity


def read_full(day: str, month: str, year: int) -> date:
    return date(year, month_of(month), int(day))


def month_of(word: str) -> int:
    return int(TABLE.worth("month", word))


def month_start(hit: Hit, year: int) -> date:
    return date(year, month_of(hit.group("month")), 1)


def end_of(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])
