"""Where in the document a fact stands: its sentence, its block, its headings, and what that part is for."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from corpus.document import Block, Document, Span
from extractors.language import Sentence, sentences
from extractors.reading import Reading
from extractors.rules import Rule, load_rules

Zone = Literal["title", "lead", "body", "fact", "contact", "service", "quote"]


LONGEST_LABEL = 40  # characters of a line that is a label and not marked as a heading


@dataclass(frozen=True, eq=False)
class Layout:
    """A document with its sentences and the zone of every block. Cached, so built once a document.
    The same only to itself, so that what is asked of it twice can be kept by it."""

    document: Document

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        return self.document.blocks

    def words(self, index: int) -> str:
        """The words of a block."""
        return self.block_words[index]

    @cached_property
    def block_words(self) -> list[str]:
        return [self.document.quote(block.span) for block in self.blocks]

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        return tuple(sentences(self.document))

    @cached_property
    def reading(self) -> Reading:
        """The whole text with an index of its words."""
        return Reading(self.document.text)

    def search(self, rule: Rule, words: str, within: Span | None = None) -> re.Match[str] | None:
        """The first match of a rule in some words of the document, which stand `within` a span of it."""
        return self.reading.search(rule, words, within)

    def says(self, rule: Rule, index: int) -> re.Match[str] | None:
        """The first match of a rule in the words of a block."""
        return self.reading.search(rule, self.words(index), self.blocks[index].span)

    def find(self, rule: Rule, words: str, within: Span) -> Iterator[re.Match[str]]:
        """Every match of a rule in some words of the document, which stand within a span of it."""
        return rule.pattern.finditer(words) if self.reading.has_needed(rule, within) else iter(())

    @cached_property
    def starts(self) -> list[int]:
        return [block.span.start for block in self.blocks]

    @cached_property
    def sentence_starts(self) -> list[int]:
        return [sentence.span.start for sentence in self.sentences]

    def block_at(self, place: int) -> int:
        """Index of the block that holds a character (or the last one before it)."""
        return bisect_right(self.starts, place, 1) - 1

    def sentence_at(self, place: int) -> Sentence:
        """The sentence that holds a character (or the last one before it)."""
        return self.sentences[bisect_right(self.sentence_starts, place, 1) - 1]

    def sentences_of(self, index: int) -> list[Sentence]:
        """The sentences of one block."""
        span = self.blocks[index].span
        first = bisect_right(self.sentence_starts, span.start - 1)
        last = bisect_right(self.sentence_starts, span.end - 1)
        return list(self.sentences[first:last])

    @cached_property
    def headings(self) -> tuple[tuple[int, ...], ...]:
        """For every block the indices of the headings above it, outermost first, without the title."""
        trail: list[int] = []
        found = []
        for i, block in enumerate(self.blocks):
            if block.kind == "heading" and i:
                level = block.level or 2
                trail = [t for t in trail if (self.blocks[t].level or 2) < level]
                found.append(tuple(trail))
                trail.append(i)
            else:
                found.append(tuple(trail))
        return tuple(found)

    def heading(self, index: int) -> str:
        """The words of the nearest heading above a block; empty if there is none."""
        trail = self.headings[index]
        return self.words(trail[-1]) if trail else ""

    def label(self, index: int) -> str:
        """The line above a block where it may be a label, else the words of the nearest heading."""
        above = self.words(index - 1) if index > 1 else ""
        is_label = len(above) < LONGEST_LABEL and not above.rstrip().endswith((".", "!"))
        return above if is_label and above else self.heading(index)

    @cached_property
    def intros(self) -> tuple[int | None, ...]:
        """For every list item the block that introduces it: the paragraph or heading before the
        list, or the item it is nested in; for other blocks None."""
        found: list[int | None] = []
        for i, block in enumerate(self.blocks):
            found.append(self.intro_of(i, block, found))
        return tuple(found)

    def intro_of(self, i: int, block: Block, before: list[int | None]) -> int | None:
        if block.kind != "list_item" or i == 0:
            return None
        previous = self.blocks[i - 1]
        if previous.kind != "list_item":
            return i - 1
        level, above = block.level or 1, previous.level or 1
        if level > above:
            return i - 1
        at = i - 1
        while self.blocks[at].kind == "list_item" and (self.blocks[at].level or 1) > level:
            at -= 1
        return before[at] if self.blocks[at].kind == "list_item" else at

    @cached_property
    def zones(self) -> tuple[Zone, ...]:
        """What every block is for."""
        zone: Zone = "body"
        found: list[Zone] = []
        for i, block in enumerate(self.blocks):
            if block.kind == "heading" and i:
                zone = heading_zone(self.words(i), zone)
            elif zone == "fact" and self.tells_agreement(i):
                zone = "body"
            found.append(self.zone_of(i, block, zone))
        return tuple(found)

    def tells_agreement(self, i: int) -> bool:
        """Does a line in a box introduce what was decided: 'Aftalen rummer:' above a list?"""
        below = self.blocks[i + 1 : i + 2]
        listed = bool(below) and below[0].kind == "list_item" and self.blocks[i].kind == "paragraph"
        return listed and bool(load_rules("layout").rule("the agreement holds").pattern.search(self.words(i)))

    def zone_of(self, i: int, block: Block, zone: Zone) -> Zone:
        table = load_rules("layout")
        if i == 0:
            return "title"
        if block.kind == "quote":
            return "quote"
        if block.kind == "contact":
            return "contact"
        words = self.words(i)
        if block.kind in {"heading", "paragraph"} and any(
            table.rule(name).pattern.search(words) for name in ("link", "newsletter")
        ):
            return "service"
        if i == self.lead and zone == "body":
            return "lead"
        return zone

    @cached_property
    def lead(self) -> int:
        """Index of the first paragraph after the title."""
        kinds = [block.kind for block in self.blocks]
        return kinds.index("paragraph") if "paragraph" in kinds else 0


def heading_zone(words: str, zone: Zone) -> Zone:
    """The zone that a heading begins."""
    table = load_rules("layout")
    if table.rule("contact").pattern.search(words):
        return "contact"
    if table.rule("link").pattern.search(words) and zone != "contact":
        return zone
    if table.rule("newsletter").pattern.search(words):
        return "service"
    if table.rule("decision box").pattern.search(words):
        return "body"
    if table.rule("background").pattern.search(words):
        return "fact"
    return "body"
