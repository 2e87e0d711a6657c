"""Plain text to Document: title, date line, paragraphs, nested bullets, tables, contact lines."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from corpus.decode import normalise
from corpus.document import Block, Document, Origin, Span, UnreadableError
from corpus.privacy import mask
from corpus.shape import BULLET, DATE_LINE, Draft, line_kind, settle

LINE = re.compile(r"[^\n]+")
BAR = re.compile(r" \|(?= |$)")
LETTERED = re.compile(r"\(?[a-zæøå]\)\s")  # an item of a list that no bullet marks
WRAPPED = 60  # a line this long that ends in mid-sentence goes on in the next
FEWEST_BARS = 2  # a line with this many bars is a table row


def read_text(text: str, origin: Origin) -> Document:
    """The Document of a plain text; the text is kept as it is, with private numbers masked."""
    text = mask(normalise(text).strip("\n").rstrip())
    if not any(letter.isalpha() for letter in text):
        raise UnreadableError("no words in it; there is nothing to read")
    drafts = settle([*joined(text, read_lines(text))])
    blocks = tuple(Block(d.kind, d.span, d.level, d.marker, None, d.row, d.column) for d in drafts if d.span)
    title = " ".join(text[blocks[0].span.start : blocks[0].span.end].split())
    return Document(origin, title, text, blocks)


def read_lines(text: str) -> Iterator[Draft]:
    """One draft a line; a table row gives one a cell."""
    lines = [line for line in LINE.finditer(text) if line[0].strip()]
    bars = [len(BAR.findall(line[0])) for line in lines]
    gaps = [text.count("\n", a.end(), b.start()) > 1 for a, b in pairwise(lines)]
    row = -1
    indents: list[int] = []  # of the list items that the next one may be nested in
    for i, (line, gap) in enumerate(zip(lines, [False, *gaps], strict=True)):
        if is_row(i, bars, gaps):
            row = 0 if gap or row < 0 else row + 1
            yield from read_cells(line[0], line.start(), row)
            continue
        row = -1
        draft = read_line(line[0], line.start(), gap)
        indents = indents_of(draft, line[0], indents)
        yield replace(draft, level=len(indents) or None)


def indents_of(draft: Draft, line: str, indents: list[int]) -> list[int]:
    """How far the items are indented that this item lies in, and it itself."""
    if draft.kind != "list_item":
        return []
    indent = len(line) - len(line.lstrip())
    return [*(outer for outer in indents if outer < indent), indent]


def is_row(i: int, bars: list[int], gaps: list[bool]) -> bool:
    """Is the line a row of a table: parted more than once, or once as the line next to it?"""
    above = i > 0 and not gaps[i - 1] and bars[i - 1] == bars[i]
    below = i + 1 < len(bars) and not gaps[i] and bars[i + 1] == bars[i]
    return bars[i] >= FEWEST_BARS or (bars[i] > 0 and (above or below))


def read_cells(line: str, start: int, row: int) -> Iterator[Draft]:
    gap = row == 0
    for column, cell in enumerate(line.split("|")):
        words = cell.strip()
        if words:
            at = start + len(cell) - len(cell.lstrip())
            span = Span(at, at + len(words))
            yield Draft("cell", words, row=row, column=column, gap=gap, span=span)
            gap = False
        start += len(cell) + 1


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
    lines: list[Draft] = []
    for draft in drafts:
        if lines and not goes_on(lines[0], lines[-1], draft):
            yield alone(join(text, lines), draft)
            lines = []
        lines.append(draft)
    if lines:
        yield join(text, lines)


def goes_on(first: Draft, last: Draft, draft: Draft) -> bool:
    """Is a line the rest of the sentence in the lines before it?"""
    in_text = first.kind in {"paragraph", "list_item", "quote"} and draft.kind == "paragraph"
    if not in_text or draft.gap or len(last.text) < WRAPPED or last.text[-1] in ".:!?":
        return False
    if LETTERED.match(first.text) and LETTERED.match(draft.text):
        return False
    return draft.text[0].islower() or draft.text[0].isdigit() or last.text[-1] == ","


def join(text: str, lines: list[Draft]) -> Draft:
    """The draft of lines that are one."""
    first, last = lines[0].span, lines[-1].span
    if not first or not last:
        return lines[0]
    span = Span(first.start, last.end)
    return replace(lines[0], text=text[span.start : span.end], span=span)


def alone(draft: Draft, following: Draft) -> Draft:
    """'2. Økonomi' between empty lines is a heading, not an item of a list."""
    numbered = draft.kind == "list_item" and (draft.marker or "")[:1].isdigit()
    short = len(draft.text) < WRAPPED * 2 and draft.text[-1:] not in ".:;,"
    if numbered and short and draft.gap and following.gap and following.kind != "list_item":
        return Draft("paragraph", draft.text, None, draft.marker, bold=True, span=draft.span)
    return draft
