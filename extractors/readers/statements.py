"""Quotations and who said them: paragraphs above a name, and quotations inside a paragraph."""

import re

from corpus.document import Span
from extractors.facts import Evidence, PersonMention, Statement
from extractors.layout import Layout
from extractors.reading import find_hits
from extractors.rules import Hit, load_rules

TABLE = load_rules("statements")
MARKS = "”“\"»«„'’‘ "
LEAD = re.compile(r"[-–—\s]+")
NEAR = 130  # characters in which the speaker's name follows 'siger'


def find_statements(layout: Layout, people: list[PersonMention]) -> list[Statement]:
    """Every quotation of the document in text order."""
    found = [*quoted_blocks(layout, people), *quoted_inline(layout, people)]
    return sorted(found, key=lambda statement: statement.evidence.span.start)


def quoted_blocks(layout: Layout, people: list[PersonMention]) -> list[Statement]:
    """Runs of quote blocks, said by the name below them or the person named just before."""
    found = []
    start: int | None = None
    for index in range(len(layout.blocks) + 1):
        is_quote = index < len(layout.blocks) and layout.blocks[index].kind == "quote"
        if is_quote and start is None:
            start = index
        elif not is_quote and start is not None:
            span = Span(layout.blocks[start].span.start, layout.blocks[index - 1].span.end)
            evidence = Evidence(span, layout.document.quote(span), "statements/paragraph")
            words = evidence.quote.strip(MARKS)
            found.append(Statement(evidence, words, speaker(layout, people, start, index)))
            start = None
    return found


def speaker(layout: Layout, people: list[PersonMention], start: int, end: int) -> str | None:
    """The name under a quotation, else the last person named in the paragraph before it."""
    if end < len(layout.blocks) and layout.blocks[end].kind == "attribution":
        name = LEAD.sub("", layout.words(end), count=1).split(",")[0].strip()
        known = [person.name for person in people if person.name == name or person.name in name]
        return known[0] if known else None
    before = layout.blocks[start - 1].span if start else None
    named = [person for person in people if before and before.contains(person.evidence.span)]
    return named[-1].name if named else None


def quoted_inline(layout: Layout, people: list[PersonMention]) -> list[Statement]:
    """'"…," siger direktør N.N.': said by the person named after it, or before."""
    text = layout.document.text
    found = []
    for hit in find_hits(TABLE, layout.reading):
        if hit.rule.name != "said after":
            continue
        if layout.blocks[layout.block_at(hit.start)].kind == "quote":
            continue
        span = Span(hit.start, hit.end)
        evidence = Evidence(span, text[hit.start : hit.end], "statements/said after")
        found.append(Statement(evidence, hit.match["words"].strip(MARKS + ","), said_by(layout, people, hit)))
    return found


def said_by(layout: Layout, people: list[PersonMention], hit: Hit) -> str | None:
    """The person named right after 'siger', or meant by 'hun' and 'han'; nobody if it is someone else."""
    end = layout.sentence_at(hit.end - 1).span.end
    after = layout.document.text[hit.end : min(end, hit.end + NEAR)]
    named = sorted((after.index(p.name), p.name) for p in people if p.name in after)
    if named:
        return named[0][1]
    block = layout.blocks[layout.block_at(hit.start)].span
    before = [p.name for p in people if block.contains(p.evidence.span) and p.evidence.span.end <= hit.start]
    meant = TABLE.rule("pronoun").pattern.match(after)
    return before[-1] if meant and before else None
