"""Plain text to Document: title, date line, paragraphs, bullets at two levels, tables, contact lines."""

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.decode import normalise
from corpus.document import Block, Document, Origin, Span, UnreadableError
from corpus.privacy import mask
from corpus.shape import BULLET, DATE_LINE, Draft, line_kind, settle

LINE = re.compile(r"[^\n]+")
WRAPPED = 60  # a line this long that ends in mid-sentence goes on in the next
FEWEST_BARS = 2  # a line with this many bars is a table row


def read_text(text: str, origin: Origin) -> Document:
    """The Document of a plain text; the text is kept as it is, with private numbers masked."""
    text = mask(normalise(text).strip("\n").rstrip())
    if not any(letter.isalpha() for letter in text):
        raise UnreadableError("no words in it; there is nothing to read")
    drafts = settle([*joined(text, read_lines(text))])
    blocks = tuple(
        Block(d.kind, d.span, d.level, d.marker, None, d.row, d.column) for d in drafts if d.span
    )
    title = " ".join(text[blocks[0].span.start : blocks[0].span.end].split())
    return Document(origin, title, text, blocks)


def read_lines(text: str) -> Iterator[Draft]:
    """One draft a line; a table row gives one a cell."""
    row, last = -1, 0
    indents: list[int] = []  # of the list items that the next one may be nested in
    for line in LINE.finditer(text):
        if not line[0].strip():
            continue
        gap = text.count("\n", last, line.start()) > 1
        last = line.end()
        if line[0].count(" | ") >= FEWEST_BARS:
            row = 0 if gap or row < 0 else row + 1
            yield from read_cells(line[0], line.start(), row)
            continue
        row = -1
        draft = read_line(line[0], line.start(), gap)
        if draft.kind == "list_item":
            indent = len(line[0]) - len(line[0].lstrip())
            indents = [*(i for i in indents if i < indent), indent]
            draft = replace(draft, level=len(indents))
        else:
            indents = []
        yield draft


def read_cells(line: str, start: int, row: int) -> Iterator[Draft]:
    for column, cell in enumerate(line.split("|")):
        if cell.strip():
            span = trimmed(line, start, sum(len(c) + 1 for c in line.split("|")[:column]), cell)
            yield Draft("cell", cell.strip(), row=row, column=column, gap=False, span=span)


def trimmed(line: str, start: int, at: int, cell: str) -> Span:
    """The place of a cell's words without the spaces round them."""
    begin = start + at + len(cell) - len(cell.lstrip())
    return Span(begin, begin + len(cell.strip()))


def read_line(line: str, start: int, gap: bool) -> Draft:
    bullet = BULLET.match(line)
    kind = line_kind(line)
    if bullet and kind != "attribution" and not DATE_LINE.fullmatch(line):
        marker, at = bullet["marker"], bullet.end()
        kind, words = "list_item", line[at:].rstrip()
    else:
        marker, at = None, len(line) - len(line.lstrip())
        words = line.strip()
    span = Span(start + at, start + at + len(words))
    return Draft(kind, words, None, marker, gap=gap, span=span)


def joined(text: str, drafts: Iterator[Draft]) -> Iterator[Draft]:
    """Put wrapped lines together, and see a numbered line that stands alone as a heading."""
    waiting: Draft | None = None
    for draft in drafts:
        if waiting and goes_on(waiting, draft):
            waiting = join(text, waiting, draft)
            continue
        if waiting:
            yield alone(waiting, draft)
        waiting = draft
    if waiting:
        yield waiting


def goes_on(first: Draft, second: Draft) -> bool:
    """Is the second line the rest of the first one's sentence?"""
    in_text = first.kind in {"paragraph", "list_item", "quote"} and second.kind == "paragraph"
    long = len(first.text.rpartition("\n")[2]) >= WRAPPED
    return in_text and not second.gap and long and first.text[-1:] not in ".:!?" and (
        second.text[:1].islower() or second.text[:1].isdigit() or first.text[-1:] == ","
    )


def join(text: str, first: Draft, second: Draft) -> Draft:
    assert first.span
    assert second.span
    span = Span(first.span.start, second.span.end)
    words = text[span.start : span.end]
    return Draft(first.kind, words, first.level, first.marker, gap=first.gap, span=span)


def alone(draft: Draft, following: Draft) -> Draft:
    """'2. Økonomi' between empty lines is a heading, not an item of a list."""
    numbered = draft.kind == "list_item" and (draft.marker or "")[:1].isdigit()
    short = len(draft.text) < WRAPPED * 2 and draft.text[-1:] not in ".:;,"
    if numbered and short and draft.gap and following.gap and following.kind != "list_item":
        return Draft("paragraph", draft.text, None, draft.marker, bold=True, span=draft.span)
    return draft
