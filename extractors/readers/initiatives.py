"""Initiatives: in lists, as headings, in tables and in prose; each with its title, area and phases."""

import re
from dataclasses import dataclass

from corpus.document import Span
from extractors.facts import AgreementKind, Amount, DocumentKind, Evidence, Form, Initiative, changed
from extractors.layout import Layout
from extractors.ordered import Ordered
from extractors.readers.areas import area_of, area_of_programme, area_of_sentence
from extractors.readers.phases import core_title, read_phases
from extractors.readers.prose import find_prose
from extractors.readers.tables import EconomyTable
from extractors.readers.titles import item_title, trim, unnumbered
from extractors.rules import load_rules

TABLE = load_rules("initiatives")
POOLS = load_rules("pools")
TABLES = load_rules("tables")
LONGEST_LIST = 60  # items looked at on either side
LABEL = 60  # a list item shorter than this that ends in ':' names an area
MONEY_ZONES = frozenset({"body", "lead"})


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
    if case.kind in {"pool", "project"}:
        found = [own_title(layout)]
    elif case.agreement:
        found = [
            *from_lists(layout, case),
            *from_headings(layout, case),
            *from_tables(layout, case),
        ]
        listed = [stems(initiative.core_title) for initiative in found]
        prose = find_prose(layout, case.amounts) if case.kind != "agreement" else []
        found += [initiative for initiative in prose if not repeats(initiative, listed)]
    found = [with_area(layout, initiative, case) for initiative in unique(found)]
    found.sort(key=lambda initiative: initiative.evidence.span.start)
    return [changed(initiative, position=n) for n, initiative in enumerate(found)]


def make(layout: Layout, span: Span, form: Form, rule: str, phase_words: str = "") -> Initiative:
    """An initiative out of the words of a span; phases may stand in further words."""
    title = " ".join(layout.document.quote(span).split())
    phases = read_phases(title) or read_phases(phase_words)
    evidence = Evidence(span, layout.document.quote(span), f"initiatives/{rule}")
    return Initiative(evidence, title, core_title(title), form, phases=phases)


def own_title(layout: Layout) -> Initiative:
    """The page of a pool or project is about the initiative it is named after."""
    span = layout.blocks[0].span
    words = layout.document.quote(span)
    prefix = POOLS.rule("prefix").pattern.match(words)
    start = span.start + (prefix.end() if prefix else 0)
    lead = layout.words(layout.lead) if layout.lead else ""
    return make(layout, trim(layout, start, span.end), "heading", "page title", lead)


def from_lists(layout: Layout, case: Case) -> list[Initiative]:
    """Items of lists that are introduced as initiatives, or whose sums say so."""
    found: list[Initiative] = []
    taken: set[int] = set()
    for index, block in enumerate(layout.blocks):
        if block.kind != "list_item" or layout.zones[index] not in MONEY_ZONES:
            continue
        if layout.intros[index] in taken:  # nested under an initiative: its sums, not another one
            taken.add(index)
            continue
        sums = list(case.amounts.inside(block.span))
        if is_initiative(layout, index, sums):
            taken.add(index)
            if span := item_title(layout, block.span, sums):
                found.append(make(layout, span, "list", "list item"))
    return found


def is_initiative(layout: Layout, index: int, sums: list[Amount]) -> bool:
    """Is this list item one of the things the money is for?"""
    words = layout.words(index)
    if words.endswith(":") and len(words) < LABEL and not sums:
        return False
    intros = introductions(layout, index)
    if any(is_other_list(intro) for intro in intros[:1]):
        return False
    if sums and any(amount.role in {"part", "total"} for amount in sums):
        return True
    if sums and all(amount.role == "other" for amount in sums):
        return False
    introduced = any(layout.search(TABLE.rule("initiatives"), intro) for intro in intros)
    return introduced or any(in_phase(layout.words(i)) for i in list_of(layout, index))


def in_phase(words: str) -> bool:
    """'Modning af …': an item that begins with a phase speaks for its whole list."""
    begins = read_phases(words.split(",", maxsplit=1)[0][:60])
    return bool(begins) and words[:1].isupper() and ":" not in words[:40]


def list_of(layout: Layout, index: int) -> list[int]:
    """The items of the list that an item stands in."""
    intro = layout.intros[index]
    near = range(max(0, index - LONGEST_LIST), min(len(layout.blocks), index + LONGEST_LIST))
    return [i for i in near if layout.blocks[i].kind == "list_item" and layout.intros[i] == intro]


def is_other_list(intro: str) -> bool:
    """Do these words introduce principles, themes, wishes …, and not initiatives by name?"""
    by_name = TABLE.rule("by name").pattern.search(intro)
    return bool(TABLE.rule("no initiatives").pattern.search(intro)) and not by_name


def introductions(layout: Layout, index: int) -> list[str]:
    """The words that introduce a list: the line before it, and the heading above."""
    found: list[str] = []
    intro = layout.intros[index]
    while intro is not None and len(found) < 3:  # noqa: PLR2004 item, list, paragraph
        words = layout.words(intro)
        found.append(layout.sentences_of(intro)[-1].text if layout.sentences_of(intro) else words)
        intro = layout.intros[intro]
    heading = layout.heading(index)
    return [*found, heading] if heading else found


def from_headings(layout: Layout, case: Case) -> list[Initiative]:
    """Headings with a sum, and in an agreement text headings above a sentence that sets money aside."""
    found = []
    for index, block in enumerate(layout.blocks):
        if block.kind != "heading" or not index or layout.zones[index] in {"contact", "service", "fact"}:
            continue
        words = layout.words(index)
        sums = list(case.amounts.inside(block.span))
        section = section_of(layout, index)
        money = any(a.role in {"part", "pool"} for a in (case.amounts.inside(section) if section else ()))
        if layout.search(TABLE.rule("no initiative heading"), words):
            continue
        if not sums and not (money and case.kind == "agreement" and not subheaded(layout, index)):
            continue
        span = item_title(layout, unnumbered(layout, block.span), sums)
        if span and not (sums and all(a.role in {"other", "total"} for a in sums)):
            text = layout.document.quote(section) if section and case.kind == "agreement" else ""
            found.append(make(layout, span, "heading", "heading", text))
    return found


def section_of(layout: Layout, index: int) -> Span | None:
    """The text between a heading and the next one."""
    last = index
    while last + 1 < len(layout.blocks) and layout.blocks[last + 1].kind != "heading":
        last += 1
    if last == index:
        return None
    return Span(layout.blocks[index + 1].span.start, layout.blocks[last].span.end)


def subheaded(layout: Layout, index: int) -> bool:
    """Is the heading one of an area, with the initiatives' headings right under it?"""
    return index + 1 < len(layout.blocks) and layout.blocks[index + 1].kind == "heading"


def from_tables(layout: Layout, case: Case) -> list[Initiative]:
    """The rows of economy tables that are neither sums nor ministries; phases from the prose about them."""
    found = []
    for table in case.tables:
        for row in table.rows:
            if row.is_initiative and not TABLES.rule("rest row").pattern.search(row.words):
                found.append(changed(make(layout, row.label, "table", "table row"), area=row.area))
    return found


def unique(found: list[Initiative]) -> list[Initiative]:
    """Each title once; a list before a table before a heading."""
    order = {"list": 0, "table": 1, "heading": 2, "prose": 3}
    kept: dict[str, Initiative] = {}
    for initiative in sorted(found, key=lambda i: (order[i.form], i.evidence.span.start)):
        kept.setdefault(folded(initiative.title), initiative)
    return list(kept.values())


def folded(title: str) -> str:
    return " ".join(re.findall(r"\w+", title.casefold()))


def repeats(prose: Initiative, listed: list[set[str]]) -> bool:
    """Does the prose only paraphrase what a list says?"""
    words = stems(prose.core_title)
    return any(len(words & other) >= max(2, len(words) * 0.5) for other in listed)


def stems(title: str) -> set[str]:
    """The first six letters of the longer words: enough to know a word in another form."""
    return {word[:6] for word in re.findall(r"\w{5,}", title.lower())}


def with_area(layout: Layout, initiative: Initiative, case: Case) -> Initiative:
    """The initiative with the area of its headings, or of the programme the document is about."""
    if initiative.area or case.kind in {"pool", "project"}:
        return initiative
    index = layout.block_at(initiative.evidence.span.start)
    if initiative.form == "prose":
        above = [layout.heading(index)]
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
    before = layout.document.text[layout.blocks[index].span.start : initiative.evidence.span.start]
    if initiative.form == "prose" and (area := area_of_sentence(before)):
        return changed(initiative, area=area)
    own = area_of_sentence(initiative.title)
    if own is None and case.agreement == "uip":
        own = area_of_programme(layout)
    return changed(initiative, area=own)


def heading_trail(layout: Layout, index: int) -> list[int]:
    """The area headings above a heading: the nearest that no sentence follows before the next heading."""
    found = []
    for i in range(index - 1, 0, -1):
        if layout.blocks[i].kind == "heading" and (
            subheaded(layout, i) or layout.search(TABLE.rule("theme"), layout.words(i))
        ):
            found.append(i)
            break
    return found
