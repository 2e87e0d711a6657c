"""Lines in reading order, in one column or several. No PDF library here."""

from itertools import pairwise

from corpus.paper.lines import Line, cells_of, lines_of
from corpus.paper.numbers import numbers_of
from corpus.paper.words import Word

GUTTER = 9  # points that part two columns at least
WHITE = GUTTER / 2  # points on either side of the middle of a gutter
JUMP = 2.4  # letter sizes from line to line inside a column, at most
LEAP = 4  # and after a heading, where no other text stands below the columns
FEWEST = 5  # lines that make a column
PROSE = 3  # words that a line of a text column has on average, at least
MIDDLE = (0.2, 0.8)  # where in the width of a page a gutter can be
ROWS = 5  # one line in so many with numbers of their own makes a table


def reading_order(words: list[Word], page: int, left: float, right: float) -> list[Line]:
    """The lines of a part of a page; where it has columns, each column for itself."""
    lines = lines_of(words, page)
    found = find_gutter(lines, left, right)
    if found is None:
        return [with_right(line, right) for line in lines]
    x, top, bottom = found
    within = [word for word in words if top <= word.middle <= bottom]
    first = [word for word in within if word.centre < x]
    second = [word for word in within if word.centre >= x]
    return [
        *reading_order([word for word in words if word.middle < top], page, left, right),
        *reading_order(first, page, left, max(word.x1 for word in first)),
        *reading_order(second, page, x, right),
        *reading_order([word for word in words if word.middle > bottom], page, left, right),
    ]


def with_right(line: Line, right: float) -> Line:
    return Line(line.words, line.page, right)


def find_gutter(lines: list[Line], left: float, right: float) -> tuple[float, float, float] | None:
    """Where text stands in two columns: the place of the white between them, its top and bottom."""
    width = right - left
    places = sorted(
        {
            round((a[-1].x1 + b[0].x0) / 2)
            for line in lines
            for a, b in pairwise(cells_of(line))
            if b[0].x0 - a[-1].x1 >= GUTTER
            and left + MIDDLE[0] * width < (a[-1].x1 + b[0].x0) / 2 < left + MIDDLE[1] * width
        }
    )
    runs = [(*best, x) for x in places if (best := longest_run(lines, x))]
    if not runs:
        return None
    _, top, bottom, x = max(runs)
    return x, top, bottom


def longest_run(lines: list[Line], x: float) -> tuple[int, float, float] | None:
    """The most lines in a row that leave x free, if text stands on both sides of it."""
    runs: list[list[Line]] = [[]]
    for line in lines:
        if len(numbers_of(line)) > 1 or any(word.x0 - WHITE < x < word.x1 + WHITE for word in line.words):
            runs.append([])
        else:
            runs[-1].append(line)
    run = max((trimmed(run, x, LEAP if run is runs[-1] else JUMP) for run in runs), key=len)
    if len(run) < FEWEST or not is_columns(run, x):
        return None
    return len(run), min(line.top for line in run) - 1, max(line.bottom for line in run) + 1


def trimmed(run: list[Line], x: float, jump: float) -> list[Line]:
    """A run without what stands apart above and below the lines that have text on both sides."""
    left = [i for i, line in enumerate(run) if line.x0 < x]
    right = [i for i, line in enumerate(run) if line.x1 > x]
    if not left or not right:
        return []
    start, end = max(left[0], right[0]), min(left[-1], right[-1])
    while start and run[start].bottom - run[start - 1].bottom < JUMP * run[start].size:
        start -= 1
    while end + 1 < len(run) and run[end + 1].bottom - run[end].bottom < jump * run[end].size:
        end += 1
    return run[start : end + 1]


def is_columns(run: list[Line], x: float) -> bool:
    """Is it running text on both sides, and not a table or a list with its marks?"""
    if sum(bool(numbers_of(line)) for line in run) * ROWS > len(run):
        return False
    sides = [
        [[word for word in line.words if word.x0 < x] for line in run],
        [[word for word in line.words if word.x0 > x] for line in run],
    ]
    return all(is_prose([part for part in side if part]) for side in sides)


def is_prose(parts: list[list[Word]]) -> bool:
    words = [word for part in parts for word in part]
    lettered = sum(any(map(str.isalpha, word.text)) for word in words)
    return len(parts) >= FEWEST and len(words) >= PROSE * len(parts) and lettered * 10 >= len(words) * 8
