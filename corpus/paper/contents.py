"""Which lines are a table of contents: titles with the numbers of the pages they stand on."""

import re
from collections.abc import Iterator

from corpus.paper.lines import Line, cells_of

HEADING = re.compile(r"(?:indhold(?:sfortegnelse)?|contents|table of contents):?", re.I)
LEADERS = re.compile(r"(?:[.…·_]\s?){4,}\s*(\d{1,3})")
PAGE = re.compile(r"\d{1,3}")
FEWEST = 3  # entries that show by themselves what they are
HEADED = 2  # entries below the heading of one
WRAPPED = 2  # lines of an entry above the one with its number
BEYOND = 5  # pages that a printed number may exceed their count


def contents(lines: list[Line], pages: int) -> Iterator[Line]:
    """The lines of the tables of contents in a document, with their headings."""
    at = 0
    while at < len(lines):
        headed = HEADING.fullmatch(lines[at].text) is not None
        end, numbers = entries(lines, at + headed, headed)
        enough = len(numbers) >= (HEADED if headed else FEWEST)
        if enough and (headed or numbers[-1] <= pages + BEYOND):
            yield from lines[at:end]
            at = end
        else:
            at += 1


def entries(lines: list[Line], start: int, headed: bool) -> tuple[int, list[int]]:
    """Where the entries that begin at a line end, and the pages they name, which never go back."""
    end, numbers = start, list[int]()
    for i in range(start, len(lines)):
        number = page_of(lines[i], headed)
        if number is not None and number >= max(numbers, default=0):
            numbers.append(number)
            end = i + 1
        elif number is not None or i - end >= (WRAPPED if headed or numbers else 0):
            break
    return end, numbers


def page_of(line: Line, headed: bool) -> int | None:
    """The page that an entry names, after dots, or below a heading also after white."""
    if found := LEADERS.search(line.text):
        return int(found[1]) if found.end() == len(line.text) else None
    last = " ".join(word.text for word in cells_of(line)[-1])
    apart = headed and len(cells_of(line)) > 1 and PAGE.fullmatch(last)
    return int(last) if apart else None
