"""Words with positions to lines, and lines to what stands apart in them. No PDF library here."""

from dataclasses import dataclass, field
from itertools import pairwise

from corpus.paper.words import Word

CELL = 0.9  # a gap of so many letter sizes parts two cells; spaces in stretched lines are narrower
BELONGS = 0.35  # a word whose middle lies so near another's, in heights, stands in its line


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruled line: upright when x0 == x1, level when top == bottom."""

    x0: float
    x1: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Line:
    """Words side by side; `right` is the right edge of the column they stand in.

    `labels` counts the words that are no figures of a table though they are numbers: a number of
    the row, the end of a wrapped title.
    """

    words: tuple[Word, ...]
    page: int
    right: float = 0
    labels: int = 0

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return max(word.x1 for word in self.words)

    @property
    def top(self) -> float:
        return self.main.top

    @property
    def bottom(self) -> float:
        return self.main.bottom

    @property
    def main(self) -> Word:
        """The word that gives the line its height: the one with most letters."""
        return max(self.words, key=lambda word: (not word.symbol, len(word.text)))

    @property
    def size(self) -> float:
        return self.main.size

    @property
    def bold(self) -> bool:
        return all(word.bold for word in self.words if any(map(str.isalnum, word.text)))


@dataclass(frozen=True, slots=True)
class Page:
    """The words and ruled lines of a page."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...] = ()
    rules: tuple[Rule, ...] = field(default=())


def lines_of(words: list[Word], page: int) -> list[Line]:
    """Words that overlap in height, as lines from the top; raised footnote marks stay in theirs."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.middle, word.x0)):
        row = next((row for row in rows[-3:] if belongs(word, row)), None)
        if row is None:
            rows.append([word])
        else:
            row.append(word)
    return [Line(tuple(sorted(row, key=lambda word: word.x0)), page) for row in rows]


def belongs(word: Word, row: list[Word]) -> bool:
    """Does a word stand in the line of others, and not over or under one of them?"""
    main = max(row, key=lambda other: other.size)
    near = abs(word.middle - main.middle) <= BELONGS * max(word.size, main.size)
    return near and not any(min(word.x1, w.x1) - max(word.x0, w.x0) > 1 for w in row)


def cells_of(line: Line) -> list[tuple[Word, ...]]:
    """The words of a line, parted where the gap is as wide as between columns."""
    cells: list[list[Word]] = [[line.words[0]]]
    for before, word in pairwise(line.words):
        if word.x0 - before.x1 > CELL * max(min(word.size, before.size), 4):
            cells.append([])
        cells[-1].append(word)
    return [tuple(cell) for cell in cells]


def inside(word: Word, box: tuple[float, float, float, float]) -> bool:
    """Does a word's middle lie in a box (x0, top, x1, bottom)?"""
    return box[0] <= word.centre <= box[2] and box[1] <= word.middle <= box[3]
