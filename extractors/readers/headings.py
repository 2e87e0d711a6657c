"""Initiatives as headings: in agreement texts, in releases, and on the pages of pools and projects."""

from collections.abc import Callable, Iterator
from itertools import groupby

from corpus.document import Span
from extractors.facts import Amount, DocumentKind, Phase
from extractors.layout import Layout
from extractors.ordered import Ordered
from extractors.readers.areas import area_of
from extractors.readers.counts import TABLE as COUNTS
from extractors.readers.counts import read_number
from extractors.readers.groups import area_heads
from extractors.readers.phases import phase_now, read_phases, section_phases
from extractors.readers.titles import item_title, trim, unnumbered
from extractors.reading import find_hits
from extractors.rules import load_rules

TABLE = load_rules("initiatives")
POOLS = load_rules("pools")
PHASES = load_rules("phases")
TEXT = frozenset({"body", "lead", "fact"})
OURS = frozenset({"part", "pool"})
FEWEST = 3  # headings in a row that make them the names of a release's initiatives
LONGEST = 90  # characters of such a heading
LONGEST_TEXT = 3  # paragraphs below it
FEWEST_POOLS = 2
MOST = 1.5  # paragraphs with a sum below each heading that only gathers them
FARTHEST = 6  # blocks between two items of one numbered list


def find_headings(layout: Layout, amounts: Ordered[Amount], kind: DocumentKind) -> Iterator[int]:
    """The headings that name an initiative: with a sum, with its number, or above a sum."""
    row = set() if kind == "agreement" else in_a_row(layout, amounts)
    areas = themes(layout, amounts) if kind == "agreement" else area_heads(layout, amounts)
    for index, block in enumerate(layout.blocks):
        sums = amounts.inside(block.span)
        if index in areas or not (may_name(layout, index) or (sums and runs_on(layout, index))):
            continue
        if sums and all(a.role in {"other", "total"} for a in sums):
            continue
        paid = named(layout.words(index)) or (kind == "agreement" and is_paid(layout, index, amounts))
        if sums or index in row or paid:
            yield index


def themes(layout: Layout, amounts: Ordered[Amount]) -> frozenset[int]:
    """The headings of an agreement whose numbered paragraphs, '2.1.' and '2.2.' below '2.', are each
    about a thing and a sum of their own: most of them tell of money, not only one below each heading."""
    found, paid = set(), 0
    for index, block in enumerate(layout.blocks):
        number = (block.marker or "").strip(" .)")
        if block.kind != "heading" or not number.isdigit():
            continue
        items = [i for i in blocks_below(layout, index) if layout.words(i).startswith(f"{number}.")]
        sums = [i for i in items if any(a.role in OURS for a in amounts.inside(layout.blocks[i].span))]
        if sums:
            found.add(index)
            paid += len(sums)
    return frozenset(found if paid >= len(found) * MOST else ())


def is_heading(layout: Layout, index: int) -> bool:
    """Is the block a heading, or a paragraph that looks like one: '1.2 Støtte til unge (28,5 mio. kr.)'?"""
    kind, words = layout.blocks[index].kind, layout.words(index)
    if kind == "heading":
        return not TABLE.rule("text line").pattern.match(words)
    return kind == "paragraph" and bool(TABLE.rule("numbered line").pattern.match(words))


def runs_on(layout: Layout, index: int) -> bool:
    """Is a heading an item of a numbered list that headings part: '8.' below 'Tværgående' and after '7.'?"""
    number = (layout.blocks[index].marker or "").strip(" .)")
    if layout.blocks[index].kind != "heading" or not number.isdigit() or layout.zones[index] != "body":
        return False
    above = (layout.blocks[i].marker or "" for i in range(max(0, index - FARTHEST), index))
    return str(int(number) - 1) in {marker.strip(" .)") for marker in above}


def named(words: str) -> bool:
    """'Initiativ 3: …' says itself what it is."""
    number = TABLE.rule("numbered").pattern.match(words)
    return bool(number and TABLE.rule("initiatives").pattern.search(number[0]))


def may_name(layout: Layout, index: int) -> bool:
    """Is the block a heading that can name an initiative?"""
    if not index or not is_heading(layout, index):
        return False
    words = layout.words(index)
    if layout.zones[index] in {"contact", "service", "fact"}:
        return False
    return not layout.search(TABLE.rule("no initiative heading"), words) and not is_group(layout, index)


def is_paid(layout: Layout, index: int, amounts: Ordered[Amount]) -> bool:
    """Does the text right below a heading set money aside?"""
    section = section_of(layout, index)
    return section is not None and any(a.role in OURS for a in amounts.inside(section))


def in_a_row(layout: Layout, amounts: Ordered[Amount]) -> set[int]:
    """The headings of a release that name its initiatives: several in a row, each above a sum."""
    headings = [i for i in range(1, len(layout.blocks)) if is_heading(layout, i)]
    runs = [run for fits, run in runs_of(headings, lambda i: names_in_row(layout, i, amounts)) if fits]
    found = {i for run in runs if len(run) >= FEWEST for i in run}
    rows = [run for fits, run in runs_of(headings, lambda i: stands_in_row(layout, i)) if fits]
    rows = [run for run in rows if len(run) >= FEWEST]
    first = announced(layout) if rows else {}
    for run in rows:
        if first.get(len(run), len(layout.document.text)) < layout.blocks[run[0]].span.start:
            found.update(run)
    pools = {i for i in found if offers_pool(layout, i)}
    return found if len(pools) < len(found) else set()


def runs_of(headings: list[int], fits: Callable[[int], bool]) -> Iterator[tuple[bool, list[int]]]:
    """The headings in groups of those in a row that fit, or that do not."""
    for does, group in groupby(headings, fits):
        yield does, list(group)


def names_in_row(layout: Layout, index: int, amounts: Ordered[Amount]) -> bool:
    return stands_in_row(layout, index) and is_paid(layout, index, amounts)


def stands_in_row(layout: Layout, index: int) -> bool:
    """Is a heading a short name with a text of a few paragraphs below it?"""
    words = layout.words(index)
    short = len(words) < LONGEST and not TABLE.rule("sentence heading").pattern.search(words)
    below = blocks_below(layout, index)
    text = 0 < len(below) <= LONGEST_TEXT and all(layout.blocks[i].kind == "paragraph" for i in below)
    return short and text and may_name(layout, index)


def announced(layout: Layout) -> dict[int, int]:
    """The numbers of initiatives that the text tells, 'fire projekter', with where it first does."""
    found: dict[int, int] = {}
    for hit in find_hits(COUNTS, layout.reading):
        number = read_number(hit)
        found[number] = min(hit.start, found.get(number, hit.start))
    return found


def offers_pool(layout: Layout, index: int) -> bool:
    """Does the text right below a heading say until when, or by whom, money can be applied for?"""
    section = section_of(layout, index)
    rule = TABLE.rule("applied for")
    return section is not None and bool(layout.search(rule, layout.document.quote(section), section))


def blocks_below(layout: Layout, index: int) -> range:
    """The blocks between a heading and the next one."""
    section = section_of(layout, index)
    return range(index + 1, layout.block_at(section.end - 1) + 1) if section else range(0)


def heading_title(layout: Layout, index: int, amounts: Ordered[Amount]) -> Span | None:
    """A heading without its number and its sum."""
    block = layout.blocks[index]
    return item_title(layout, unnumbered(layout, block.span), amounts.inside(block.span))


def section_of(layout: Layout, index: int) -> Span | None:
    """The text between a heading and the next one."""
    last = index
    while last + 1 < len(layout.blocks) and not is_heading(layout, last + 1):
        last += 1
    if last == index:
        return None
    return Span(layout.blocks[index + 1].span.start, layout.blocks[last].span.end)


def phases_below(layout: Layout, index: int) -> tuple[Phase, ...]:
    """The phases that the text below a heading tells."""
    return section_phases(s.text for i in blocks_below(layout, index) for s in layout.sentences_of(i))


def subheaded(layout: Layout, index: int) -> bool:
    """Is the heading one of an area, with the initiatives' headings right under it?"""
    return index + 1 < len(layout.blocks) and is_heading(layout, index + 1)


def is_group(layout: Layout, index: int) -> bool:
    """Does a heading only gather the headings below it: '2. Voksne' above '2.1 Flere pladser'?"""
    if not subheaded(layout, index):
        return False
    words, below = layout.words(index), layout.words(index + 1)
    number = TABLE.rule("numbered").pattern.match(words)
    prefix = number[0].strip(" .)") + "." if number else ""
    again = TABLE.rule("numbered").pattern.match(below)
    other = number is not None and again is not None and kind_of(number[0]) != kind_of(again[0])
    return bool(area_of(words)) or bool(prefix and below.startswith(prefix)) or other


def kind_of(number: str) -> tuple[bool, bool, int]:
    """Figures or letters, capitals or not, and how many levels."""
    return number[:1].isdigit(), number[:1].isupper(), number.strip(" .").count(".")


def own_titles(layout: Layout, amounts: Ordered[Amount]) -> Iterator[Span]:
    """What the page of a pool or project is about: its title, its parts, or the pools it offers."""
    parts = [i for i in range(1, len(layout.blocks)) if is_part(layout, i)]
    pools = [i for i in range(1, len(layout.blocks)) if names_pool(layout, i, amounts)]
    several = TABLE.rule("several pools").pattern.search(layout.document.title)
    if not (several and not parts and len(pools) >= FEWEST_POOLS):
        span = layout.blocks[0].span
        words = layout.document.quote(span)
        prefix = POOLS.rule("prefix").pattern.match(words)
        suffix = TABLE.rule("page suffix").pattern.search(words)
        start = span.start + (prefix.end() if prefix else 0)
        yield trim(layout, start, span.start + suffix.start() if suffix else span.end)
        pools = []
    numbered = [i for i in pools if TABLE.rule("pool by number").pattern.match(layout.words(i))]
    if len(numbered) >= FEWEST_POOLS:
        pools = numbered
    for index in parts or pools:
        yield trim(layout, unnumbered(layout, layout.blocks[index].span).start, layout.blocks[index].span.end)


def is_part(layout: Layout, index: int) -> bool:
    """'Delpulje A: …' as a heading."""
    is_heading = layout.blocks[index].kind == "heading"
    return is_heading and bool(TABLE.rule("part of a pool").pattern.search(layout.words(index)))


def names_pool(layout: Layout, index: int, amounts: Ordered[Amount]) -> bool:
    words = layout.words(index)
    if not may_name(layout, index):
        return False
    if TABLE.rule("pool by number").pattern.match(words):
        return True
    named = not TABLE.rule("sentence heading").pattern.search(words)
    return named and ":" not in words and is_paid(layout, index, amounts)


def own_phases(layout: Layout, project: bool) -> tuple[Phase, ...]:
    """The phases of a page about one initiative: its line on the phase, its lead, then its text."""
    for i, block in enumerate(layout.blocks):
        if line := PHASES.rule("phase line").pattern.match(layout.words(i)):
            words = layout.words(i)[line.end() :]
            beside = block.kind in {"cell", "heading"} and not words and i + 1 < len(layout.blocks)
            if phases := phase_now(layout.words(i + 1) if beside else words):
                return phases
    lead = layout.words(layout.lead) if layout.lead else ""
    if phases := read_phases(lead):
        return phases
    for i, block in enumerate(layout.blocks):
        if block.kind == "paragraph" and layout.zones[i] in TEXT:
            texts = [s.text for s in layout.sentences_of(i)]
            if phases := section_phases(texts) or section_phases(filter(of_project, texts), project):
                return phases
    return ()


def of_project(sentence: str) -> bool:
    """Does a sentence tell what was done in the project, which may be over?"""
    return bool(TABLE.rule("in the project").pattern.search(sentence))
