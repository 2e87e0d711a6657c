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
SPACE = 0.45  # letter sizes of white between two words
MANY = 2  # numbers after one another: in a sentence there are no more


def numbers_of(line: Line) -> tuple[Word, ...]:
    """The numbers that stand in columns of their own in a line, after its label if it has one."""
    cells = cells_of(line)
    found = [cell for cell in cells if is_number(cell)]
    if len(found) == len(cells):
        own = [word for cell in found for word in cell]
    else:
        own = [word for cell in cells[1:] if is_number(cell) for word in cell]
    tail = trailing(line)
    found_here = tail if len(tail) > max(len(own), MANY) else tuple(own)
    return tuple(word for word in found_here if word not in line.words[: line.labels])


def is_number(cell: tuple[Word, ...]) -> bool:
    return is_figure(" ".join(word.text for word in cell))


def is_figure(text: str) -> bool:
    """
    >>> is_figure("1.139,2"), is_figure("-"), is_figure("3,0 mio. kr."), is_figure("3 initiativer")
    (True, True, True, False)
    """
    return (NUMBER.fullmatch(text) or AMOUNT.fullmatch(text)) is not None


def trailing(line: Line) -> tuple[Word, ...]:
    """The numbers at the end of a line, without a word between them, and none that ends its label."""
    at = len(line.words)
    while at and NUMBER.fullmatch(line.words[at - 1].text):
        at -= 1
    while 0 < at < len(line.words) - 1 and is_close(*line.words[at - 1 : at + 1]):
        if is_close(*line.words[at : at + 2]):
            break
        at += 1
    return line.words[at:]


def is_close(before: Word, word: Word) -> bool:
    """Is there no more than a space between two words?"""
    return word.x0 - before.x1 < SPACE * max(word.size, before.size)


def with_labels(lines: list[Line]) -> list[Line]:
    """The lines, where numbers that stand left of all figures around them are seen as labels."""
    pairs = [(line, numbers_of(line)) for line in lines]
    rows = [(line, found) for line, found in pairs if 0 < len(found) < len(line.words)]
    out = []
    for line, found in pairs:
        around = [row for row in rows if abs(row[0].bottom - line.bottom) < NEAR]
        bare = bool(around) and 0 < len(found) == len(line.words)
        left = min(own[0].x0 for _, own in around) if bare else 0
        before = [word for word in line.words if word.x1 < left]
        alone = len(line.words) == 1
        if before and (alone or all(is_over_label(word, around) for word in before)):
            line = replace(line, labels=len(before))  # noqa: PLW2901 the same line, seen better
        out.append(line)
    return out


def is_over_label(word: Word, rows: list[tuple[Line, tuple[Word, ...]]]) -> bool:
    """Does a word stand over or under the words of a row that are no figures?"""
    labels = (other for line, found in rows for other in line.words if other not in found)
    return any(word.x0 < other.x1 and other.x0 < word.x1 for other in labels)
