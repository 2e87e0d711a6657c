"""The years of a sum that its sentence tells otherwise than beside it, or that the next sentence tells."""

from extractors.facts import Amount, TimeExpression, changed
from extractors.language import Sentence
from extractors.layout import Layout
from extractors.ordered import Ordered
from extractors.readers.amount_years import names_a_round
from extractors.readers.period_years import of_only_span
from extractors.rules import load_rules

LINKS = load_rules("year_links")
COST = load_rules("amount_roles").rule("cost").pattern
PART_OF_YEAR = frozenset({"day", "month", "quarter", "half_year"})
LONG = 330  # days: a shorter span is a deadline or a meeting
NEXT = 2  # characters between two sentences


def elsewhere_dated(layout: Layout, amount: Amount, dates: Ordered[TimeExpression]) -> Amount:
    """A sum without years, with those of the programme it was set aside in, of what it paid for, or of
    the next sentence: 'Pengene skal bruges i 2026 og 2027.'"""
    if amount.start_year or amount.per == "recipient":
        return amount
    years = (
        of_programme(layout, amount)
        or of_run(layout, amount, dates)
        or of_next(layout, amount, dates)
        or of_same(layout, amount, dates)
    )
    if years is None and amount.role in {"other", "frame"}:
        own = dates.inside(layout.sentence_at(amount.evidence.span.start).span)
        return of_only_span(layout, amount, own) if all(is_long(fact) for fact in own) else amount
    if years is None:
        return amount
    return changed(amount, start_year=years[0], end_year=years[1], years_basis="inferred")


def of_same(layout: Layout, amount: Amount, dates: Ordered[TimeExpression]) -> tuple[int, int] | None:
    """'Fra 2015 til 2017 … Udgifterne er i samme periode løbet op i 1,3 mia. kr.': the last span before."""
    span = amount.evidence.span
    sentence = layout.sentence_at(span.start)
    altogether = amount.role == "other" and LINKS.rule("altogether").pattern.match(sentence.text)
    if not altogether and not layout.search(LINKS.rule("same period"), sentence.text, sentence.span):
        return None
    block = layout.blocks[sentence.block_index].span
    before = [d for d in dates.begun(block.start, span.start) if is_long(d)]
    return (before[-1].start_on.year, before[-1].end_on.year) if before else None


def of_programme(layout: Layout, amount: Amount) -> tuple[int, int] | None:
    """'… er der i satspuljen for 2016 bevilget 38 mio. kr. over fire år'."""
    sentence = layout.sentence_at(amount.evidence.span.start).span
    text = layout.document.text
    match = LINKS.rule("over some years").pattern.search(text[amount.evidence.span.end : sentence.end])
    named = LINKS.rule("programme of a year").pattern.search(text[sentence.start : sentence.end])
    if not match or not named:
        return None
    first = int(named["year"])
    return first, first + int(LINKS.worth("count", match["count"])) - 1


def of_run(layout: Layout, amount: Amount, dates: Ordered[TimeExpression]) -> tuple[int, int] | None:
    """'Projektet kostede 32 mio. kr. og løb fra 1. april 2014 til 31. december 2017'."""
    span = amount.evidence.span
    sentence = layout.sentence_at(span.start).span
    for fact in dates.begun(span.end + 1, sentence.end):
        paid = fact.granularity in PART_OF_YEAR
        gap = layout.document.text[span.end : fact.evidence.span.start] if paid else ""
        if gap and LINKS.rule("is paid in").pattern.search(gap):
            return fact.start_on.year, fact.start_on.year
        if is_long(fact):
            gap = layout.document.text[span.end : fact.evidence.span.start]
            return (fact.start_on.year, fact.end_on.year) if LINKS.rule("ran").pattern.search(gap) else None
    return None


def of_next(layout: Layout, amount: Amount, dates: Ordered[TimeExpression]) -> tuple[int, int] | None:
    """The years of the sentence after the sum's own, where it speaks of that money or what it is for."""
    following = sentence_after(layout, amount) if amount.role != "other" else None
    if following is None:
        return None
    longer = LINKS.rule("goes on").pattern.match(following.text)
    used = LINKS.rule("money is used").pattern.match(following.text)
    if not used and (not longer or longer["until"]):
        return None
    years = [
        fact
        for fact in dates.inside(following.span)
        if (is_long(fact) or fact.granularity == "year") and not names_a_round(layout, fact)
    ]
    if not years:
        return None
    return min(fact.start_on.year for fact in years), max(fact.end_on.year for fact in years)


def sentence_after(layout: Layout, amount: Amount) -> Sentence | None:
    """The sentence after a sum's own in its block; after a heading the first one under it."""
    own = layout.sentence_at(amount.evidence.span.start)
    block = layout.blocks[own.block_index]
    if own.span.end + NEXT < block.span.end:
        following = layout.sentence_at(own.span.end + NEXT)
        return following if following.span != own.span else None
    below = layout.blocks[own.block_index + 1 : own.block_index + 2]
    if block.kind != "heading" or own.block_index == 0 or not below or below[0].kind != "paragraph":
        return None
    return layout.sentence_at(below[0].span.start)


def is_long(fact: TimeExpression) -> bool:
    return fact.granularity == "span" and (fact.end_on - fact.start_on).days >= LONG
