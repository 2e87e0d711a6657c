"""Initiatives: in lists, as headings, in tables and in prose; each with its title, area and phases."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.document import Span
from extractors.facts import (
    AgreementKind,
    Amount,
    Area,
    DocumentKind,
    Evidence,
    Form,
    Initiative,
    Phase,
    changed,
)
from extractors.layout import Layout
from extractors.ordered import Ordered
from extractors.readers.areas import area_of, area_of_origin, area_of_programme, area_of_sentence
from extractors.readers.headings import (
    find_headings,
    heading_title,
    is_heading,
    own_phases,
    own_titles,
    phases_below,
    section_of,
    subheaded,
)
from extractors.readers.lines import find_lines, listed_lines
from extractors.readers.lists import find_listed, introductions
from extractors.readers.phases import core_title, read_phases
from extractors.readers.prose import find_prose
from extractors.readers.remarks import number_of, remarks
from extractors.readers.table_rows import Row
from extractors.readers.tables import EconomyTable
from extractors.readers.titles import stems, unnumbered
from extractors.readers.told_phases import Told
from extractors.rules import load_rules

TABLE = load_rules("initiatives")
TABLES = load_rules("tables")
MOST_ALIKE = 20  # headings with one and the same sum that a row is compared with
STEM = 5  # letters that two words share if they are forms of one


@dataclass(frozen=True, slots=True)
class Case:
    """What finding initiatives depends on besides the layout."""

    kind: DocumentKind
    agreement: AgreementKind | None
    amounts: Ordered[Amount]
    tables: tuple[EconomyTable, ...]


def find_initiatives(layout: Layout, case: Case) -> list[Initiative]:
    """The initiatives of a document in text order, numbered from 0."""
    found: list[Initiative] = []
    lines: dict[int, int] = {}
    if case.kind in {"pool", "project"}:
        found = own(layout, case)
    elif case.agreement:
        lines = find_lines(layout, case.amounts) if case.kind != "agreement" else {}
        headed = {index: made for index, made in from_headings(layout, case) if index not in lines}
        found = [*from_lists(layout, case, lines), *headed.values(), *from_tables(layout, case, headed)]
        if case.kind != "agreement" or not found:
            found += from_prose(layout, case, found, headed, lines)
        found = [initiative for initiative in found if is_named(initiative)]
    found = [with_area(layout, initiative, case, lines) for initiative in unique(found)]
    found.sort(key=lambda initiative: initiative.evidence.span.start)
    return [changed(initiative, position=n) for n, initiative in enumerate(found)]


def is_named(initiative: Initiative) -> bool:
    """Can its title name an initiative? Not 'hver', 'bl.a.', a town, an area, or what somebody says."""
    if initiative.form != "prose" and TABLE.rule("area item").pattern.match(initiative.title):
        return False
    return not any(TABLE.rule(name).pattern.search(initiative.title) for name in ("no title", "speech"))


def make(layout: Layout, span: Span, form: Form, rule: str, phases: tuple[Phase, ...] = ()) -> Initiative:
    """An initiative out of the words of a span; phases that these do not name may be told elsewhere."""
    title = " ".join(layout.document.quote(span).split())
    evidence = Evidence(span, layout.document.quote(span), f"initiatives/{rule}")
    return Initiative(evidence, title, core_title(title), form, phases=read_phases(title) or phases)


def own(layout: Layout, case: Case) -> list[Initiative]:
    """The page of a pool or project is about the initiatives it is named after."""
    phases = own_phases(layout, case.kind == "project")
    places = [(span, layout.block_at(span.start)) for span in own_titles(layout, case.amounts)]
    several = all(index for _, index in places)  # no title of its own: each pool has its own phases
    return [
        make(layout, span, "heading", "page title", phases_below(layout, index) if several else phases)
        for span, index in places
    ]


def from_lists(layout: Layout, case: Case, lines: dict[int, int]) -> list[Initiative]:
    """Items of lists that are introduced as initiatives, or whose sums say so."""
    listed = [*find_listed(layout, case.amounts), *listed_lines(layout, case.amounts, lines)]
    return [with_programme_phase(make(layout, i.span, "list", "list item", i.phases), case) for i in listed]


def with_programme_phase(initiative: Initiative, case: Case) -> Initiative:
    """In the programmes a survey of what is known is a screening."""
    survey = TABLE.rule("survey").pattern.match(initiative.title)
    if case.agreement == "uip" and survey and not initiative.phases:
        return changed(initiative, phases=("screening",))
    return initiative


def from_headings(layout: Layout, case: Case) -> Iterator[tuple[int, Initiative]]:
    """Headings with a sum, and headings above a sentence that sets money aside; by their block."""
    for index in find_headings(layout, case.amounts, case.kind):
        if span := heading_title(layout, index, case.amounts):
            yield index, make(layout, span, "heading", "heading", phases_below(layout, index))


def from_prose(
    layout: Layout, case: Case, found: list[Initiative], headed: dict[int, Initiative], lines: dict[int, int]
) -> list[Initiative]:
    """Initiatives of running text that no list, heading or table names, nor an earlier sentence."""
    sections = [section for index in headed if (section := unpaid(layout, index, case))]
    sections += [layout.blocks[index].span for index in lines]
    listed = [stems(initiative.core_title) for initiative in found]
    prose = []
    for initiative in find_prose(layout, case.amounts, len(found), kroner_of(layout, found, case.amounts)):
        words = stems(initiative.core_title)
        if not repeats(words, listed) and not any(initiative.evidence.span.overlaps(s) for s in sections):
            prose.append(initiative)
            listed.append(words)
    return prose


def kroner_of(layout: Layout, found: list[Initiative], amounts: Ordered[Amount]) -> frozenset[int]:
    """The sums that stand beside initiatives in lists, headings and tables, or right below these."""
    blocks = {layout.block_at(initiative.evidence.span.start) for initiative in found}
    below = {i for i, intro in enumerate(layout.intros) if intro in blocks}
    spans = [layout.blocks[i].span for i in blocks | below]
    return frozenset(amount.max_dkk for span in spans for amount in amounts.inside(span))


def unpaid(layout: Layout, index: int, case: Case) -> Span | None:
    """The text below a heading without a sum: it tells of that initiative alone."""
    has_sum = case.amounts.inside(layout.blocks[index].span)
    return None if has_sum else section_of(layout, index)


def from_tables(layout: Layout, case: Case, headed: dict[int, Initiative]) -> list[Initiative]:
    """The rows of economy tables that are neither sums nor ministries, nor said by a heading."""
    titles = {folded(heading.title) for heading in headed.values()}
    with_sum: dict[int, list[Initiative]] = {}
    for index, heading in headed.items():
        for kroner in sums_under(layout, index, case.amounts):
            with_sum.setdefault(kroner, []).append(heading)
    found = []
    told = remarks(layout) if case.tables else {}
    text = Told(layout)
    for table in case.tables:
        for row in table.rows:
            if not row.is_initiative or TABLES.rule("rest row").pattern.search(row.words):
                continue
            if folded(row.words) in titles or is_said(row, table.unit, with_sum):
                continue
            phases = told.get(number_of(layout, row.label), ()) or text.phases_of(row.words)
            made = make(layout, unnumbered(layout, row.label), "table", "table row", phases)
            found.append(changed(with_programme_phase(made, case), area=row.area))
    return found


def sums_under(layout: Layout, index: int, amounts: Ordered[Amount]) -> set[int]:
    """The sums in a heading and in the text below it."""
    section = section_of(layout, index)
    spans = [layout.blocks[index].span, *([section] if section else [])]
    return {amount.max_dkk for span in spans for amount in amounts.inside(span)}


def is_said(row: Row, unit: int, with_sum: dict[int, list[Initiative]]) -> bool:
    """Is a row of a table a heading again, in other words but with one of its sums?"""
    figures = {int(figure * unit) for _, figure in row.figures.values()} - {0}
    headings = {id(h): h for kroner in figures for h in with_sum.get(kroner, [])[:MOST_ALIKE]}
    return any(akin(heading.title, row.words) for heading in headings.values())


def akin(one: str, other: str) -> bool:
    """Do two titles share a word, perhaps as a part of a longer one?"""
    ours, theirs = (re.findall(r"\w{4,}", title.casefold()) for title in (one, other))
    return any(a[:STEM] in b or b[:STEM] in a for a in ours for b in theirs)


def unique(found: list[Initiative]) -> list[Initiative]:
    """Each title once, with what any mention of it tells; a list before a heading before a table."""
    order = {"list": 0, "heading": 1, "table": 2, "prose": 3}
    kept: dict[str, Initiative] = {}
    for initiative in sorted(found, key=lambda i: (order[i.form], i.evidence.span.start)):
        first = kept.setdefault(folded(initiative.title), initiative)
        phases, area = first.phases or initiative.phases, first.area or initiative.area
        kept[folded(initiative.title)] = changed(first, phases=phases, area=area)
    return list(kept.values())


def folded(title: str) -> str:
    return " ".join(re.findall(r"\w+", title.casefold()))


def repeats(words: set[str], listed: list[set[str]]) -> bool:
    """Does the prose only paraphrase what a list says, or another sentence?"""
    return any(len(words & other) >= max(2, len(words) * 0.6) for other in listed)


def with_area(layout: Layout, initiative: Initiative, case: Case, lines: dict[int, int]) -> Initiative:
    """The initiative with the area of its headings, or of the programme the document is about."""
    if initiative.area:
        return initiative
    if case.kind in {"pool", "project"}:
        return changed(initiative, area=area_of_origin(layout))
    index = layout.block_at(initiative.evidence.span.start)
    if initiative.form == "prose":
        above = [layout.heading(index)]
    elif index in lines:
        above = [layout.words(lines[index])]
    elif layout.blocks[index].kind != "heading":
        above = [
            *introductions(layout, index),
            *(layout.words(i) for i in reversed(layout.headings[index])),
        ]
    else:
        above = [layout.words(i) for i in heading_trail(layout, index)]
    for words in above:
        if area := area_of(words):
            return changed(initiative, area=area)
    if initiative.form == "prose" and (area := area_before(layout, initiative.evidence.span.start)):
        return changed(initiative, area=area)
    own = area_of_sentence(initiative.title)
    if own is None and case.agreement == "uip":
        own = area_of_origin(layout) or area_of_programme(layout)
    return changed(initiative, area=own)


def area_before(layout: Layout, place: int) -> Area | None:
    """The area that the sentence names before a place, or the last sentence of the paragraph that does."""
    for sentence in reversed(layout.sentences_of(layout.block_at(place))):
        before = sentence.text[: max(0, place - sentence.span.start)]
        if area := area_of_sentence(before):
            return area
    return None


def heading_trail(layout: Layout, index: int) -> list[int]:
    """The area headings above a heading: the nearest that no sentence follows before the next heading, or
    that names an area and no more."""
    found = []
    for i in range(index - 1, 0, -1):
        if is_heading(layout, i) and (
            subheaded(layout, i)
            or layout.search(TABLE.rule("theme"), layout.words(i))
            or TABLE.rule("area item").pattern.match(layout.words(i))
        ):
            found.append(i)
            break
    return found
