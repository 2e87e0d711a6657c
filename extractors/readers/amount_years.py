"""Which years a sum covers: 'i perioden 2018-2021', 'årligt fra 2022 og frem', 'I 2021 er der …'."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from corpus.document import Span
from extractors.facts import Amount, TimeExpression, changed
from extractors.language import Sentence
from extractors.layout import Layout
from extractors.readers.later_years import years_later
from extractors.readers.period_years import Period, counted_from, of_only_span, only_ends, years_within
from extractors.rules import load_rules

TERMS = load_rules("money_terms")
LINKS = load_rules("year_links")
NEXT_YEAR = "dates/next year"
FIRST_YEARS = "dates/first years"
YEARLY = frozenset({"year", "span"})
MOST_BEFORE = 8  # sums of a sentence that another can be part of
BESIDE = 25  # characters between a sum and 'næste år'
LEAD = 24  # characters before a year in which 'fra' or 'indfaset i' stands
LINE_ENDS = ").:;!?"
FAR = 110  # characters between a sum and the years it is for


@dataclass(frozen=True, slots=True)
class Years:
    """The date expressions of a document that can be years of money, in text order."""

    dates: tuple[TimeExpression, ...]
    starts: tuple[int, ...]

    def between(self, start: int, end: int) -> tuple[TimeExpression, ...]:
        return self.dates[bisect_left(self.starts, start) : bisect_left(self.starts, end)]


def money_years(layout: Layout, dates: list[TimeExpression]) -> Years:
    """Whole years and spans of years that do not merely name a round or an agreement; what was "sidste
    år" is told of, not given."""
    told = "dates/last year"
    usable = tuple(
        d for d in dates if is_whole(d) and d.evidence.rule != told and not names_a_round(layout, d)
    )
    return Years(usable, tuple(d.evidence.span.start for d in usable))


def is_whole(fact: TimeExpression) -> bool:
    first, last = fact.start_on, fact.end_on
    whole = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
    return whole and fact.granularity in YEARLY


def names_a_round(layout: Layout, fact: TimeExpression) -> bool:
    """A single year in a name: 'satspuljen for 2016', 'finansloven for 2021', 'næste års forhandlinger'."""
    if fact.granularity != "year":
        return False
    if fact.evidence.rule == NEXT_YEAR and fact.evidence.quote.endswith("s"):
        return True
    span = fact.evidence.span
    before = layout.document.text[max(0, span.start - 80) : span.start]
    near = Span(max(0, span.start - 2 * 80), span.end)
    return bool(layout.search(LINKS.rule("name of a round"), before, near))


def with_years(layout: Layout, amounts: list[Amount], dates: list[TimeExpression]) -> list[Amount]:
    """The sums with the years their own sentence gives them."""
    years = money_years(layout, dates)
    found: list[Amount] = []
    for i, amount in enumerate(amounts):
        after = amounts[i + 1] if i + 1 < len(amounts) else None
        found.append(dated(layout, amount, years, found[-MOST_BEFORE:], after))
    return found


def dated(
    layout: Layout, amount: Amount, years: Years, earlier: Sequence[Amount], after: Amount | None
) -> Amount:
    """One sum with its years: those after it, those before it, or those that follow another sum's."""
    span = amount.evidence.span
    sentence = layout.sentence_at(span.start).span
    before = earlier[-1] if earlier else None
    stop = min(sentence.end, after.evidence.span.start if after else sentence.end)
    start = max(sentence.start, before.evidence.span.end if before else 0)
    start = line_start(layout, start, span.start)
    if is_of_period(layout, span, (start, stop)):
        return amount  # of the agreement, which is not known yet
    whole = whole_of(earlier, sentence)
    if whole and (inside := years_within(layout, amount, whole, (start, stop))):
        return changed(amount, start_year=inside[0], end_year=inside[1], years_basis="inferred")
    left = years_before(layout, years.between(start, span.start), sentence.start)
    if left and start > sentence.start and contrasts(layout, left[-1], span.start):
        left = ()
    right = years_after(layout, amount, years.between(span.end, stop))
    later = before and years_later(layout, amount, before, whole, stop)
    if right and not (left and after and of_next(layout, amount, right, after)) and not (later and later[1]):
        return spread(layout, amount, right, stop)
    if later:
        return changed(amount, start_year=later[0], end_year=later[1], years_basis="inferred")
    if left:
        return of_these(layout, amount, left, (start, stop))
    found = of_earlier(layout, amount, earlier)
    alone = not (found.start_year or (before and before.evidence.span.end > sentence.start))
    own = years.between(sentence.start, sentence.end) if alone else ()
    return of_only_span(layout, found, own, named=False)


def is_of_period(layout: Layout, span: Span, around: tuple[int, int]) -> bool:
    """'8 mio. kr. i aftaleperioden', 'i hele perioden et tilbud, som koster 8 mio. kr.'"""
    text = layout.document.text
    rest = text[span.end : around[1]]
    after = layout.search(LINKS.rule("whole period"), rest, Span(span.start, max(span.end, around[1])))
    return bool(after or LINKS.rule("whole period before").pattern.search(text[around[0] : span.start]))


def line_start(layout: Layout, start: int, end: int) -> int:
    """Where the line of a sum begins, if the line above it is at its end: the next item of a list."""
    text = layout.document.text
    line = text.rfind("\n", start, end)
    return line + 1 if line > 0 and text[:line].rstrip()[-1] in LINE_ENDS else start


def of_earlier(layout: Layout, amount: Amount, earlier: Sequence[Amount]) -> Amount:
    """A sum that names no years, with those of the sum before it that it is a part of."""
    sentence = layout.sentence_at(amount.evidence.span.start)
    before = earlier[-1] if earlier else None
    if before and before.evidence.span.end <= sentence.span.start:
        before = whole_before(layout, reversed(earlier), sentence) or before
    return as_before(layout, amount, before)


def of_these(
    layout: Layout, amount: Amount, left: tuple[TimeExpression, ...], around: tuple[int, int]
) -> Amount:
    """The sum with the years before it, or some of them: 'i 2026-2028, heraf 2 mio. kr. det første år'."""
    period = left[0].start_on.year, left[-1].end_on.year
    some = years_within(layout, amount, period, around) if period[0] < period[1] else None
    after = layout.document.text[amount.evidence.span.end : around[1]]
    if period[0] == period[1] and after[:1] != "," and LINKS.rule("last years").pattern.match(after):
        return amount  # '20 mio. kr. i 2027 og 25 mio. kr. i hvert af de to sidste år'
    if some is None:
        return spread(layout, amount, left, around[1])
    return changed(amount, start_year=some[0], end_year=some[1], years_basis="inferred")


def contrasts(layout: Layout, year: TimeExpression, start: int) -> bool:
    """'… i 2012 til en konference, mens en pulje på 30 mio. kr.': the year is of the sum before."""
    gap = layout.document.text[year.evidence.span.end : start]
    return bool(LINKS.rule("contrast").pattern.search(gap))


def as_before(layout: Layout, amount: Amount, before: Amount | None) -> Amount:
    """The sum with the years of the one before it, of which it is a part, unless it names its own."""
    end = amount.evidence.span.end
    own = LINKS.rule("last years").pattern.search(layout.document.text[end : end + BESIDE])
    if before and before.start_year and not own and same_clause(layout, before, amount):
        return changed(amount, start_year=before.start_year, end_year=before.end_year, years_basis="inferred")
    return amount


def whole_of(earlier: Sequence[Amount], sentence: Span) -> Period | None:
    """The years of the last sum of the sentence that covers several, of which others can be parts."""
    for amount in reversed(earlier):
        if not sentence.contains(amount.evidence.span):
            return None
        if amount.start_year and amount.end_year and amount.start_year < amount.end_year:
            return amount.start_year, amount.end_year
    return None


def years_after(
    layout: Layout, amount: Amount, candidates: tuple[TimeExpression, ...]
) -> tuple[TimeExpression, ...]:
    """The years right of a sum that belong to it: nothing but 'til …' and 'i perioden' between."""
    if not candidates or (amount.per == "recipient" and candidates[0].evidence.rule == FIRST_YEARS):
        return ()  # '310.000 kr. pr. borger i det første år' is of each one's own years
    if amount.per == "recipient" and only_ends(layout, candidates[0], amount.evidence.span.end):
        return ()  # 'hver kan få 3 mio. kr., og projekterne kan løbe til og med 2025'
    if in_passing(layout, amount, candidates):
        candidates = candidates[1:]
    gap = layout.document.text[amount.evidence.span.end : candidates[0].evidence.span.start]
    if is_this_or_next(candidates[0]) and len(gap) < BESIDE and not any(sign in gap for sign in ".,;:"):
        return candidates  # '9 mio. kr. falder allerede næste år'
    if len(gap) > FAR or not layout.search(LINKS.rule("leads to years"), gap):
        return ()
    return candidates


def of_next(layout: Layout, amount: Amount, right: tuple[TimeExpression, ...], after: Amount) -> bool:
    """'i 2018 er der 9 mio. kr. til rådighed og i 2020 yderligere 5,8 mio. kr.': years after a sum that
    has its own before it are those of the next sum of the sentence."""
    text = layout.document.text
    gap = text[amount.evidence.span.end : right[0].evidence.span.start]
    rest = text[right[0].evidence.span.end : after.evidence.span.start]
    return bool(LINKS.rule("next clause").pattern.search(gap)) and not any(sign in rest for sign in ".;:\n")


def is_this_or_next(fact: TimeExpression) -> bool:
    return fact.basis == "inferred" and fact.granularity == "year"


def in_passing(layout: Layout, amount: Amount, candidates: tuple[TimeExpression, ...]) -> bool:
    """'249 mio. kr., som partierne i 2016 reserverede i årene 2017-2020': the first year is of the deed."""
    if [c.granularity for c in candidates[:2]] != ["year", "span"]:
        return False
    gap = layout.document.text[amount.evidence.span.end : candidates[0].evidence.span.start]
    return not layout.search(LINKS.rule("leads to years"), gap.split(",", maxsplit=1)[0])


def years_before(
    layout: Layout, candidates: tuple[TimeExpression, ...], start: int
) -> tuple[TimeExpression, ...]:
    """The last years left of a sum, if they say when: 'I 2021 er der …', not 'siden 2015 … koster'."""
    opening = LINKS.rule("opens with years").pattern
    text = layout.document.text
    said = [i for i, d in enumerate(candidates) if opening.search(text[start : d.evidence.span.start])]
    found = candidates[said[-1] :] if said else ()
    return () if found and only_ends(layout, found[0], start) else found


def spread(layout: Layout, amount: Amount, dates: tuple[TimeExpression, ...], stop: int) -> Amount:
    """The sum with the first and last year; 'i 2021 og 2022' is both, 'fra 2022 og frem' has no end."""
    text = layout.document.text
    said = layout.search(LINKS.rule("from a year until"), text[amount.evidence.span.end : stop])
    if said and said["start"] < said["year"]:
        years = int(said["start"]), int(said["year"])
        return changed(amount, start_year=years[0], end_year=years[1], years_basis="explicit")
    first = last = dates[0]
    if several := counted_from(layout, amount, first.start_on.year, stop):
        return changed(amount, start_year=several[0], end_year=several[1], years_basis="inferred")
    for following in dates[1:]:
        if LINKS.rule("and").pattern.fullmatch(text[last.evidence.span.end : following.evidence.span.start]):
            last = following
    end: int | None = last.end_on.year
    if first is last and is_lasting(layout, amount, first, stop):
        ends = LINKS.rule("ends in").pattern.match(text[amount.evidence.span.end : stop])
        end = int(ends["year"]) if ends and int(ends["year"]) > first.start_on.year else None
    start = first.start_on.year if end is None else min(first.start_on.year, end)
    end = None if end is None else max(first.start_on.year, end)
    per = "year" if end is None else amount.per  # money without an end is so much a year
    return changed(amount, start_year=start, end_year=end, years_basis=first.basis, per=per)


def is_lasting(layout: Layout, amount: Amount, first: TimeExpression, stop: int) -> bool:
    """Money without an end: 'fra 2022 og frem', 'årligt fra 2017 (varigt)'."""
    text = layout.document.text
    lead = text[max(0, first.evidence.span.start - LEAD) : first.evidence.span.start]
    near = text[first.evidence.span.end : min(stop, first.evidence.span.end + 30)]
    around = (
        text[min(amount.evidence.span.end, first.evidence.span.start) : stop]
        + text[max(0, amount.evidence.span.start - 40) : amount.evidence.span.start]
    )
    since = first.granularity == "year" and layout.search(LINKS.rule("since"), lead)
    lasting = first.granularity == "year" and layout.search(TERMS.rule("permanent"), around)
    onwards = layout.search(LINKS.rule("onwards"), near)
    return bool(onwards or (lasting and since) or (amount.per == "year" and (since or lasting)))


def whole_before(layout: Layout, amounts: Iterable[Amount], sentence: Sentence) -> Amount | None:
    """The last sum of the sentences before in the paragraph; where it and others are told apart from a
    sum of the paragraph, that one. The sums come latest first."""
    start = layout.blocks[sentence.block_index].span.start
    beside = takewhile(lambda a: a.evidence.span.start >= start, amounts)
    before = [a for a in beside if a.evidence.span.start < sentence.span.start][::-1]
    if not before:
        return None
    wholes = (a for i, a in enumerate(before[:-2]) if all(is_within(part, a) for part in before[i + 1 :]))
    return next(wholes, before[-1])


def is_within(part: Amount, whole: Amount) -> bool:
    """Is a sum smaller than another, and its years some of that one's?"""
    first, last = whole.start_year, whole.end_year
    if not (first and last and part.start_year and part.max_dkk < whole.max_dkk):
        return False
    return (part.start_year, part.end_year) != (first, last) and first <= part.start_year <= last


def same_clause(layout: Layout, before: Amount, amount: Amount) -> bool:
    """'Heraf går …', '…, svarende til …', '…, heraf …': a part of the sum before."""
    sentence = layout.sentence_at(amount.evidence.span.start).span
    start = max(sentence.start, before.evidence.span.end)
    gap = layout.document.text[start : amount.evidence.span.start]
    near = amount.evidence.span.start - before.evidence.span.end < FAR * 2
    if not near or layout.block_at(before.evidence.span.start) != layout.block_at(amount.evidence.span.start):
        return False
    pattern = LINKS.rule("part of the sum before").pattern
    if start == sentence.start:
        return bool(LINKS.rule("opens with a part").pattern.match(gap))
    return bool(pattern.search(gap))
