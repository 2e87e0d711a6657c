"""Initiatives in running text: 'igangsættes et nyt initiativ om partnervold', '15 mio. kr. går til …'."""

import re
from collections.abc import Iterator

from corpus.document import Span
from extractors.facts import Amount, Evidence, Initiative
from extractors.language import Sentence
from extractors.layout import Layout
from extractors.ordered import Ordered
from extractors.readers.objects import Part, fits, read_objects, title_of
from extractors.readers.phases import core_title, read_phases, section_phases
from extractors.rules import load_rules

NAMED = load_rules("initiatives")
TABLE = load_rules("prose")
IN_TEXT = ("set aside for", "set up", "money for", "phase noun")
ZONES = frozenset({"body", "lead"})
OURS = frozenset({"part", "pool"})
ASIDE = re.compile(r"”[^”“]*”|“[^”“]*[”“]|\"[^\"]*\"|»[^»«]*«|\([^()]*\)")
LONGEST_BEFORE = 300  # characters before a verb that say whether it will be done
BEFORE = 90  # characters before a sum that say whose it is
FEW = 3  # initiatives of lists and headings: where there are more, prose only repeats them
SHORT = 4  # characters of a title right after a sum
MANY = 8  # titles of one sentence
SHORTEST, LONGEST = 8, 170  # characters of a title


def find_prose(layout: Layout, amounts: Ordered[Amount], listed: int) -> list[Initiative]:
    """The initiatives that sentences of the body name."""
    found: list[Initiative] = []
    for sentence in layout.sentences:
        zone = layout.zones[sentence.block_index]
        if sentence.block.kind != "paragraph" or zone not in ZONES:
            continue
        parts = [*paid(sentence, amounts)]
        if zone == "body" and not elsewhere(layout, sentence):
            parts += said(sentence, amounts, listed < FEW)
        parts += named(sentence, zone == "lead")
        for part, rule in parts:
            span = Span(sentence.span.start + part.start, sentence.span.start + part.end)
            if not any(span.overlaps(other.evidence.span) for other in found[-MANY:]):
                found.append(initiative(layout, span, rule, part.told))
    return found


def elsewhere(layout: Layout, sentence: Sentence) -> bool:
    """Does the sentence stand in a section on how to apply, or on what was before?"""
    return bool(TABLE.rule("other section").pattern.search(layout.heading(sentence.block_index)))


def masked(sentence: Sentence, amounts: Ordered[Amount]) -> str:
    """The words of a sentence with sums as '0', quotations and brackets blank, all at their places."""
    words = sentence.text
    for amount in amounts.inside(sentence.span):
        start = amount.evidence.span.start - sentence.span.start
        end = amount.evidence.span.end - sentence.span.start
        words = words[:start] + "0".ljust(end - start) + words[end:]
    return ASIDE.sub(lambda aside: " " * len(aside[0]), words)


def paid(sentence: Sentence, amounts: Ordered[Amount]) -> Iterator[tuple[Part, str]]:
    """What the sums of a sentence that are parts of the agreement go to."""
    inside = [amount for amount in amounts.inside(sentence.span) if amount.role in OURS]
    if not inside:
        return
    words = masked(sentence, amounts)
    for amount in inside:
        start = amount.evidence.span.start - sentence.span.start
        if not_ours(words, start, BEFORE):
            continue
        if words[start] == "0" and (match := TABLE.rule("sum to").pattern.match(words, start)):
            yield from ((part, "sum to") for part in read_objects(words, match.end(), SHORT))


def said(sentence: Sentence, amounts: Ordered[Amount], alone: bool) -> Iterator[tuple[Part, str]]:
    """What the verbs of a sentence say is paid for, set up, tried or decided."""
    words = masked(sentence, amounts)
    sums = amounts.inside(sentence.span)
    ours = [amount for amount in sums if amount.role in OURS]
    if not (ours or (alone and not sums) or (alone and any(a.role == "total" for a in sums))):
        return
    for name in ("to", "done to", "decided", "among") if alone else ("done to",):
        for match in TABLE.rule(name).pattern.finditer(words):
            if not_ours(words, match.end()):
                continue
            verb = match.groupdict().get("verb") or ""
            for part in read_objects(words, match.end(), SHORT if ours else SHORTEST):
                yield Part(part.start, part.end, f"{verb} {part.told}"), name
    for name in ("to first", "shall be", "subject") if alone else ():
        for match in TABLE.rule(name).pattern.finditer(words):
            if not_ours(words, match.end()):
                continue
            title = title_of(words, Part(*match.span("title")))
            if title and fits(words, title):
                yield Part(title.start, title.end, match["verb"]), name


def not_ours(words: str, end: int, most: int = LONGEST_BEFORE) -> bool:
    """Do the words before a place say that it was before, may be, or is somebody else's?"""
    return bool(TABLE.rule("not ours").pattern.search(words, max(0, end - most), end))


def named(sentence: Sentence, lead: bool) -> Iterator[tuple[Part, str]]:
    """The titles that the rules for running text find in a sentence."""
    for name in IN_TEXT if not lead else IN_TEXT[:1]:
        for match in NAMED.rule(name).pattern.finditer(sentence.text):
            for group in ("title", "title2"):
                if match.groupdict().get(group):
                    start, end = match.span(group)
                    if SHORTEST <= end - start <= LONGEST:
                        yield Part(start, end), name


def initiative(layout: Layout, span: Span, rule: str, told: str) -> Initiative:
    words = layout.document.quote(span)
    shorter = re.sub(r"[\s.;,]+$", "", words)
    span = Span(span.start, span.start + len(shorter))
    table = "initiatives" if rule in IN_TEXT else "prose"
    evidence = Evidence(span, shorter, f"{table}/{rule}")
    title = " ".join(shorter.split())
    phases = read_phases(title) or section_phases([told])
    return Initiative(evidence, title, core_title(title), "prose", phases=phases)
