"""Where the tables of a page are: between ruled lines, or a run of rows with aligned numbers."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.paper.joints import joint_rules
from corpus.paper.lines import Line, Page, Rule, cells_of, inside
from corpus.paper.numbers import numbers_of
from corpus.paper.words import Word

TOUCH = 3  # points between ruled lines that meet
MOST_RULES = 1500  # more is a drawing
SPARE = 2  # points that a label may reach into the numbers
CLOSE = 34  # points between a header and its first row, or between rows, at most
WRAPPED = 1.75  # letter sizes from line to line in one cell, at most
APART = 2.5  # letter sizes from words over several columns to what stands below them, at most
FEW = 2
DEEP = 4  # lines from the top of a page in which a table goes on
REST = 12  # lines of a label that a page end cuts off, at most


@dataclass(frozen=True, slots=True)
class Region:
    """The part of a page that a table fills."""

    page: int
    box: tuple[float, float, float, float]
    lines: tuple[Line, ...]
    upright: tuple[Rule, ...] = ()
    level: tuple[Rule, ...] = ()
    header: int = 0  # lines above the first row with numbers

    @property
    def ruled(self) -> bool:
        return bool(self.upright)


def ruled_regions(page: Page) -> list[Region]:
    """The grids of ruled lines that meet, with the words in them; a frame around text is none."""
    rules = merged((*page.rules, *joint_rules(page)))
    regions = []
    for group in touching(rules) if len(rules) <= MOST_RULES else []:
        upright = tuple(rule for rule in group if rule.x0 == rule.x1)
        level = tuple(rule for rule in group if rule.top == rule.bottom)
        if len({round(r.x0 / TOUCH) for r in upright}) <= FEW or len(level) < FEW:
            continue
        box = (
            min(rule.x0 for rule in group) - TOUCH,
            min(rule.top for rule in group) - TOUCH,
            max(rule.x1 for rule in group) + TOUCH,
            max(rule.bottom for rule in group) + TOUCH,
        )
        words = tuple(word for word in page.words if inside(word, box))
        if len(words) >= FEW:
            regions.append(Region(page.number, box, (Line(words, page.number),), upright, level))
    regions.sort(key=lambda region: region.box[1])
    outer = [r for r in regions if not any(r is not other and within(r.box, other.box) for other in regions)]
    return striped(outer, page)


def striped(regions: list[Region], page: Page) -> list[Region]:
    """The regions, those together that are the shaded rows of one table."""
    out: list[Region] = []
    for region in regions:
        between = [w for w in page.words if out and out[-1].box[3] < w.middle < region.box[1]]
        if out and uprights(out[-1]) == uprights(region) and not any(crosses(w, region) for w in between):
            words = (*out[-1].lines[0].words, *between, *region.lines[0].words)
            box = (*out[-1].box[:3], region.box[3])
            rules = (*out[-1].upright, *region.upright), (*out[-1].level, *region.level)
            out[-1] = Region(page.number, box, (Line(words, page.number),), *rules)
        else:
            out.append(region)
    return out


def uprights(region: Region) -> set[int]:
    return {round(rule.x0 / TOUCH) for rule in region.upright}


def crosses(word: Word, region: Region) -> bool:
    return any(word.x0 + 1 < rule.x0 < word.x1 - 1 for rule in region.upright)


def within(box: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return other[0] <= box[0] and other[1] <= box[1] and box[2] <= other[2] and box[3] <= other[3]


def merged(rules: tuple[Rule, ...]) -> list[Rule]:
    """Ruled lines that go on in each other are one."""
    out: list[Rule] = []
    for rule in sorted(set(rules), key=lambda r: (r.x0 != r.x1, *place(r))):
        last = out[-1] if out else None
        if last and goes_on(last, rule):
            upright = last.x0 == last.x1
            longer = {"bottom": max(last.bottom, rule.bottom)} if upright else {"x1": max(last.x1, rule.x1)}
            out[-1] = replace(last, **longer)
        else:
            out.append(rule)
    return out


def place(rule: Rule) -> tuple[float, float]:
    """Where a rule lies across its direction, and where it begins along it."""
    return (round(rule.x0), rule.top) if rule.x0 == rule.x1 else (round(rule.top), rule.x0)


def goes_on(last: Rule, rule: Rule) -> bool:
    if (last.x0 == last.x1) != (rule.x0 == rule.x1) or place(last)[0] != place(rule)[0]:
        return False
    end = last.bottom if last.x0 == last.x1 else last.x1
    return place(rule)[1] <= end + TOUCH


def touching(rules: list[Rule]) -> Iterator[list[Rule]]:
    """The rules in groups that hang together."""
    left = list(rules)
    while left:
        group = [left.pop()]
        for rule in group:
            near = [other for other in left if meets(rule, other)]
            left = [other for other in left if not meets(rule, other)]
            group += near  # the loop goes on over these
        yield group


def meets(a: Rule, b: Rule) -> bool:
    across = a.x0 <= b.x1 + TOUCH and b.x0 <= a.x1 + TOUCH
    return across and a.top <= b.bottom + TOUCH and b.top <= a.bottom + TOUCH


def plain_regions(lines: list[Line], above: list[Word]) -> list[tuple[int, int, Region]]:
    """The tables without upright rules: first line, line after the last, and region of each.

    `above` are the numbers of a table that may go on here from the page before.
    """
    numbers = [numbers_of(line) for line in lines]
    found: list[tuple[int, int, Region]] = []
    for run in runs_of(lines, numbers):
        rows = [numbers[i] for i in run]
        if not aligned(rows) and not (run[0] < DEEP and under(rows[0], above)):
            continue
        left = min(word.x0 for i in run for word in numbers[i])
        floor = found[-1][1] if found else 0
        start = first_line(lines, run, numbers, left, floor)
        if above and start <= REST and all(line.x1 <= left + SPARE for line in lines[:start]):
            start = 0  # what was left of the last row of the page before
        end = last_line(lines, run, left)
        part = tuple(lines[start:end])
        found.append((start, end, region_of(part, run[0] - start)))
    return found


def under(row: tuple[Word, ...], above: list[Word]) -> bool:
    """Do most of the numbers of a row stand under numbers of the page before?"""
    found = sum(any(overlap(word, other) for other in above) for word in row)
    return found > 1 and found * 2 > len(row)


def region_of(lines: tuple[Line, ...], header: int) -> Region:
    words = [word for line in lines for word in line.words]
    box = (
        min(word.x0 for word in words),
        min(word.top for word in words),
        max(word.x1 for word in words),
        max(word.bottom for word in words),
    )
    return Region(lines[0].page, box, lines, header=header)


def runs_of(lines: list[Line], numbers: list[tuple[Word, ...]]) -> list[list[int]]:
    """The lines with numbers, in runs that only labels interrupt."""
    runs: list[list[int]] = []
    for i, found in enumerate(numbers):
        if not found:
            continue
        if runs and continues(lines, numbers, runs[-1], i):
            runs[-1].append(i)
        else:
            runs.append([i])
    return runs


def continues(lines: list[Line], numbers: list[tuple[Word, ...]], run: list[int], i: int) -> bool:
    """Does a line with numbers belong to the rows before it: near, under their numbers, no prose between?"""
    left = min(word.x0 for at in [*run, i] for word in numbers[at])
    between = lines[run[-1] + 1 : i]
    near = all(-1 <= b.bottom - a.bottom <= CLOSE * 1.5 for a, b in pairwise(lines[run[-1] : i + 1]))
    under = any(overlap(a, b) for at in run[-3:] for a in numbers[at] for b in numbers[i])
    return near and under and all(line.x1 <= left + SPARE or is_subtitle(line) for line in between)


def is_subtitle(line: Line) -> bool:
    """A line over several columns that is set off by its letters."""
    return line.bold and len(line.text) < CLOSE * 3 and line.text[-1] not in ".:;"


def overlap(a: Word, b: Word) -> bool:
    return min(a.x1, b.x1) > max(a.x0, b.x0)


def aligned(rows: list[tuple[Word, ...]]) -> bool:
    """Do the numbers of the rows stand under each other, in two columns or, if only one, often?"""
    columns: list[list[Word]] = []
    for word in (word for row in rows for word in row):
        column = next((column for column in columns if overlap(column[0], word)), None)
        if column is None:
            columns.append([word])
        else:
            column.append(word)
    full = [column for column in columns if len(column) > 1]
    if len(full) > 1 and len(rows) > 1:
        return True
    return len(full) == 1 and len(full[0]) > FEW and lined_up(full[0])


def lined_up(column: list[Word]) -> bool:
    """Do numbers end, begin or stand centred at the same place?"""
    edges = ([w.x1 for w in column], [w.x0 for w in column], [w.centre for w in column])
    return any(max(places) - min(places) < TOUCH for places in edges)


def first_line(
    lines: list[Line], run: list[int], numbers: list[tuple[Word, ...]], left: float, floor: int
) -> int:
    """Where a table begins: with its header, or with the label of its first row."""
    columns = [word for i in run for word in numbers[i]]
    start = at = run[0]
    while at > floor and 0 <= lines[at].bottom - lines[at - 1].bottom <= CLOSE:
        at -= 1
        line = lines[at]
        far = len(cells_of(line)) == 1 and lines[at + 1].bottom - line.bottom > APART * line.size
        if is_header(line, columns, left) and not far:
            start = at
        elif line.x1 > left + SPARE:
            break
    labelled = lines[start].words[0].x0 < left - SPARE and not lines[start].text[:1].islower()
    while start > floor and not labelled and is_wrapped(lines[start - 1], lines[start], left):
        start -= 1
    return start


def is_header(line: Line, columns: list[Word], left: float) -> bool:
    """Does a line stand over columns of numbers, its words apart as they are?"""
    cells = cells_of(line)
    over = [any(overlap(word, w) for word in cell for w in columns) for cell in cells]
    apart = len(cells) > 1 and any(over[1:])
    return apart or (line.x0 >= left - CLOSE and len(cells) == 1 and over[0] and len(line.text) < CLOSE)


def is_wrapped(line: Line, following: Line, left: float) -> bool:
    """Is a line the beginning of the label that goes on below it?"""
    near = 0 <= following.bottom - line.bottom <= WRAPPED * max(line.size, following.size)
    return near and line.x1 <= left + SPARE and abs(line.size - following.size) < 1


def last_line(lines: list[Line], run: list[int], left: float) -> int:
    """Where a table ends: after what is left of the last row's label."""
    end = run[-1] + 1
    pitch = min((lines[b].bottom - lines[a].bottom for a, b in pairwise(run)), default=0)
    while end < len(lines):
        line, before = lines[end], lines[end - 1]
        gap = line.bottom - before.bottom
        near = 0 <= gap <= WRAPPED * line.size and line.x1 <= left + SPARE
        same = abs(line.size - before.size) < 1 and line.bold == before.bold
        if not (near and same and (not line.text[:1].isupper() or gap * 1.4 < pitch)):
            break
        end += 1
    return end
