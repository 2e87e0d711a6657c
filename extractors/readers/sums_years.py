"""The years that sums which add up give one another, whatever the words between them."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.document import Span
from extractors.facts import Amount, TimeExpression, changed
from extractors.layout import Layout
from extractors.ordered import Ordered
from extractors.rules import load_rules

LINKS = load_rules("year_links")
MOST_PARTS = 8  # sums that another one adds up
FEWEST_YEARS = 2
TELLING = 3  # figures of a number that tell that it is the same sum
SHORT = 60  # characters beside a sum in which it says its own years
JOINED = 12  # characters between the sums of a coordination
APART = 2  # blocks between a sum and the first of the sums that it adds up

Run = tuple[int, int]  # the first sum and the one after the last


def summed_up(layout: Layout, amounts: Sequence[Amount], dates: Ordered[TimeExpression]) -> list[Amount]:
    """Sums with the years of those that they add up, or that they are added up in."""
    found = one_each(layout, amounts, dates)
    for i in range(len(found)):
        for run in runs_of(layout, found, i):
            spread = year_by_year(found[slice(*run)]) if is_plain(found[i]) else None
            if spread and not is_longer(found[i], spread):
                found[i] = with_period(found[i], (spread[0].start_year or 0, spread[-1].start_year or 0))
                found[slice(*run)] = spread
                break
            if apart := shared(layout, found[i], found[slice(*run)]):
                found[slice(*run)] = apart
                break
    return of_earlier(layout, found)


def of_earlier(layout: Layout, amounts: Sequence[Amount]) -> list[Amount]:
    """'en pulje på 44 mio. kr., idet 2,6 mio. kr. er til evaluering': two sums of a sentence without
    years, which come to a sum that was told before, have that one's."""
    found = list(amounts)
    known: dict[int, Amount] = {}
    for i, (one, other) in enumerate(pairwise(amounts)):
        whole = known.get(one.max_dkk + other.max_dkk)
        sentence = layout.sentence_at(one.evidence.span.start).span
        given = is_plain(one) and is_plain(other) and "other" not in {one.role, other.role}
        pair = [one, other] if given else []
        if whole and pair and sentence.contains(other.evidence.span):
            found[i : i + 2] = shared(layout, whole, pair) or pair
        if is_plain(one) and one.start_year and one.role != "other":
            known.setdefault(one.max_dkk, one)
    return found


def with_period(amount: Amount, years: tuple[int | None, int | None]) -> Amount:
    return changed(amount, start_year=years[0], end_year=years[1], years_basis="inferred")


def is_longer(amount: Amount, parts: Sequence[Amount]) -> bool:
    """Does a sum say years of its own that begin or end otherwise than those of its parts?"""
    said = amount.years_basis == "explicit" and amount.start_year != amount.end_year
    return bool(said and amount.start_year) and amount.start_year != parts[0].start_year


def runs_of(layout: Layout, amounts: Sequence[Amount], i: int) -> Iterator[Run]:
    """The runs of neighbouring sums right after or right before a sum that come to it exactly."""
    whole = amounts[i]
    if not is_sum(whole):
        return
    total, j = 0, i + 1
    while j < len(amounts) and j - i <= MOST_PARTS and is_part(layout, whole, amounts[j]):
        total += amounts[j].max_dkk
        j += 1
        if total >= whole.max_dkk:
            break
    if total == whole.max_dkk and j - i > FEWEST_YEARS:
        yield i + 1, j
    total, j = 0, i
    while j > 0 and i - j < MOST_PARTS and is_part(layout, whole, amounts[j - 1]):
        j -= 1
        total += amounts[j].max_dkk
        if total >= whole.max_dkk:
            break
    if total == whole.max_dkk and i - j >= FEWEST_YEARS:
        yield j, i


def is_plain(amount: Amount) -> bool:
    return amount.per == "total" and amount.min_dkk == amount.max_dkk


def is_sum(amount: Amount) -> bool:
    """Is it one number of kroner, once or each year?"""
    return amount.per != "recipient" and amount.min_dkk == amount.max_dkk


def is_part(layout: Layout, whole: Amount, part: Amount) -> bool:
    """Can a sum be one that another adds up: smaller, in running text, not far from it?"""
    if not is_sum(part) or part.per != whole.per or part.max_dkk >= whole.max_dkk:
        return False
    block = layout.block_at(part.evidence.span.start)
    apart = abs(block - layout.block_at(whole.evidence.span.start))
    return apart <= MOST_PARTS + APART and layout.blocks[block].kind != "cell"


def year_by_year(parts: Sequence[Amount]) -> list[Amount] | None:
    """The parts, each with its year, where they follow year on year; only the first may leave its out."""
    second = parts[1].start_year
    first = parts[0]
    if first.start_year is None and second and len(parts) > FEWEST_YEARS:
        first = with_period(first, (second - 1, second - 1))
    found = [first, *parts[1:]]
    years = [part.start_year for part in found if part.start_year and part.start_year == part.end_year]
    ordered = len(years) == len(found) and all(b - a == 1 for a, b in pairwise(years))
    return found if ordered else None


def shared(layout: Layout, whole: Amount, parts: Sequence[Amount]) -> list[Amount] | None:
    """The parts without years, with those of the sum they come to, unless one of them says its own."""
    if whole.start_year is None or any(part.start_year or says_own(layout, part) for part in parts):
        return None
    if len(str(whole.max_dkk).rstrip("0")) < TELLING and len(parts) == FEWEST_YEARS:
        return None
    return [with_period(part, (whole.start_year, whole.end_year)) for part in parts]


def says_own(layout: Layout, amount: Amount) -> bool:
    """'9 mio. kr. de første to år', 'til og med 2026': years that the agreement's period completes."""
    end = amount.evidence.span.end
    after = layout.document.text[end : end + SHORT]
    return any(
        LINKS.rule(name).pattern.search(after) for name in ("first years", "last years", "until a year")
    )


def one_each(layout: Layout, amounts: Sequence[Amount], dates: Ordered[TimeExpression]) -> list[Amount]:
    """'For 2025 og 2026 er tallene 3,5 og 2,2 mio. kr.': as many years as sums, one each."""
    found = list(amounts)
    i = 0
    while i < len(found):
        j = i + 1
        while j < len(found) and is_joined(layout, found[j - 1], found[j]):
            j += 1
        years = coordinated(layout, found[i], dates) if j - i >= FEWEST_YEARS else []
        if len(years) == j - i:
            for place, year in enumerate(years, i):
                found[place] = with_period(found[place], (year, year))
        i = j
    return found


def is_joined(layout: Layout, one: Amount, other: Amount) -> bool:
    """Does nothing but 'og' or a comma stand between two sums of a kind?"""
    gap = layout.document.text[one.evidence.span.end : other.evidence.span.start]
    plain = is_plain(one) and is_plain(other)
    return plain and len(gap) <= JOINED and bool(LINKS.rule("and").pattern.fullmatch(gap))


def coordinated(layout: Layout, amount: Amount, dates: Ordered[TimeExpression]) -> list[int]:
    """The years that a sentence names side by side, or those of its only span."""
    sentence: Span = layout.sentence_at(amount.evidence.span.start).span
    own = dates.inside(sentence)
    if len(own) == 1 and own[0].granularity == "span":
        return list(range(own[0].start_on.year, own[0].end_on.year + 1))
    years = [fact.start_on.year for fact in own if fact.granularity == "year"]
    return years if len(years) == len(own) and years == sorted(set(years)) else []
