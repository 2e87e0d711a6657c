"""Dates that are another day of the week than the text says: one of the two is wrong."""

from collections.abc import Iterator, Sequence

from corpus.document import Span
from extractors.facts import Issue, TimeExpression
from extractors.layout import Layout
from extractors.rules import load_rules

TABLE = load_rules("weekdays")
LONGEST = 20  # characters before a date in which its weekday stands


def wrong_weekdays(layout: Layout, dates: Sequence[TimeExpression]) -> Iterator[Issue]:
    """An issue for every full date whose weekday is wrong, with the words from the weekday on."""
    for date in dates:
        if date.granularity == "day":
            span = date.evidence.span
            place = Span(max(0, span.start - LONGEST), span.start)
            found = stated(layout, place)
            if found and found[1] != date.start_on.isoweekday():
                whole = Span(found[0], span.end)
                yield Issue("weekday_mismatch", whole, layout.document.quote(whole))


def stated(layout: Layout, place: Span) -> tuple[int, int] | None:
    """Where a weekday begins that ends a place of the text, and its number; None without one."""
    words = layout.document.text[place.start : place.end]
    for rule in TABLE.rules:
        if match := rule.pattern.search(words):
            return place.start + match.start(), int(rule.value or 0)
    return None
