"""The day on which an agreement was made."""

from collections.abc import Sequence
from datetime import date, timedelta

from extractors.facts import TimeExpression, changed
from extractors.layout import Layout
from extractors.readers.agreements import EARLY, Subject
from extractors.rules import load_rules

DATE_ROLES = load_rules("date_roles")
RECENT = timedelta(days=60)  # before a page is published, in which what it tells was agreed


def with_agreed(
    layout: Layout, dates: Sequence[TimeExpression], subject: Subject | None, published: date | None
) -> list[TimeExpression]:
    """The dates with the day the agreement was made: 'har den 1. november 2018 indgået aftale'."""
    if subject is None or not subject.own:
        return list(dates)
    found = list(dates)
    for unit in ("day", "month"):  # a month only where no day is told
        if any(fact.role == "agreed" for fact in dates):
            break
        for i, fact in enumerate(dates):
            if fact.granularity == unit and is_time_of_agreement(layout, fact):
                found[i] = changed(fact, role="agreed")
                return found
        told = (i for i, fact in enumerate(dates) if unit == "day" and is_recent_day(layout, fact, published))
        if not any(fact.role == "agreed" for fact in found) and (first := next(told, None)) is not None:
            found[first] = changed(found[first], role="agreed")
    return found


def is_recent_day(layout: Layout, fact: TimeExpression, published: date | None) -> bool:
    """A day just past that the first paragraphs of an agreement or the news of it tell: what else would
    have happened then but the agreement, unless they say it of another thing?"""
    index = layout.block_at(fact.evidence.span.start)
    early = layout.lead <= index <= layout.lead + EARLY and layout.zones[index] in {"lead", "body"}
    if not early or fact.granularity != "day" or fact.role != "reference":
        return False
    if published and not timedelta() <= published - fact.start_on <= RECENT:
        return False
    sentence = layout.sentence_at(fact.evidence.span.start)
    return not any(
        layout.search(DATE_ROLES.rule(name), sentence.text, sentence.span)
        for name in ("earlier", "another event", "deadline before")
    )


def is_time_of_agreement(layout: Layout, fact: TimeExpression) -> bool:
    """A day or month in a sentence of lead or body that says an agreement was made, and no earlier one."""
    if fact.role != "reference":
        return False
    start = fact.evidence.span.start
    block = layout.blocks[layout.block_at(start)].span
    if DATE_ROLES.rule("signed").pattern.match(layout.document.text[block.start : start]):
        return fact.granularity == "day" and block.end - fact.evidence.span.end <= 1
    sentence = layout.sentence_at(start)
    said, earlier, deadline = (
        layout.search(DATE_ROLES.rule(name), sentence.text, sentence.span)
        for name in ("agreed", "earlier", "deadline before")
    )
    in_text = layout.zones[layout.block_at(start)] in {"lead", "body"}
    return bool(said) and in_text and not (earlier or deadline)
