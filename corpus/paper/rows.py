"""The rows and cells of a table: which lines are one row, also over the end of a page."""

from bisect import bisect
from collections.abc import Iterator
from itertools import pairwise, takewhile

from corpus.paper.columns import edges_of, placed
from corpus.paper.join import join, join_lines
from corpus.paper.lines import Line, Rule, cells_of, lines_of
from corpus.paper.numbers import is_figure, numbers_of, with_labels
from corpus.paper.tables import TOUCH, WRAPPED, Region
from corpus.paper.words import Word
from corpus.shape import Draft

Row = dict[int, str]  # text by column
TIGHT = 1.25  # times the least distance of lines: still the same cell
CLOSER = 1.45  # letter sizes: lines further apart are one cell only if the upper one is full
BESIDE = 0.8  # letter sizes: lines nearer than that stand beside each other, in one row
HALF = 2
OPEN = -1  # column of a band that no upright rules part
UNRULED = 3  # bands: a header and all the rows, and perhaps their sum


def cell_drafts(regions: list[Region]) -> Iterator[Draft]:
    """The cells of a table over one page or several: the header once, split rows joined."""
    rows = [(row, page) for row, page in all_rows(regions) if row]
    gap = True
    for number, (row, page) in enumerate(rows):
        for column in sorted(row):
            yield Draft("cell", row[column], row=number, column=column, page=page, gap=gap)
            gap = False


def all_rows(regions: list[Region]) -> list[tuple[Row, int]]:
    edges = edges_of(regions)
    out: list[tuple[Row, int]] = []
    for region in regions:
        rows = [row for row in region_rows(region, edges) if row]
        header = repeated([row for row, _ in out], rows)
        rows = rows[header:]
        if out and rows and is_rest(out[-1][0], rows[0]):
            out[-1] = (glued(out[-1][0], rows.pop(0)), out[-1][1])
        out += [(row, region.page) for row in rows]
    return out


def repeated(above: list[Row], rows: list[Row]) -> int:
    """How many of the first rows repeat the first rows of the table."""
    same = 0
    for old, row in zip(above, rows, strict=False):
        if old != row:
            break
        same += 1
    return same


def is_rest(last: Row, row: Row) -> bool:
    """Is the first row of a page what is left of the last row of the page before?"""
    if all(map(is_figure, last.values())) and not has_numbers(row):
        return True
    first = row[min(row)]
    cut = last.get(min(row), "").endswith("-") and len(last.get(min(row), "")) > 1
    goes_on = first[:1].islower() or cut
    halves = (has_numbers(row), has_numbers(last))
    return halves != (True, True) and goes_on and any(halves)


def has_numbers(row: Row) -> bool:
    return any(is_figure(text) for column, text in row.items() if column > min(row))


def glued(last: Row, row: Row) -> Row:
    return {column: join(last.get(column, ""), row.get(column, "")) for column in {*last, *row}}


def region_rows(region: Region, edges: list[float]) -> list[Row]:
    if region.ruled:
        bands = [*ruled_bands(region, edges)]
        return [row for band in bands for row in split_band(band, edges, len(bands) <= UNRULED)]
    return [row_of(lines, edges) for lines in grouped(list(region.lines))]


def row_of(lines: list[Line], edges: list[float]) -> Row:
    """The text of each column; the words of a header over several columns stand in the first."""
    parts: dict[int, list[str]] = {}
    for line in lines:
        for column, words in placed(line, edges).items():
            parts.setdefault(column, []).append(" ".join(word.text for word in words))
    return {column: join_lines(texts) for column, texts in parts.items()}


# --- between ruled lines -------------------------------------------------------------------------


def ruled_bands(region: Region, edges: list[float]) -> Iterator[dict[int, list[Line]]]:
    """The lines of each cell, band by band between the level rules."""
    places = sorted(rule.top for rule in region.level)
    levels = [b for a, b in pairwise([-9.0, *places]) if b - a > TOUCH]
    cells: dict[tuple[int, int], list[Word]] = {}
    for word in region.lines[0].words:
        at = (bisect(levels, word.middle), bisect(edges, word.centre))
        cells.setdefault(root(at, levels, edges, region), []).append(word)
    for band in sorted({row for row, _ in cells}):
        inside = {column: words for (row, column), words in cells.items() if row == band}
        yield {column: lines_of(words, region.page) for column, words in inside.items()}


def root(at: tuple[int, int], levels: list[float], edges: list[float], region: Region) -> tuple[int, int]:
    """The first of the cells that no rule parts from this one; OPEN in a band without upright rules."""
    row, column = at
    bounds = [region.box[0], *edges, region.box[2]]
    heights = [region.box[1], *levels, region.box[3]]
    middle = (heights[row] + heights[row + 1]) / 2
    if not any(parts_upright(rule, x, middle) for rule in region.upright for x in edges):
        return row, OPEN
    while column and not any(parts_upright(rule, edges[column - 1], middle) for rule in region.upright):
        column -= 1
    centre = (bounds[column] + bounds[column + 1]) / 2
    while row > 1 and not any(parts_level(rule, levels[row - 1], centre) for rule in region.level):
        row -= 1
    return row, column


def parts_upright(rule: Rule, x: float, middle: float) -> bool:
    return abs(rule.x0 - x) <= TOUCH and rule.top - 1 <= middle <= rule.bottom + 1


def parts_level(rule: Rule, y: float, centre: float) -> bool:
    return abs(rule.top - y) <= TOUCH and rule.x0 - 1 <= centre <= rule.x1 + 1


def split_band(band: dict[int, list[Line]], edges: list[float], few: bool) -> list[Row]:
    """A band is one row, unless the rows in it have no rules between them."""
    words = [word for lines in band.values() for line in lines for word in line.words]
    lines = with_labels(lines_of(words, next(iter(band.values()))[0].page))
    if OPEN in band:
        return [row_of(group, edges) for group in (grouped(lines) if anchors(lines) > 1 else [lines])]
    if (title := titles(lines)) and len(title) < len(lines):
        above = {word for line in title for word in line.words}
        below = {column: [line for line in own if not above & {*line.words}] for column, own in band.items()}
        head = {min(band): join_lines([line.text for line in title])}
        return [head, *split_band({column: own for column, own in below.items() if own}, edges, few)]
    full = [line for line in lines if figures(line) * HALF >= max(len(edges), HALF * HALF)]
    if len(full) > 1 or (few and anchors(lines) > UNRULED):
        return [row_of(group, edges) for group in grouped(lines)]
    return [{column: join_lines([line.text for line in own]) for column, own in band.items()}]


def figures(line: Line) -> int:
    return sum(is_figure(word.text) for word in numbers_of(line))


def titles(lines: list[Line]) -> list[Line]:
    """The bold lines with which a band begins, over lines that are not bold: an area and its first row."""
    head = [*takewhile(lambda line: line.bold and not numbers_of(line), lines)]
    rest = lines[len(head) :]
    over = bool(head and rest) and is_over(head[-1], rest[0]) and rest[0].x0 - head[-1].x0 < TOUCH * 4
    return head if over and not rest[0].words[0].bold else []


# --- without them --------------------------------------------------------------------------------


def grouped(lines: list[Line]) -> list[list[Line]]:
    """The lines of each row: what stands close together, with one line of numbers in it."""
    lines = sorted(lines, key=lambda line: line.main.middle)
    groups = close_groups(lines)
    ways = (at_top, at_bottom, at_middle)
    tried = [
        [row for group in groups for row in (way(group) if anchors(group) > 1 else [group])] for way in ways
    ]
    return max(tried, key=lambda rows: sum(map(plausible, rows)))


def anchors(lines: list[Line]) -> int:
    """How many lines of numbers there are; those that stand beside each other are one."""
    return sum(map(has_anchor, units_of(lines)))


def units_of(lines: list[Line]) -> list[list[Line]]:
    """The lines, those together that are too near each other to be two rows."""
    units: list[list[Line]] = []
    for line in lines:
        last = units[-1][-1] if units else None
        if last and abs(line.bottom - last.bottom) < BESIDE * min(line.size, last.size):
            units[-1].append(line)
        else:
            units.append([line])
    return units


def has_anchor(unit: list[Line]) -> bool:
    return any(map(numbers_of, unit))


def close_groups(lines: list[Line]) -> list[list[Line]]:
    """The lines in groups, each as close together as the lines of one label are."""
    labels = [line for line in lines if line.words != numbers_of(line)]
    tight = min(wrapped_gaps(labels), default=0.0) * TIGHT
    groups: list[list[Line]] = []
    for line in labels:
        last = groups[-1][-1] if groups else None
        gap = line.bottom - last.bottom if last else 0
        if last and gap <= tight and is_near(last, line, labels):
            groups[-1].append(line)
        else:
            groups.append([line])
    for line in (line for line in lines if line not in labels):
        home = next((group for group in groups if holds(group, line)), None)
        if home is None:
            groups.append([line])
        else:
            home.append(line)
            home.sort(key=lambda line: line.main.middle)
    return sorted(groups, key=lambda group: group[0].main.middle)


def wrapped_gaps(lines: list[Line]) -> Iterator[float]:
    """How far lines without numbers stand from the line above them in the same column."""
    for i, line in enumerate(lines):
        over = (other for other in reversed(lines[:i]) if is_over(other, line))
        above = next(over, None)
        if above and not (numbers_of(line) and numbers_of(above)) and is_near(above, line, lines):
            yield line.bottom - above.bottom


def is_near(above: Line, line: Line, lines: list[Line]) -> bool:
    """May two lines be of one cell: close, or less so where the first word had no room above?"""
    gap, size = line.bottom - above.bottom, max(line.size, above.size)
    return gap <= CLOSER * size or (gap <= WRAPPED * size and is_full(above, line, lines))


def is_full(above: Line, line: Line, lines: list[Line]) -> bool:
    """Had the first word of a line no room in the line above it, in the same column?"""
    for cell in cells_of(line):
        for over in cells_of(above):
            if over[0].x0 < cell[-1].x1 and cell[0].x0 < over[-1].x1:
                same = [part for other in lines for part in cells_of(other) if is_in_column(part, over)]
                right = max(part[-1].x1 for part in same)
                return over[-1].x1 + cell[0].x1 - cell[0].x0 > right - TOUCH
    return True


def is_in_column(part: tuple[Word, ...], cell: tuple[Word, ...]) -> bool:
    return abs(part[0].x0 - cell[0].x0) < TOUCH or abs(part[-1].x1 - cell[-1].x1) < TOUCH


def is_over(line: Line, below: Line) -> bool:
    """Do two lines have a part in the same column?"""
    parts = [(cell[0].x0, cell[-1].x1) for cell in cells_of(below)]
    return any(cell[0].x0 < x1 and x0 < cell[-1].x1 for cell in cells_of(line) for x0, x1 in parts)


def holds(group: list[Line], line: Line) -> bool:
    inside = group[0].top <= line.main.middle <= max(other.bottom for other in group)
    return inside or any(abs(line.bottom - other.bottom) < BESIDE * line.size for other in group)


def at_top(group: list[Line]) -> list[list[Line]]:
    """Each line of numbers begins a row."""
    rows: list[list[Line]] = [[]]
    for unit in units_of(group):
        if has_anchor(unit):
            rows.append([])
        rows[-1] += unit
    return [row for row in rows if row]


def at_bottom(group: list[Line]) -> list[list[Line]]:
    """Each line of numbers ends a row."""
    rows: list[list[Line]] = [[]]
    for unit in units_of(group):
        rows[-1] += unit
        if has_anchor(unit):
            rows.append([])
    return [row for row in rows if row]


def at_middle(group: list[Line]) -> list[list[Line]]:
    """Each line of numbers stands in the middle of its row."""
    rows: list[list[Line]] = []
    left = list(group)
    while left:
        anchor = next((line for line in left if numbers_of(line)), left[-1])
        end = 2 * anchor.main.middle - left[0].main.middle + 1
        row = [line for line in left if line.main.middle <= end]
        rows.append(row)
        left = [line for line in left if line not in row]
    return rows


def plausible(row: list[Line]) -> int:
    """How much the lines of a row look like one: a label with a capital, and one line of numbers."""
    words = [line for line in row if line.words != numbers_of(line)]
    one = anchors(row) == 1
    if not words:
        return -2
    return (2 if one else -1) + (-2 if words[0].text[:1].islower() else 0)
