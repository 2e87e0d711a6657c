"""Where the title of an initiative begins and ends in a list item or a heading."""

import re

from corpus.document import Span
from extractors.facts import Amount
from extractors.layout import Layout
from extractors.rules import load_rules

TABLE = load_rules("initiatives")
SHORTEST = 3  # characters before a sum that can be a title


def trim(layout: Layout, start: int, end: int) -> Span:
    """A span without spaces and final punctuation."""
    words = layout.document.text[start:end]
    lead = len(words) - len(words.lstrip(" \t\n•–-"))
    ends = TABLE.rule("ends").pattern
    shorter = ends.sub("", ends.sub("", words))
    return Span(start + lead, max(start + len(shorter), start + lead + 1))


def item_title(layout: Layout, span: Span, sums: list[Amount]) -> Span | None:
    """The title in a list item: what follows 'til' after a sum, or what stands before the sum."""
    if not sums:
        return trim(layout, span.start, span.end)
    first = sums[0].evidence.span
    text = layout.document.text
    marked = f"{text[span.start : first.start]}0{text[first.end : span.end]}"
    if leading := TABLE.rule("amount first").pattern.match(marked):
        start = first.end + leading.end() - (first.start - span.start) - 1
        end = min([span.end, *cuts(layout, start, span.end, sums[1:])])
        if years := layout.search(TABLE.rule("years last"), text[start:end]):
            end = start + years.start()
        return trim(layout, start, end)
    if last := layout.search(TABLE.rule("amount last"), marked):
        long_enough = last.start() >= SHORTEST
        return trim(layout, span.start, span.start + last.start()) if long_enough else None
    if layout.search(TABLE.rule("only a sum"), marked):
        return None
    return trim(layout, span.start, span.end)


def cuts(layout: Layout, start: int, end: int, sums: list[Amount]) -> list[int]:
    """Where a title ends before '…, heraf 5 mio. kr.' or '(10 mio. kr. i 2021)' or a new sentence."""
    found = []
    for amount in sums:
        before = layout.document.text[start : amount.evidence.span.start]
        if tail := layout.search(TABLE.rule("further sum"), before):
            found.append(start + tail.start())
    sentences = [s.span.start for s in layout.sentences if start < s.span.start < end]
    return [*found, *sentences]


def unnumbered(layout: Layout, span: Span) -> Span:
    """A heading without its number: '1.1 Styrkede plejefamilier'."""
    number = re.match(r"\d+(?:\.\d+)*\.?\s+(?=\D)", layout.document.quote(span))
    return Span(span.start + number.end(), span.end) if number else span
