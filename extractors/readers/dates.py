"""Calendar expressions: '3. kvartal 2025' is 2025-07-01..2025-09-30, a quarter."""

import calendar
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from corpus.document import Span
from extractors.days import read_day
from extractors.facts import Basis, Evidence, Granularity, TimeExpression
from extractors.layout import Layout
from extractors.reading import Reading, find_hits
from extractors.rules import Hit, load_rules

TABLE = load_rules("dates")
DIRECTION = load_rules("time_direction")
HALF_YEAR = 183  # days
NEAR, FAR = 12, 80  # characters in which a sentence says the year or the direction of time
RELATIVE = frozenset(
    {
        "day of a list",
        "day without year",
        "month without year",
        "third without year",
        "coming years",
        "next year",
    }
)
FIRST_YEAR, LAST_YEAR = 1990, 2050
MID_YEAR = 6  # from this month on "de næste fire år" begins next year
THIRDS = {1: (1, 10), 2: (11, 20), 3: (21, 31)}
MONTH_OF_THIRD = {1: 1, 2: 6, 3: 12}
SPANS_MONTHS = {"quarter": 3, "half_year": 6}

Days = tuple[date, date, Granularity]


@dataclass(frozen=True, slots=True)
class Now:
    """What relative expressions count from: the day of publication and the programme's first year."""

    published_on: date | None
    first_year: int | None = None

    @property
    def coming_year(self) -> int | None:
        """The first year of 'de næste fire år'."""
        if self.first_year:
            return self.first_year
        if self.published_on is None:
            return None
        return self.published_on.year + (self.published_on.month >= MID_YEAR)


def find_dates(layout: Layout, now: Now) -> list[TimeExpression]:
    """Every calendar expression that can be placed in the calendar, in text order."""
    text = layout.document.text
    found: list[TimeExpression] = []
    for hit in hits_in(layout.reading):
        days, basis = read_hit(hit, now, found)
        if days and days[0].year >= FIRST_YEAR and days[1].year <= LAST_YEAR and days[0] <= days[1]:
            span = Span(hit.start, hit.end)
            evidence = Evidence(span, text[span.start : span.end], f"dates/{hit.rule.name}")
            found.append(TimeExpression(evidence, *days, basis=basis))
    return found


@lru_cache(maxsize=2)
def hits_in(reading: Reading) -> tuple[Hit, ...]:
    """The hits of a text, which is read twice: the second time with the year its programme begins."""
    return tuple(find_hits(TABLE, reading))


def read_hit(hit: Hit, now: Now, before: list[TimeExpression]) -> tuple[Days | None, Basis]:
    """The days of one hit; None where there is no such day or nothing to count from."""
    try:
        if hit.rule.name not in RELATIVE:
            return read_explicit(hit), "explicit"
        if hit.group("year"):
            day = read_full(hit.group("day"), hit.group("month"), int(hit.group("year")))
            return (day, day, "day"), "explicit"
        return read_relative(hit, now, before), "inferred"
    except ValueError:
        return None, "explicit"


def read_explicit(hit: Hit) -> Days | None:
    """The days of an expression that names its year."""
    name = hit.rule.name
    if name in {"day in figures", "day"}:
        day = read_day(hit.group("full"))
        return (day, day, "day") if day else None
    if name == "numeric days to days":
        first, last = read_day(hit.group("full")), read_day(hit.group("full2"))
        return (first, last, "span") if first and last else None
    year = int(hit.group("year") or hit.group("year2"))
    if name == "days of a month":
        return (
            read_full(hit.group("day"), hit.group("month2"), year),
            read_full(hit.group("day2"), hit.group("month2"), year),
            "span",
        )
    if name == "days to days":
        first = read_full(hit.group("day"), hit.group("month"), year)
        return (
            first,
            read_full(hit.group("day2"), hit.group("month2"), int(hit.group("year2"))),
            "span",
        )
    if name == "months to months":
        return (
            month_start(hit, year),
            end_of(int(hit.group("year2")), month_of(hit.group("month2"))),
            "span",
        )
    return read_within_year(hit, year)


def read_within_year(hit: Hit, year: int) -> Days:
    """A month, quarter, half-year, third, year or span of years."""
    if hit.group("third"):
        return read_third(hit, year)
    if hit.group("part"):
        return read_part(hit, year)
    if hit.group("month"):
        return month_start(hit, year), end_of(year, month_of(hit.group("month"))), "month"
    if last := hit.group("year2"):
        end = int(last) if len(last) > 2 else year // 100 * 100 + int(last)  # noqa: PLR2004 '2014-18'
        return date(year, 1, 1), date(end, 12, 31), "span"
    return date(year, 1, 1), date(year, 12, 31), "year"


def read_third(hit: Hit, year: int) -> Days:
    """primo 1-10, medio 11-20, ultimo 21-end of a month; primo of a year is of January, medio of
    June, ultimo of December."""
    third = int(TABLE.worth("third", hit.group("third")))
    month = month_of(hit.group("month")) if hit.group("month") else MONTH_OF_THIRD[third]
    first, last = THIRDS[third]
    end = end_of(year, month) if third == len(THIRDS) else date(year, month, last)
    return date(year, month, first), end, "span"


def read_part(hit: Hit, year: int) -> Days:
    length = int(TABLE.worth("part", hit.group("part")))
    last = int(TABLE.worth("ordinal", hit.group("ordinal"))) * length
    if later := hit.group("ordinal2"):
        return (
            date(year, last - length + 1, 1),
            end_of(year, int(TABLE.worth("ordinal", later)) * length),
            "span",
        )
    granularity: Granularity = "quarter" if length == SPANS_MONTHS["quarter"] else "half_year"
    return date(year, last - length + 1, 1), end_of(year, last), granularity


def read_relative(hit: Hit, now: Now, before: list[TimeExpression]) -> Days | None:
    """The days of an expression that leaves its year to the reader."""
    if hit.rule.name == "coming years":
        count = hit.group("count") or hit.group("count2")
        length = int(count) if count.isdigit() else int(TABLE.worth("word", count))
        follows = hit.group("after") or hit.group("after2")
        start = before[-1].end_on.year + 1 if follows and before else now.coming_year
        return (date(start, 1, 1), date(start + length - 1, 12, 31), "span") if start else None
    if now.published_on is None:
        return None
    if hit.rule.name == "next year":
        year = now.published_on.year + 1
        return date(year, 1, 1), date(year, 12, 31), "year"
    return nearest(hit, now.published_on)


def nearest(hit: Hit, published: date) -> Days:
    """The day or month without a year, in the year that the sentence or else nearness gives it.

    What a sentence calls coming lies after publication, what it tells of as done before; without
    such words the nearest one counts, up to half a year back.
    """
    month, day = month_of(hit.group("month")), int(hit.group("day") or 1)
    year = named_year(hit, published) or nearest_year(hit, published, month, day)
    if hit.group("third"):
        return read_third(hit, year)
    if hit.group("day"):
        found = date(year, month, day)
        return found, found, "day"
    return date(year, month, 1), end_of(year, month), "month"


def named_year(hit: Hit, published: date) -> int | None:
    """'i oktober sidste år': the year is said after all."""
    after = hit.match.string[hit.end : hit.end + NEAR]
    for name in ("sidste år", "næste år"):
        rule = DIRECTION.rule(name)
        if rule.pattern.search(after):
            return published.year + int(rule.value or 0)
    return None


def nearest_year(hit: Hit, published: date, month: int, day: int) -> int:
    before = hit.match.string[max(0, hit.start - FAR) : hit.start]
    candidates = [date(published.year + step, month, min(day, 28)) for step in (-1, 0, 1)]
    in_month = published.replace(day=1) if not hit.group("day") else published
    if DIRECTION.rule("comes").pattern.search(before):
        candidates = [day for day in candidates if day >= in_month]
    elif DIRECTION.rule("is past").pattern.search(before):
        candidates = [day for day in candidates if day <= published]
    best = min(candidates, key=lambda d: (abs((d - published).days) > HALF_YEAR, abs((d - published).days)))
    return best.year


def read_full(day: str, month: str, year: int) -> date:
    return date(year, month_of(month), int(day))


def month_of(word: str) -> int:
    return int(TABLE.worth("month", word))


def month_start(hit: Hit, year: int) -> date:
    return date(year, month_of(hit.group("month")), 1)


def end_of(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])
