"""Initiatives in running text: 'igangsættes et nyt initiativ om partnervold', '15 mio. kr. går til …'."""

import re
from collections.abc import Iterator

from corpus.document import Span
from extractors.facts import Amount, Evidence, Initiative
from extractors.language import Sentence
from extractors.layout import Layout
from extractors.ordered import Ordered
from extractors.readers.phases import core_title, read_phases
from extractors.rules import load_rules

TABLE = load_rules("initiatives")
IN_TEXT = ("set aside for", "set up", "money for", "phase noun")
ZONES = frozenset({"body", "lead"})
MANY = 8  # titles of one sentence
SHORTEST, LONGEST = 8, 170  # characters of a title


def find_prose(layout: Layout, amounts: Ordered[Amount], listed: int) -> list[Initiative]:
    """The initiatives that sentences of the body name."""
    found: list[Initiative] = []
    for sentence in layout.sentences:
        zone = layout.zones[sentence.block_index]
        if sentence.block.kind != "paragraph" or zone not in ZONES:
            continue
        for span, rule in [*named(sentence, zone == "lead"), *paid(sentence, amounts)]:
            if SHORTEST <= span.end - span.start <= LONGEST and not any(
                span.overlaps(other.evidence.span) for other in found[-MANY:]
            ):
                found.append(prose(layout, span, rule))
    return found


def named(sentence: Sentence, lead: bool) -> Iterator[tuple[Span, str]]:
    """The titles that the rules for running text find in a sentence."""
    for name in IN_TEXT if not lead else IN_TEXT[:1]:
        for match in TABLE.rule(name).pattern.finditer(sentence.text):
            for group in ("title", "title2"):
                if match.groupdict().get(group):
                    start, end = match.span(group)
                    yield Span(sentence.span.start + start, sentence.span.start + end), name


def paid(sentence: Sentence, amounts: Ordered[Amount]) -> Iterator[tuple[Span, str]]:
    """What the sums of a sentence that are parts of the agreement go to."""
    pattern = TABLE.rule("sum for").pattern
    for amount in amounts.inside(sentence.span):
        span = amount.evidence.span
        if amount.role != "part":
            continue
        stop = min(amounts.next_start(span.end, sentence.span.end), sentence.span.end)
        tail = sentence.text[span.end - sentence.span.start : stop - sentence.span.start]
        match = pattern.match(f"0{tail}")
        if match and not TABLE.rule("no title").pattern.search(match["title"].strip()):
            start, end = match.span("title")
            yield Span(span.end + start - 1, span.end + end - 1), "sum for"


def prose(layout: Layout, span: Span, rule: str) -> Initiative:
    words = layout.document.quote(span)
    shorter = re.sub(r"[\s.;,]+$", "", words)
    span = Span(span.start, span.start + len(shorter))
    evidence = Evidence(span, shorter, f"initiatives/{rule}")
    return Initiative(evidence, shorter, core_title(shorter), "prose", phases=read_phases(shorter))
