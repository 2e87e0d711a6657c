"""What a document tells of an agreement, and how likely two documents tell of the same one. Pure."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from output.likeness import common_words
from output.slug import fold
from output.table import Row, Value

OWN = ("full_text", "announces", "reports")  # the agreement's text before ministry before agency
GENERIC = frozenset(
    tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))["titles"]["generic"]
)
FOUR_YEAR = frozenset({"uip", "satspulje", "reserve"})  # their first year of money is their programme year
SPECIFIC = 3  # digits that matter: 66,9 mio. kr. tells more than 100 mio. kr.
ENOUGH = 4.0  # points: two documents tell of one agreement
SAME_KEY, SAME_YEAR, SAME_KIND = 5.0, 2.0, 1.0
SAME_TOTAL, SAME_DAY_AGREED, OTHER_DAY_AGREED = 3.0, 3.0, -3.0
ROUNDED, DIFFERENT = 0.01, 0.06  # share by which totals differ: 885 and 885,5; 760 and 860
TWO_DIGITS = 2
NEXT = 1  # years by which a guessed programme year may be wrong
COARSE = 0.1  # the same where one has a single figure: 1,1 mia. is 'godt en milliard'
NEAR, MONTH, LATE = 3, 21, 90  # days between publications
ALIKE, RATHER_ALIKE = 85.0, 70.0  # of 100, titles of documents
SAME_SUBJECT, FEWEST_WORDS = 2.0, 2  # words that tell what an agreement is about


@dataclass(frozen=True)
class Telling:
    """A claim of a document with what else tells its agreement from others.

    `sums` are whole kroner, `titles` folded core titles of initiatives, `parties` those who agree.
    """

    claim: Row
    sums: frozenset[int] = frozenset()
    titles: frozenset[str] = frozenset()
    parties: frozenset[str] = frozenset()

    @cached_property
    def kind(self) -> str:
        return str(self.claim["kind"])

    @cached_property
    def total(self) -> int | None:
        return number(self.claim["total_min_dkk"]) or None

    @cached_property
    def year(self) -> int | None:
        """The programme year; of a programme over four years also their first."""
        found = number(self.claim["programme_year"])
        if found is None and self.kind in FOUR_YEAR:
            return number(self.claim["start_year"])
        return found

    @property
    def guessed(self) -> bool:
        """Is the programme year only what the day of the document tells? A human's word is no guess."""
        return is_guessed(self.claim)

    @cached_property
    def sector(self) -> str | None:
        return str(self.claim["sector"]) if self.claim.get("sector") and self.kind == "satspulje" else None

    @cached_property
    def published(self) -> date | None:
        found = self.claim["published_on"] or self.claim["agreed_on"]
        return date.fromisoformat(str(found)) if found else None

    @cached_property
    def days(self) -> frozenset[date]:
        """When it was made, and when the document came out."""
        found = (self.claim["agreed_on"], self.claim["published_on"])
        return frozenset(date.fromisoformat(str(day)) for day in found if day)

    @cached_property
    def words(self) -> str:
        """The title without the words that most titles have."""
        return " ".join(word for word in fold(str(self.claim["title"])).split() if word not in GENERIC)

    @cached_property
    def subject(self) -> frozenset[str]:
        """What an agreement of no programme is said to be about: 'aftale om stalking og digital vold'."""
        said = fold(str(self.claim.get("quote") or "")) if self.kind == "other" else ""
        return frozenset(said.split()) - GENERIC

    @cached_property
    def specific(self) -> frozenset[int]:
        return frozenset(n for n in self.sums if len(str(n).rstrip("0")) >= SPECIFIC)

    @property
    def is_keyed(self) -> bool:
        return self.kind != "other" and self.year is not None

    @property
    def own(self) -> bool:
        """Is the document about the agreement itself?"""
        return self.claim["relation"] in OWN

    def looked_at(self) -> Iterator[tuple[Value, ...]]:
        """Where others may be that tell of the same agreement: also beside a guessed year."""
        yield from self.places()
        if self.guessed and self.year:
            yield from (("year", self.kind, self.year + n) for n in (-NEXT, NEXT))

    def places(self) -> Iterator[tuple[Value, ...]]:
        """Where others find it."""
        if self.kind != "other":
            yield "year", self.kind, self.year
        if self.kind != "other" and self.published:
            yield "kind", self.kind, self.published.year
        if self.total:
            yield "total", self.total
            yield from (("rough", rough) for rough in roughly(self.total))
        if self.claim["agreed_on"]:
            yield "agreed", self.claim["agreed_on"]
        yield from (("day", n) for n in {day.toordinal() + n for day in self.days for n in (-1, 0, 1)})
        yield from (("sum", n) for n in self.specific)
        yield from (("subject", word) for word in self.subject)
        yield from (("title", title) for title in self.titles)


class Verdict(NamedTuple):
    """Points for one agreement and the reasons; `never` where something forbids it."""

    points: float
    reasons: tuple[str, ...]
    never: bool = False


NEVER = Verdict(0.0, (), True)


def is_guessed(claim: Row) -> bool:
    """Is the programme year of a claim inferred, and nobody corrected it?"""
    corrected = str(claim.get("corrected") or "").split(",")
    return claim.get("year_basis") == "inferred" and "programme_year" not in corrected


def number(value: Value) -> int | None:
    return value if isinstance(value, int) else None


def compare(one: Telling, other: Telling) -> Verdict:
    """Do two documents tell of the same agreement? ENOUGH points say yes."""
    if differ(one, other):
        return NEVER
    told = [
        by_programme(one, other),
        by_total(one, other),
        by_day(one, other),
        by_content(one, other),
        by_title(one, other),
        by_period(one, other),
        by_subject(one, other),
    ]
    reasons = tuple(why for points, why in told if points > 0)
    return Verdict(sum(points for points, _ in told), reasons)


def differ(one: Telling, other: Telling) -> bool:
    """Is it impossible? Other programmes, years or sectors, or other money with nothing in common."""
    if other_year(one, other) or (None not in (one.sector, other.sector) and one.sector != other.sector):
        return True
    kinds = {one.kind, other.kind} - {"other"}
    if len(kinds) > 1:
        return True
    if not other_money(one, other):
        return False
    if one.sector != other.sector:
        return True  # the whole and one sector's share, which it names among others
    if one.specific & other.specific or one.titles & other.titles:
        return False
    return "satspulje" in kinds or not kinds or (gap(one, other) or 0) > LATE


def other_year(one: Telling, other: Telling) -> bool:
    """Are they for different years? One that the day of a document tells may be the one beside it."""
    if one.year is None or other.year is None:
        return False
    return abs(one.year - other.year) > (NEXT if one.guessed or other.guessed else 0)


def other_money(one: Telling, other: Telling) -> bool:
    """Do both name a total, and are these no roundings of one another?"""
    share = difference(one, other)
    coarse = any(len(str(t.total or 0).rstrip("0")) == 1 for t in (one, other))
    return share is not None and share > (COARSE if coarse else DIFFERENT)


def difference(one: Telling, other: Telling) -> float | None:
    """By which share of the larger the totals differ; None where one names none."""
    if one.total is None or other.total is None:
        return None
    return abs(one.total - other.total) / max(one.total, other.total)


def gap(one: Telling, other: Telling) -> int | None:
    """Days between the two: when they came out, or from when it was made to when one came out."""
    return min((abs((mine - theirs).days) for mine in one.days for theirs in other.days), default=None)


def roughly(total: int) -> set[int]:
    """The two figures of two digits that a total lies between.

    >>> sorted(roughly(95_500_000)), sorted(roughly(95_000_000))
    ([95000000, 96000000], [95000000])
    """
    step = 10 ** max(0, len(str(total)) - TWO_DIGITS)
    return {total // step * step, -(-total // step) * step}


def by_programme(one: Telling, other: Telling) -> tuple[float, str]:
    if one.kind == other.kind != "other":
        if one.year is not None and one.year == other.year:
            points = SAME_KEY if one.sector == other.sector else SAME_YEAR
            return points, f"programme and year: {one.kind} {one.year}"
        return SAME_KIND, f"programme: {one.kind}"
    return 0.0, ""


def by_total(one: Telling, other: Telling) -> tuple[float, str]:
    share = difference(one, other)
    if share is None or share > ROUNDED:
        return -2.0 if other_money(one, other) else 0.0, ""
    return SAME_TOTAL, "total"


def by_day(one: Telling, other: Telling) -> tuple[float, str]:
    """The day it was made, and how far apart the documents came out."""
    agreed = [t.claim["agreed_on"] for t in (one, other)]
    if None not in agreed and agreed[0] == agreed[1]:
        return SAME_DAY_AGREED, "day of the agreement"
    apart = abs((one.published - other.published).days) if one.published and other.published else 0
    if None not in agreed and apart > 1:
        return OTHER_DAY_AGREED, ""
    between = gap(one, other)
    if between is None or (one.is_keyed and other.is_keyed and between > MONTH):
        return 0.0, ""
    points = 2.0 if between <= NEAR else 1.0 if between <= MONTH else 0.0 if between <= LATE else -2.0
    return points, f"{between} days apart"


def by_content(one: Telling, other: Telling) -> tuple[float, str]:
    """Sums and initiatives that both name; the total is counted elsewhere."""
    sums = len((one.specific & other.specific) - {one.claim["total_min_dkk"]})
    titles = len(one.titles & other.titles)
    points = min(sums, 3) + (0, 1, 3)[min(titles, 2)]
    return float(points), f"{sums} sums and {titles} initiatives in common"


def by_title(one: Telling, other: Telling) -> tuple[float, str]:
    if not one.words or not other.words:
        return 0.0, ""
    alike = common_words(one.words, other.words)
    return 2.0 if alike >= ALIKE else 1.0 if alike >= RATHER_ALIKE else 0.0, "title"


def by_subject(one: Telling, other: Telling) -> tuple[float, str]:
    """What both say that the agreement is about; one may say more of it."""
    shared = one.subject & other.subject
    within = bool(shared) and shared in (one.subject, other.subject)
    return SAME_SUBJECT if within and len(shared) >= FEWEST_WORDS else 0.0, "subject"


def by_period(one: Telling, other: Telling) -> tuple[float, str]:
    """The years of the money, and who agreed."""
    years = [(t.claim["start_year"], t.claim["end_year"]) for t in (one, other)]
    points = 0.0
    if years[0] == years[1] != (None, None):
        points += 1.0
    elif None not in (years[0][0], years[1][0]) and years[0][0] != years[1][0]:
        points -= 1.0
    if len(one.parties & other.parties) > SPECIFIC and one.parties == other.parties:
        points += 1.0
    return points, "years or parties"
