"""What stands on the pages and not in the text: headers, footers, page numbers, stamps."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from corpus.furniture import is_line
from corpus.paper.contents import contents
from corpus.paper.lines import Line, Page, cells_of, lines_of
from corpus.paper.numbers import numbers_of
from corpus.paper.tables import CLOSE, overlap
from corpus.paper.words import Word

MARGIN = 0.14  # of the height of a page: where headers and footers stand
DEEP = 4  # lines of a header or footer, at most
DRIFT = 3  # points that a repeated line may stand higher or lower
OFTEN = 0.4  # of the pages
FEWEST = 2  # pages
SAME = 0.6  # points in which the sizes of a row and its header do not differ
DIGITS = re.compile(r"\d+")
PAGE_NUMBER = re.compile(
    r"(?:(?:side|page|s\.)\s*)?[-–—|/\[(]?\s*(?:\d{1,4}|[ivxl]{1,6})\s*[-–—|\])]?"
    r"(?:\s*(?:af|of|/|ud af)\s*\d{1,4})?",
    re.I,
)
IMAGE = re.compile(r"\S{1,60}\.(?:png|jpe?g|tiff?|gif|bmp)", re.I)
STAMP = re.compile(
    r"(?:.{3,80}udvalg\w*(?:, .{3,80})? \d{4}[-/]\d{2,4}(?: \(.{1,20}\))?|"
    r"[A-ZÆØÅ]{2,4},? Alm\. ?del.{0,60}|(?:endeligt svar|bilag \d+)?\s?offentligt)",
    re.I,
)
LETTERHEAD = re.compile(r"[^.:!?]{0,80}(?:ministeriet|styrelsen)", re.I)
KIND = re.compile(r"[A-ZÆØÅ]{3,20}")  # "FAKTAARK"
MARK = re.compile(r"\d{1,2}")
RAISED = 0.12  # letter sizes that a mark stands above the line
SMALL = 0.85  # of the size of its line


def without_furniture(pages: list[Page]) -> list[Page]:
    """The pages without what repeats in their margins, and without what is no text by its form."""
    lines = [lines_of(list(page.words), page.number) for page in pages]
    edges = [[*margins(page, own)] for page, own in zip(pages, lines, strict=True)]
    often = Counter(key for own in edges for key in {*map(key_of, own)})
    least = max(FEWEST, OFTEN * len(pages))
    listed = {word for line in contents([*chain.from_iterable(lines)], len(pages)) for word in line.words}
    kept = []
    for page, own, edge in zip(pages, lines, edges, strict=True):
        dropped = [line for line in edge if count(often, line) >= least or has_number(line)]
        dropped += [line for line in own if IMAGE.fullmatch(line.text) or is_line(line.text)]
        dropped += stamps(page, own)
        gone = {word for line in dropped for word in line.words}
        gone |= listed | {*letterhead(page, own)} | {*marks(own)}
        kept.append(replace(page, words=tuple(word for word in page.words if word not in gone)))
    return kept


def has_number(line: Line) -> bool:
    """A page number alone, or "Side 3" beside other words."""
    cells = [" ".join(word.text for word in cell) for cell in cells_of(line)]
    return bool(PAGE_NUMBER.fullmatch(line.text)) or any(
        PAGE_NUMBER.fullmatch(cell) and cell[0].isalpha() and " " in cell for cell in cells
    )


def key_of(line: Line) -> tuple[str, int]:
    return DIGITS.sub("#", line.text.casefold()), round(line.bottom)


def count(often: Counter[tuple[str, int]], line: Line) -> int:
    """On how many pages the words of a line stand at its height, or nearly."""
    text, height = key_of(line)
    return sum(often[text, near] for near in range(height - DRIFT, height + DRIFT + 1))


def margins(page: Page, lines: list[Line]) -> Iterator[Line]:
    """The lines nearest to the upper and lower end of a page that are no row of a table."""
    top, bottom = MARGIN * page.height, (1 - MARGIN) * page.height
    for i, line in enumerate(lines):
        following = lines[i + 1] if i + 1 < len(lines) else None
        before = lines[i - 1] if i else None
        above = i < DEEP and line.bottom < top and not is_row(line, following)
        below = i >= len(lines) - DEEP and line.top > bottom and not is_row(line, before)
        if above or below:
            yield line


def is_row(line: Line, neighbour: Line | None) -> bool:
    """Do the parts of a line stand over or under those of a line with numbers?"""
    if neighbour is None or not (numbers_of(neighbour) or numbers_of(line)):
        return False
    if abs(neighbour.bottom - line.bottom) > CLOSE or abs(neighbour.size - line.size) > SAME:
        return False
    cells, others = cells_of(line), cells_of(neighbour)
    over = sum(any(overlap(a, b) for a in cell for other in others for b in other) for cell in cells)
    return over > 1 and len(cells) > 1 and len(others) > 1


def stamps(page: Page, lines: list[Line]) -> list[Line]:
    """The stamp of a committee on the first page: lines of its form at the top that hang together."""
    found = []
    for line in lines[: DEEP + 1] if page.number == 1 else []:
        if line.bottom > MARGIN * page.height or not STAMP.fullmatch(line.text):
            break
        found.append(line)
    return found if any("offentligt" in line.text.lower() for line in found) else []


def letterhead(page: Page, lines: list[Line]) -> Iterator[Word]:
    """The name of a ministry at the top of the first page, and the kind of text beside it."""
    largest = max((line.size for line in lines), default=0)
    for line in lines[:DEEP] if page.number == 1 else []:
        first, *others = cells_of(line)
        name = LETTERHEAD.fullmatch(" ".join(word.text for word in first))
        if name and line.bottom <= MARGIN * page.height and (line.size < largest or line.text.isupper()):
            kinds = [cell for cell in others if KIND.fullmatch(" ".join(word.text for word in cell))]
            yield from (word for cell in (first, *kinds) for word in cell)


def marks(lines: list[Line]) -> Iterator[Word]:
    """The raised numbers in lines that refer to notes on the same page."""
    notes = {found[0] for line in lines if (found := MARK.match(line.text))}
    for line in lines:
        for word in line.words[1:]:
            small = MARK.fullmatch(word.text) and word.size < SMALL * line.size
            if small and line.bottom - word.bottom > RAISED * line.size and word.text in notes:
                yield word
