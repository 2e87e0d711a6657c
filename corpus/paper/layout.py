"""Pages to drafts: which words are tables, which are text, what goes on over a page."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from corpus.compose import find_title
from corpus.paper.columns import edges_of
from corpus.paper.lines import Line, Page, inside
from corpus.paper.numbers import numbers_of, with_labels
from corpus.paper.order import reading_order
from corpus.paper.rows import all_rows, cell_drafts
from corpus.paper.tables import REST, SPARE, Region, plain_regions, ruled_regions
from corpus.paper.text import TITLE, Style, drafts_of_pieces, pieces_of, style_of
from corpus.paper.words import Word
from corpus.shape import Draft, settle

Item = Line | Region
SHIFT = 25  # points that a table may be broader on the next page
COVER = 3  # pages among which the title is sought
UNCLEAR = 3  # lines in a row with several numbers, in no table


def drafts_of_pages(pages: list[Page], named: str) -> tuple[list[Draft], list[str]]:
    """The drafts of a document and notes; `named` is the title that its metadata give it."""
    tables = tables_of([*items_of(pages)])
    text = [item for item in tables if isinstance(item, Line)]
    style = style_of(text) if text else None
    drafts: list[Draft] = []
    for is_text, part in groupby(tables, key=lambda item: isinstance(item, Line)):
        group = [*part]
        if is_text and style:
            lines = [item for item in group if isinstance(item, Line)]
            drafts += drafts_of_pieces(pieces_of(lines, style), style)
        else:
            tables_here = [item for item in group if isinstance(item, list)]
            drafts += [cell for regions in tables_here for cell in cell_drafts(regions)]
    notes = ["table_unclear"] if is_unclear(text) else []
    return levelled(settle(titled(drafts, named, style), bold_only=True)), notes


def items_of(pages: list[Page]) -> Iterator[Item]:
    """Lines and tables in reading order."""
    above: list[Word] = []  # the numbers of a table that reaches the end of its page
    for page in pages:
        items = [*page_items(page, above)]
        yield from items
        last = next((item for item in reversed(items) if isinstance(item, Region)), None)
        open_end = last is not None and not last.ruled and len(items) - items.index(last) <= REST + 1
        above = [w for line in last.lines for w in numbers_of(line)] if last and open_end else []


def page_items(page: Page, above: list[Word]) -> Iterator[Item]:
    """The lines and tables of a page."""
    ruled = ruled_regions(page)
    words = [word for word in page.words if not any(inside(word, region.box) for region in ruled)]
    for region in ruled:
        part = [word for word in words if word.middle < region.box[3]]
        words = [word for word in words if word.middle >= region.box[3]]
        yield from part_items(page, part, above)
        yield region
        above = []
    yield from part_items(page, words, above)


def part_items(page: Page, words: list[Word], above: list[Word]) -> Iterator[Item]:
    if not words:
        return
    everything = page.words
    left, right = min(word.x0 for word in everything), max(word.x1 for word in everything)
    lines = with_labels(reading_order(words, page.number, left, right))
    at = 0
    for start, end, region in plain_regions(lines, above):
        yield from lines[at:start]
        yield region
        at = end
    yield from lines[at:]


def tables_of(items: list[Item]) -> list[Line | list[Region]]:
    """The items, with the parts of a table over several pages together."""
    out: list[Line | list[Region]] = []
    for item in items:
        if isinstance(item, Line):
            out.append(item)
            continue
        rest = left_over(out)
        before = out[-1 - len(rest)] if len(rest) < len(out) else None
        if isinstance(before, list) and is_continued(before, item):
            del out[len(out) - len(rest) :]
            before[-1] = replace(before[-1], lines=(*before[-1].lines, *rest))
            before.append(item)
        else:
            out.append([item])
    return out


def left_over(out: list[Line | list[Region]]) -> list[Line]:
    """The lines at the end of a page that are the beginning of a row of the next."""
    rest: list[Line] = []
    for item in reversed(out[-REST:]):
        if not isinstance(item, Line):
            break
        rest.insert(0, item)
    before = out[-1 - len(rest)] if len(rest) < len(out) else None
    if not rest or not isinstance(before, list) or before[-1].ruled:
        return []
    region = before[-1]
    left = min(word.x0 for line in region.lines for word in numbers_of(line) or line.words[-1:])
    same = all(abs(line.size - region.lines[-1].size) < 1 for line in rest)
    return rest if same and all(line.x1 <= left + SPARE for line in rest) else []


def is_continued(before: list[Region], region: Region) -> bool:
    """Does a table go on at the top of the next page: with the same columns, or the same header?"""
    last = before[-1]
    if region.page != last.page + 1 or region.ruled != last.ruled:
        return False
    beside = abs(region.box[2] - last.box[2]) < SHIFT
    if beside and len(edges_of([region])) == len(edges_of([last])):
        return True
    first, again = all_rows(before[:1])[:1], all_rows([region])[:1]
    return bool(first and again) and first[0][0] == again[0][0]


def is_unclear(lines: list[Line]) -> bool:
    """Do several lines of the text look like rows that no table took?"""
    runs = [len([*run]) for many, run in groupby(lines, key=lambda line: len(numbers_of(line)) > 1) if many]
    return max(runs, default=0) >= UNCLEAR


def titled(drafts: list[Draft], named: str, style: Style | None) -> list[Draft]:
    """Begin with the title: the largest words on the first pages, or what the metadata name."""
    first = [i for i, draft in enumerate(drafts) if (draft.page or 1) <= COVER and draft.kind == "heading"]
    largest = min((drafts[i].level or 9 for i in first), default=None)
    at = next((i for i in first if drafts[i].level == largest and " " in drafts[i].text), None)
    sizes = style.sizes if style else ()
    if at is None or not sizes or not style or sizes[0] < style.size * TITLE:
        found = find_title(drafts[: COVER * 4], " ".join(named.split()))
        at = found if found is not None else 0
    if not drafts or drafts[at].kind == "cell":
        return [Draft("heading", " ".join(named.split()) or "Uden titel", 1), *drafts]
    return [unmarked(drafts[at]), *drafts[:at], *drafts[at + 1 :]]


def unmarked(draft: Draft) -> Draft:
    """A title keeps the number that looked like an item's."""
    number = f"{draft.marker} " if draft.marker and draft.marker[0].isalnum() else ""
    return replace(draft, kind="paragraph", marker=None, text=number + draft.text)


def levelled(drafts: list[Draft]) -> list[Draft]:
    """Number the levels of the headings below the title from 2, without holes."""
    levels = sorted({draft.level or 2 for draft in drafts[1:] if draft.kind == "heading"})
    return [
        replace(draft, level=levels.index(draft.level or 2) + 2) if i and draft.kind == "heading" else draft
        for i, draft in enumerate(drafts)
    ]
