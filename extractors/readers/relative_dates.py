"""Expressions that leave their year to the reader: 'den 17. april', 'de næste fire år', 'sidste år'."""

from dataclasses import dataclass
from datetime import date

from extractors.facts import TimeExpression
from extractors.readers.date_parts import (
    TABLE,
    Days,
    end_of,
    month_of,
    month_start,
    one_day,
    read_part,
    read_third,
    whole_year,
)
from extractors.rules import Hit, load_rules

DIRECTION = load_rules("time_direction")
WEEKDAYS = load_rules("weekdays")
HALF_YEAR = 183  # days
NEARBY = 60  # days from publication in which a day has its year whatever its weekday is
LONG_AGO = 320  # days back that news still tells of without the year
SHORTLY = 160  # characters
FAR = 80  # characters in which a sentence says the direction of time
MID_YEAR = 6  # from this month on "de næste fire år" begins next year


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
    if reader := FROM_ANOTHER.get(hit.rule.name):
        return reader(hit, before)
    if now.published_on is None:
        return None
    return from_today(hit, now.published_on, before)


def from_today(hit: Hit, published: date, before: list[TimeExpression]) -> Days | None:
    """The days of an expression that counts from the day of publication."""
    if hit.rule.name == "year before last":
        return whole_year(published.year - 2)
    if hit.rule.name in {"last year", "next year"}:
        return whole_year(published.year + int(TABLE.worth("said", " ".join(hit.match[0].split()))))
    if figure := hit.group("figure"):
        return day_in_figures(hit, published, before[-1] if before else None, int(figure))
    return nearest(hit, published, before[-1] if before else None)


def told_year(hit: Hit, before: list[TimeExpression]) -> Days | None:
    """'året efter' the year that the text named shortly before."""
    if not before or hit.start - before[-1].evidence.span.end > SHORTLY:
        return None
    return whole_year(before[-1].start_on.year + int(TABLE.worth("told", hit.group("told"))))


def day_of_month_before(hit: Hit, before: list[TimeExpression]) -> Days | None:
    """'den 21.' of the month of the day that the text named shortly before; a smaller day has passed."""
    last = before[-1] if before else None
    if last is None or last.granularity != "day" or hit.start - last.evidence.span.end > SHORTLY:
        return None
    day = int(hit.group("day"))
    if day <= last.start_on.day:
        return None
    found = last.start_on.replace(day=day)
    return found, found, "day"


FROM_ANOTHER = {"year told from another": told_year, "day of the month before": day_of_month_before}


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


def nearest(hit: Hit, published: date, last: TimeExpression | None) -> Days | None:
    """The day, month or quarter without a year, in the year that the sentence or else nearness gives it.

    What a sentence calls coming lies after publication, what it tells of as done before; without
    such words the nearest one counts, up to half a year back.
    """
    if hit.rule.name == "further month" and not (last and stands_beside(hit, last)):
        return None
    if hit.group("month2"):
        return nearest_days(hit, published, last)
    if hit.group("part"):
        first = (int(TABLE.worth("ordinal", hit.group("ordinal"))) - 1) * int(
            TABLE.worth("part", hit.group("part"))
        )
        return read_part(hit, year_of(hit, published, last, (first + 1, 1)))
    day = int(hit.group("day") or (hit.group("nth") and TABLE.worth("nth", hit.group("nth"))) or 1)
    year = year_of(hit, published, last, (month_of(hit.group("month")), day))
    if hit.group("third"):
        return read_third(hit, year)
    if hit.group("day") or hit.group("nth"):
        return one_day(hit, year)
    return month_start(hit, year), end_of(year, month_of(hit.group("month"))), "month"


def day_in_figures(hit: Hit, published: date, last: TimeExpression | None, month: int) -> Days:
    """'30/6' in the year that lies nearest."""
    day = int(hit.group("day") or hit.group("day2"))
    found = date(year_of(hit, published, last, (month, day)), month, day)
    return found, found, "day"


def nearest_days(hit: Hit, published: date, last: TimeExpression | None) -> Days:
    """'30. november til 11. december': from the one day or month to the next such other one."""
    month, month2 = month_of(hit.group("month") or hit.group("month2")), month_of(hit.group("month2"))
    over = month2 < month  # "1. december til 31. januar"
    day = int(hit.group("day") or 1)
    year = year_of(hit, published, last, (month, day)) - (over and bool(hit.group("said")))
    end = end_of(year + over, month2)
    return date(year, month, day), end.replace(day=int(hit.group("day2") or end.day)), "span"


def year_of(hit: Hit, published: date, last: TimeExpression | None, day: tuple[int, int]) -> int:
    """The year of a month and day: 'i oktober sidste år' says it, a date right before it gives it
    ('i november og december'), else it is the nearest."""
    if said := hit.group("said") or hit.group("later"):
        return published.year + int(TABLE.worth("said", said))
    if hit.group("day") and (
        later := DIRECTION.rule("year follows").pattern.match(hit.match.string, hit.end)
    ):
        return int(later["year"]) - (month_of(later["month"].lower()) < day[0])
    if last and (told := hit.group("told")):
        return last.start_on.year + int(TABLE.worth("told", told))
    if last and follows(hit, last):
        return last.start_on.year + (day < (last.start_on.month, last.start_on.day))
    return nearest_year(hit, published, last, day)


def follows(hit: Hit, last: TimeExpression) -> bool:
    """'fra den 3. maj 2021 til den 5. juni': is this the second of two days or two months?"""
    if hit.group("day"):
        return last.granularity == "day" and stands_beside(hit, last)
    return last.granularity in {"month", "span"} and stands_beside(hit, last)


def stands_beside(hit: Hit, last: TimeExpression) -> bool:
    """Does only a comma, 'og' or the like stand between this date and the one before it?"""
    between = hit.match.string[last.evidence.span.end : hit.start]
    unit = last.granularity in {"day", "month", "span"}
    return unit and len(between) < FAR and bool(DIRECTION.rule("beside").pattern.match(between))


def nearest_year(hit: Hit, published: date, last: TimeExpression | None, day_of: tuple[int, int]) -> int:
    """The year in which a day lies nearest, on the side of publication that the sentence tells."""
    month, day = day_of
    start = max(0, hit.start - FAR)
    before = hit.match.string[start : hit.start]
    stops = [stop.end() for stop in DIRECTION.rule("ends").pattern.finditer(before)]
    start += stops[-1] if stops else 0
    before = hit.match.string[start : hit.start]
    candidates = [date(published.year + step, month, min(day, 28)) for step in (-1, 0, 1)]
    in_month = published if hit.group("day") else published.replace(day=1)
    comes, past = (last_of(name, before) for name in ("comes", "is past"))
    if hit.rule.name == "month without year":
        comes = max(comes, last_of("to the month", before))
    inferred = last and last.basis == "inferred" and last.granularity in {"day", "month"}
    if comes < 0 and past < 0 and last and inferred and last.evidence.span.start >= start:
        candidates = [day for day in candidates if day >= last.start_on >= in_month] or candidates
    elif comes > past:
        candidates = [day for day in candidates if day >= in_month]
    elif past > comes:
        lately = [day for day in candidates if 0 <= (published - day).days <= LONG_AGO]
        candidates = lately or candidates
    best = min(candidates, key=lambda d: (abs((d - published).days) > HALF_YEAR, abs((d - published).days)))
    far = hit.group("day") and abs((best - published).days) > NEARBY
    return on_weekday(before, candidates, best, day) if far else best.year


def on_weekday(before: str, candidates: list[date], best: date, day: int) -> int:
    """The year that the weekday before a day gives it, 'tirsdag den 14. juni', else the nearest one."""
    said = next((int(rule.value or 0) for rule in WEEKDAYS.rules if rule.pattern.search(before)), None)
    days = [d.replace(day=day) for d in candidates if day <= end_of(d.year, d.month).day]
    years = [d.year for d in days if d.isoweekday() == said]
    return years[0] if said and best.year not in years and len(years) == 1 else best.year


def last_of(name: str, words: str) -> int:
    """Where the last word of a direction stands; -1 if there is none."""
    return max((match.start() for match in DIRECTION.rule(name).pattern.finditer(words)), default=-1)
