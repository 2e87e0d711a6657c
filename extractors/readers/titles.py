"""Where the title of an initiative begins and ends in a list item or a heading."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

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


def marked(layout: Layout, span: Span, sums: Sequence[Amount]) -> str:
    """The words of a span with every sum in it as a '0' and spaces, at the same places."""
    words = layout.document.quote(span)
    for amount in sums:
        start, end = amount.evidence.span.start - span.start, amount.evidence.span.end - span.start
        words = words[:start] + "0".ljust(end - start) + words[end:]
    return words


def item_title(layout: Layout, span: Span, sums: Sequence[Amount]) -> Span | None:
    """The title in a list item: what follows 'til' after a sum, or what stands before the sum."""
    words = marked(layout, span, sums)
    telling = tells_from(layout, span, words)
    opening = TABLE.rule("object clause").pattern.match(words)
    first = span.start + opening.end() if opening else span.start
    if not sums:
        return trim(layout, first, telling)
    if leading := TABLE.rule("amount first").pattern.match(words):
        start = span.start + leading.end()
        end = min([span.end, *cuts(layout, start, span.end, sums)])
        if years := layout.search(TABLE.rule("years last"), layout.document.text[start:end]):
            end = start + years.start()
        return trim(layout, start, end)
    last = TABLE.rule("amount last").pattern.search(words)
    end = min(telling, span.start + last.start()) if last else telling
    if end < span.start + SHORTEST or TABLE.rule("only a sum").pattern.search(words[: end - span.start]):
        return None
    return trim(layout, min(first, end - SHORTEST), end)


def tells_from(layout: Layout, span: Span, words: str) -> int:
    """Where the words after a title begin to tell of it: 'Natcaféer. Hertil afsættes 0'; else the end."""
    told = TABLE.rule("told after").pattern.search(words)
    end = span.start + told.start() if told else span.end
    for sentence in layout.sentences_of(layout.block_at(span.start)):
        if span.start + SHORTEST < sentence.span.start < end:
            opening = words[: sentence.span.start - span.start]
            main = TABLE.rule("relative clause").pattern.sub("", opening)
            names = not TABLE.rule("sentence heading").pattern.search(main)
            return sentence.span.start if names else end
    return end


def cuts(layout: Layout, start: int, end: int, sums: Sequence[Amount]) -> list[int]:
    """Where a title ends before '…, heraf 5 mio. kr.' or '(10 mio. kr. i 2021)' or a new sentence."""
    found = []
    for amount in sums:
        before = layout.document.text[start : amount.evidence.span.start]
        if before and (tail := layout.search(TABLE.rule("further sum"), before)):
            found.append(start + tail.start())
    begin, stop = bisect_right(layout.sentence_starts, start), bisect_left(layout.sentence_starts, end)
    return [*found, *layout.sentence_starts[begin:stop]]


def unnumbered(layout: Layout, span: Span) -> Span:
    """A heading without its number: '1.1 Styrkede plejefamilier', 'Initiativ 3: …', 'B. …'."""
    number = TABLE.rule("numbered").pattern.match(layout.document.quote(span))
    start = span.start + number.end() if number else span.start
    return Span(start, span.end) if start < span.end else span


def stems(title: str) -> set[str]:
    """The first six letters of the longer words: enough to know a word in another form."""
    return {word[:6] for word in re.findall(r"\w{5,}", title.lower())}
