"""Tables that tell one fact in each row, 'Ansøgningsfrist | 3. februar 2025': read as lines of a list."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from corpus.document import Block, Document, Span
from extractors.rules import load_rules

TABLE = load_rules("tables")
PAIR = [0, 1]  # the columns of such a table
FEWEST = 2  # rows


def with_lines(document: Document) -> Document:
    """The document with a list item for every row of such a table, and ':' where a line parted its cells."""
    if not any(block.kind == "cell" for block in document.blocks):
        return document
    blocks: list[Block] = []
    text = document.text
    for run in runs(document.blocks):
        rows = [[*row] for _, row in groupby(run, lambda block: block.row)]
        if run[0].kind != "cell" or not are_pairs(document, rows):
            blocks += run
            continue
        for label, value in rows:
            text = text[: label.span.end] + colon(document, label, value) + text[value.span.start :]
            span = Span(label.span.start, value.span.end)
            blocks.append(Block("list_item", span, level=1, marker="•", page=label.page))
    return replace(document, text=text, blocks=tuple(blocks))


def runs(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """The cells of each table together, and every other block alone."""
    run: list[Block] = []
    for block in blocks:
        again = run and (block.kind != "cell" or (block.row or 0) < (run[-1].row or 0))
        if run and (again or run[0].kind != "cell"):
            yield run
            run = []
        run.append(block)
    if run:
        yield run


def are_pairs(document: Document, rows: Sequence[Sequence[Block]]) -> bool:
    """Has every row a label and a value, and are the values of more kinds than figures and sums?"""
    if len(rows) < FEWEST or any([cell.column for cell in row] != PAIR for row in rows):
        return False
    values = [document.quote(value.span) for _, value in rows[1:]]
    figures = [value for value in values if is_figure(value)]
    return len(figures) * 2 < len(values) or not figures


def is_figure(words: str) -> bool:
    return any(TABLE.rule(name).pattern.match(words) for name in ("number", "sum in a cell"))


def colon(document: Document, label: Block, value: Block) -> str:
    """A colon and spaces, as long as what stood between the cells."""
    gap = value.span.start - label.span.end
    ended = document.quote(label.span).rstrip().endswith((":", "?"))
    return ("" if ended else ":").ljust(gap)
