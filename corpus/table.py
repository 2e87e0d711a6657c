"""The cells of a table, each in its row and column, whatever they span. No HTML here."""

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.shape import Draft

WIDEST = 100  # columns or rows that a cell may span; more is an error in the page


@dataclass(frozen=True, slots=True)
class Cell:
    """The words of a cell and what it spans."""

    words: str
    columns: int = 1
    rows: int = 1


def span_of(value: object) -> int:
    """
    >>> span_of("3"), span_of(None), span_of("alle"), span_of("99999")
    (3, 1, 1, 100)
    """
    digits = str(value or "").strip()[:9]
    return min(max(int(digits), 1), WIDEST) if digits.isdecimal() else 1


def cell_drafts(rows: list[list[Cell]]) -> Iterator[Draft]:
    """One draft a cell that has words; the first of the table stands after an empty line."""
    taken: set[tuple[int, int]] = set()
    gap = True
    for row, cells in enumerate(rows):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            taken |= {
                (row + down, column + right) for down in range(1, cell.rows) for right in range(cell.columns)
            }
            if cell.words:
                yield Draft("cell", cell.words, row=row, column=column, gap=gap)
                gap = False
            column += cell.columns
