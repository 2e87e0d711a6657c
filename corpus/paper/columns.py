"""Where the columns of a table are: between upright rules, or by the white between words and numbers."""

import re
from bisect import bisect
from itertools import pairwise

from corpus.paper.lines import Line, cells_of
from corpus.paper.numbers import NUMBER, numbers_of
from corpus.paper.tables import SPARE, TOUCH, Region
from corpus.paper.words import Word

BETWEEN_NUMBERS = 0.45  # letter sizes of white between two columns of numbers, at least
BETWEEN_WORDS = 0.9  # and beside a column of words
YEARS = re.compile(r"(?:19|20)\d\d(?:[-–](?:\d\d)?\d\d)?|[-–—]")

Interval = tuple[float, float]


def edges_of(regions: list[Region]) -> list[float]:
    """The places between the columns, for all parts of a table together."""
    if any(region.ruled for region in regions):
        places = sorted(rule.x0 for region in regions for rule in region.upright)
        kept = [b for a, b in pairwise([-TOUCH * 2.0, *places]) if b - a > TOUCH]
        return kept[1:-1]
    lines = [line for region in regions for line in region.lines]
    columns = plain_columns(lines)
    over = [word for line in lines if numbers_of(line) == () or is_years(line) for word in line.words]
    return [between(a, b, over) for a, b in pairwise(columns)]


def between(a: Interval, b: Interval, over: list[Word]) -> float:
    """The place between two columns that cuts no word of a header if it can be."""
    middle = (a[1] + b[0]) / 2
    tries = [middle, a[1] + 1, b[0] - 1, (middle + a[1]) / 2, (middle + b[0]) / 2]
    return min(tries, key=lambda x: sum(word.x0 < x < word.x1 for word in over))


def is_years(line: Line) -> bool:
    """Are the numbers of a line the years over the columns?"""
    return all(YEARS.fullmatch(word.text) for word in numbers_of(line))


def plain_columns(lines: list[Line]) -> list[Interval]:
    """The columns that words and numbers of the rows fill; a header adds those that are empty."""
    rows = [line for line in lines if not is_years(line)] or [line for line in lines if numbers_of(line)]
    numbers = joined([word for line in rows for word in numbers_of(line)], BETWEEN_NUMBERS)
    if not numbers:
        return []
    left = numbers[0][0]
    labels = [*rows, *(line for line in lines if not numbers_of(line) and line.x1 <= left + SPARE)]
    words = [word for line in labels for word in line.words if word not in numbers_of(line)]
    columns = sorted([*numbers, *clipped(joined(words, BETWEEN_WORDS), numbers)])
    for line in lines:
        if line in rows or len(cells_of(line)) == 1:
            continue
        for cell in cells_of(line):
            if not any(cell[0].x0 < b and a < cell[-1].x1 for a, b in columns):
                columns.append((cell[0].x0, cell[-1].x1))
        columns.sort()
    return columns


def joined(words: list[Word], white: float) -> list[Interval]:
    """The places that words fill, together where the white between them is narrow."""
    out: list[Interval] = []
    for word in sorted(words, key=lambda word: word.x0):
        if out and word.x0 - out[-1][1] < white * word.size:
            out[-1] = (out[-1][0], max(out[-1][1], word.x1))
        else:
            out.append((word.x0, word.x1))
    return out


def clipped(words: list[Interval], numbers: list[Interval]) -> list[Interval]:
    """The columns of words, without what reaches into a column of numbers."""
    out = []
    for start, end in words:
        ends = [a for a, b in numbers if start < a < end]
        if not any(a <= start < b for a, b in numbers):
            out.append((start, min([end, *(a - 0.1 for a in ends)])))
    return out


def placed(line: Line, edges: list[float]) -> dict[int, list[Word]]:
    """The words of a line by column; words close together stay together, numbers stand alone."""
    out: dict[int, list[Word]] = {}
    before: Word | None = None
    column = 0
    for word in line.words:
        close = before is not None and word.x0 - before.x1 < BETWEEN_NUMBERS * word.size
        alone = before is None or NUMBER.fullmatch(word.text) or NUMBER.fullmatch(before.text)
        if alone or not close:
            column = bisect(edges, word.centre)
        out.setdefault(column, []).append(word)
        before = word
    return out
