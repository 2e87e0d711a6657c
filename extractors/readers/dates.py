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
LONG_AGO = 320  # days back that news still tells of without the year
FAR = 80  # characters in which a sentence says the direction of time
RELATIVE = frozenset(
    {
        "days to days without year",
        "day of a list",
        "day without year",
        "day in words",
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
FIRST_YEAR, LAST_YEAR = 1600, 2050
LONGEST_JOIN = 25  # characters between the two ends of a span
CENTURY = 2000  # of "i '22"
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
            fact = TimeExpression(evidence, *days, basis=basis)
            if found and (joined := join(text, found[-1], fact)):
                found[-1] = joined
            else:
                found.append(fact)
    return found


def join(text: str, first: TimeExpression, last: TimeExpression) -> TimeExpression | None:
    """'primo 2016 - ultimo 2019', 'fra 3. kvartal 2014 til 2. kvartal 2016' as the one span that they are."""
    if not {rule_of(first), rule_of(last)} <= ENDS or first.start_on >= last.end_on:
        return None
    start, end = first.evidence.span.start, last.evidence.span.end
    between = text[first.evidence.span.end : last.evidence.span.start]
    if len(between) > LONGEST_JOIN or not DIRECTION.rule("until").pattern.match(between):
        return None
    evidence = Evidence(Span(start, end), text[start:end], "dates/one to another")
    return TimeExpression(evidence, first.start_on, last.end_on, "span")


def rule_of(fact: TimeExpression) -> str:
    return fact.evidence.rule.partition("/")[2]


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
    if short := hit.group("short"):
        return whole_year(CENTURY + int(short))
    year = int(hit.group("year") or hit.group("year2"))
    if name == "day":
        return one_day(hit, year)
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
    if hit.group("part") or hit.group("quarter"):
        return read_part(hit, year)
    if word := hit.group("begins"):
        month = int(TABLE.worth("begins", word))
        return date(year, month, 1), end_of(year + 1, month - 1), "span"
    if hit.rule.name == "turn of the year":
        return date(year, 12, 31), date(year + 1, 1, 1), "span"
    if week := hit.group("week"):
        last_week = int(hit.group("week2") or week)
        return date.fromisocalendar(year, int(week), 1), date.fromisocalendar(year, last_week, 7), "span"
    if hit.group("month"):
        return month_start(hit, year), end_of(year, month_of(hit.group("month"))), "month"
    if last := hit.group("year2"):
        end = int(last) if len(last) > 2 else year // 100 * 100 + int(last)  # noqa: PLR2004 '2014-18'
        return date(year, 1, 1), date(end, 12, 31), "span"
    return whole_year(year)


def whole_year(year: int) -> Days:
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
    length = 3 if hit.group("quarter") else int(TABLE.worth("part", hit.group("part")))
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
    if hit.rule.name == "first years":
        return first_years(hit, now, before)
    if now.published_on is None:
        return None
    if hit.rule.name in {"last year", "next year"}:
        return whole_year(now.published_on.year + int(TABLE.worth("said", " ".join(hit.match[0].split()))))
    return nearest(hit, now.published_on)


def first_years(hit: Hit, now: Now, before: list[TimeExpression]) -> Days | None:
    """'de to første år' of the span that the text named last, or else of the programme."""
    named = next((d.start_on.year for d in reversed(before) if d.granularity == "span"), now.first_year)
    if named is None:
        return None
    count = hit.group("count") or hit.group("count2")
    if not count:
        return whole_year(named)
    length = int(count) if count.isdigit() else int(TABLE.worth("word", count))
    return date(named, 1, 1), date(named + length - 1, 12, 31), "span"


def nearest(hit: Hit, published: date) -> Days:
    """The day, month or quarter without a year, in the year that the sentence or else nearness gives it.

    What a sentence calls coming lies after publication, what it tells of as done before; without
    such words the nearest one counts, up to half a year back.
    """
    if hit.group("day2"):
        return nearest_days(hit, published)
    if hit.group("part"):
        first = (int(TABLE.worth("ordinal", hit.group("ordinal"))) - 1) * int(
            TABLE.worth("part", hit.group("part"))
        )
        return read_part(hit, year_of(hit, published, first + 1, 1))
    year = year_of(hit, published, month_of(hit.group("month")), int(hit.group("day") or 1))
    if hit.group("third"):
        return read_third(hit, year)
    if hit.group("day") or hit.group("nth"):
        return one_day(hit, year)
    return month_start(hit, year), end_of(year, month_of(hit.group("month"))), "month"


def nearest_days(hit: Hit, published: date) -> Days:
    """'30. november til 11. december': from the one day to the next such other day."""
    month, last = month_of(hit.group("month") or hit.group("month2")), month_of(hit.group("month2"))
    over = last < month  # "1. december til 31. januar"
    year = year_of(hit, published, month, int(hit.group("day"))) - (over and bool(hit.group("said")))
    return (
        date(year, month, int(hit.group("day"))),
        date(year + over, last, int(hit.group("day2"))),
        "span",
    )


def one_day(hit: Hit, year: int) -> Days:
    day = hit.group("day") or str(TABLE.worth("nth", hit.group("nth")))
    found = read_full(day, hit.group("month"), year)
    return found, found, "day"


def year_of(hit: Hit, published: date, month: int, day: int) -> int:
    """The year of a day or month: 'i oktober sidste år' says it, else it is the nearest."""
    if said := hit.group("said"):
        return published.year + int(TABLE.worth("said", said))
    return nearest_year(hit, published, month, day)


def nearest_year(hit: Hit, published: date, month: int, day: int) -> int:
    before = hit.match.string[max(0, hit.start - FAR) : hit.start]
    before = before[max(before.rfind(stop) for stop in ".;\n") + 1 :]
    candidates = [date(published.year + step, month, min(day, 28)) for step in (-1, 0, 1)]
    in_month = published if hit.group("day") else published.replace(day=1)
    comes, past = (last_of(name, before) for name in ("comes", "is past"))
    if comes > past:
        candidates = [day for day in candidates if day >= in_month]
    elif past > comes:
        lately = [day for day in candidates if 0 <= (published - day).days <= LONG_AGO]
        candidates = lately or candidates
    best = min(candidates, key=lambda d: (abs((d - published).days) > HALF_YEAR, abs((d - published).days)))
    return best.year


def last_of(name: str, words: str) -> int:
    """Where the last word of a direction stands; -1 if there is none."""
    return max((match.start() for match in DIRECTION.rule(name).pattern.finditer(words)), default=-1)


def read_full(day: str, month: str, year: int) -> date:
    return date(year, month_of(month), int(day))


def month_of(word: str) -> int:
    return int(TABLE.worth("month", word))


def month_start(hit: Hit, year: int) -> date:
    return date(year, month_of(hit.group("month")), 1)


def end_of(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])
