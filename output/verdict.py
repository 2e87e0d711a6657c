"""How likely two documents tell of the same agreement: points for what they share, and what forbids it.

Pure.
"""

from typing import NamedTuple

from output.likeness import common_words
from output.telling import NEXT, SPECIFIC, Telling

MAKERS = frozenset({"full_text", "announces"})  # what those publish who made the agreement
ENOUGH = 4.0  # points: two documents tell of one agreement
SAME_KEY, SAME_YEAR, SAME_KIND = 5.0, 2.0, 1.0
SAME_TOTAL, COARSE_TOTAL, OTHER_TOTAL = 3.0, 1.5, -2.0
SAME_DAY_AGREED, OTHER_DAY_AGREED = 3.0, -3.0
ROUNDED, DIFFERENT = 0.01, 0.06  # share by which totals differ: 885 and 885,5; 760 and 860
COARSE = 0.1  # the same where one has a single figure: 1,1 mia. is 'godt en milliard'
NEAR, MONTH, LATE = 3, 21, 90  # days between publications
ALIKE, RATHER_ALIKE = 85.0, 70.0  # of 100, titles of documents
SAME_SUBJECT, FEWEST_WORDS = 2.0, 2  # words that tell what an agreement is about


class Verdict(NamedTuple):
    """Points for one agreement and the reasons; `never` where something forbids it."""

    points: float
    reasons: tuple[str, ...]
    never: bool = False


NEVER = Verdict(0.0, (), True)


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
    if other_year(one, other) or other_sector(one, other):
        return True
    kinds = {one.kind, other.kind} - {"other"}
    if len(kinds) > 1:
        return True
    if not other_money(one, other):
        return False
    if one.sector != other.sector and "satspulje" in kinds:
        return True  # the whole and one sector's share, which it names among others
    if one.specific & other.specific or one.titles & other.titles:
        return False
    return "satspulje" in kinds or not kinds or (gap(one, other) or 0) > LATE


def other_year(one: Telling, other: Telling) -> bool:
    """Are they for different years? One that the day of a document tells may be the one beside it."""
    if one.year is None or other.year is None:
        return False
    return abs(one.year - other.year) > (NEXT if one.guessed or other.guessed else 0)


def other_sector(one: Telling, other: Telling) -> bool:
    """Are they for different sectors? Of a programme for all ages an agency tells each its part."""
    if one.sector is None or other.sector is None or one.sector == other.sector:
        return False
    return "uip" not in (one.kind, other.kind) or all(t.claim["relation"] in MAKERS for t in (one, other))


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


def by_programme(one: Telling, other: Telling) -> tuple[float, str]:
    if one.kind == other.kind != "other":
        if one.year is not None and one.year == other.year:
            whole = one.kind == "uip" and None in (one.sector, other.sector)
            points = SAME_KEY if whole or one.sector == other.sector else SAME_YEAR
            return points, f"programme and year: {one.kind} {one.year}"
        return SAME_KIND, f"programme: {one.kind}"
    return 0.0, ""


def by_total(one: Telling, other: Telling) -> tuple[float, str]:
    if one.total is None or other.total is None:
        return 0.0, ""
    if other_money(one, other):
        return OTHER_TOTAL, ""
    if is_rounding(one.total, other.total):
        return SAME_TOTAL, "total"
    coarse = min(len(str(total).rstrip("0")) for total in (one.total, other.total)) == 1
    return (COARSE_TOTAL, "total in round figures") if coarse else (0.0, "")


def is_rounding(one: int, other: int) -> bool:
    """Is one sum the other in fewer figures, and near it: 885 and 885,5 mio., but not 64,3 and 63,9?

    >>> is_rounding(885_000_000, 885_500_000), is_rounding(64_300_000, 63_900_000)
    (True, False)
    """
    unit = max(10 ** (len(str(total)) - len(str(total).rstrip("0"))) for total in (one, other))
    return one == other or (abs(one - other) < unit and abs(one - other) <= ROUNDED * max(one, other))


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
