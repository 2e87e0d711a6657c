"""The numbers that stand in columns of their own. No PDF library here."""

import re
from dataclasses import replace

from corpus.paper.lines import Line, cells_of
from corpus.paper.words import Word

NUMBER = re.compile(
    r"\(?[-–—+]?\s?(?:\d{1,3}(?:[. ’']\d{3})+|\d+)(?:,\d+)?\s?%?\)?(?:\*{1,3}|\d?\))?|[-–—]|\d{4}-\d{2,4}"
)
# "10,5 mio. kr.": a number with its abbreviated unit
AMOUNT = re.compile(rf"(?:{NUMBER.pattern})\s[a-zæøå]{{2,5}}\.(?:\s?[a-zæøå]{{1,3}}\.?)?")
NEAR = 50  # points from a wrapped title to the numbers of its row, at most
MANY = 2  # numbers after one another: in a sentence there are no more


def numbers_of(line: Line) -> tuple[Word, ...]:
    """The numbers that stand in columns of their own in a line, after its label if it has one."""
    if line.label:
        return ()
    cells = cells_of(line)
    found = [cell for cell in cells if is_number(cell)]
    if len(found) == len(cells):
        own = [word for cell in found for word in cell]
    else:
        own = [word for cell in cells[1:] if is_number(cell) for word in cell]
    tail = trailing(line)
    return tail if len(tail) > max(len(own), MANY) else tuple(own)


def is_number(cell: tuple[Word, ...]) -> bool:
    return is_figure(" ".join(word.text for word in cell))


def is_figure(text: str) -> bool:
    """
    >>> is_figure("1.139,2"), is_figure("-"), is_figure("3,0 mio. kr."), is_figure("3 initiativer")
    (True, True, True, False)
    """
    return (NUMBER.fullmatch(text) or AMOUNT.fullmatch(text)) is not None


def trailing(line: Line) -> tuple[Word, ...]:
    """The numbers at the end of a line, without a word between them."""
    at = len(line.words)
    while at and NUMBER.fullmatch(line.words[at - 1].text):
        at -= 1
    return line.words[at:]


def with_labels(lines: list[Line]) -> list[Line]:
    """The lines, where a number alone that stands left of all figures around it is seen as a label."""
    numbers = [numbers_of(line) for line in lines]
    pairs = [*zip(lines, numbers, strict=True)]
    rows = [(line.bottom, found[0].x0) for line, found in pairs if 0 < len(found) < len(line.words)]
    out = []
    for line, found in pairs:
        alone = bool(found) and len(line.words) == 1
        lefts = [left for foot, left in rows if abs(foot - line.bottom) < NEAR] if alone else []
        label = bool(lefts) and line.x1 < min(lefts)
        out.append(replace(line, label=True) if label else line)
    return out
