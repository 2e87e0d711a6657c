"""Initiatives in lists: items that are introduced as initiatives, or whose sums say so."""

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.document import Span
from extractors.facts import Amount, Phase
from extractors.layout import Layout
from extractors.ordered import Ordered
from extractors.readers.groups import area_heads
from extractors.readers.phases import heading_phases, lead_phases, read_phases, section_phases
from extractors.readers.titles import item_title, marked, unnumbered
from extractors.rules import load_rules

TABLE = load_rules("initiatives")
LONGEST_LIST = 60  # items looked at on either side
LABEL = 60  # a list item shorter than this that ends in ':' names an area
MONEY_ZONES = frozenset({"body", "lead"})
OURS = frozenset({"part", "total", "pool"})


@dataclass(frozen=True, slots=True)
class Listed:
    """A list item that is an initiative: where its title stands, and phases told around it."""

    span: Span
    phases: tuple[Phase, ...]


def find_listed(layout: Layout, amounts: Ordered[Amount]) -> Iterator[Listed]:
    """The titles of the list items that the money is for."""
    taken: set[int] = set()
    areas = area_heads(layout, amounts)
    for index, block in enumerate(layout.blocks):
        if block.kind != "list_item" or layout.zones[index] not in MONEY_ZONES:
            continue
        sums = list(amounts.inside(block.span))
        within = layout.intros[index] in taken
        if within and not has_own_sum(layout, index, sums):
            taken.add(index)
            continue
        of_area = layout.intros[index] in areas and not TABLE.rule("detail").pattern.search(
            layout.words(index)
        )
        if (
            within
            or of_area
            or (is_initiative(layout, index, amounts) and not is_share(layout, index, amounts))
        ):
            taken.add(index)
            if span := item_title(layout, block.span, sums):
                yield Listed(span, told_after(layout, span, block.span) or phases_around(layout, index))


def has_own_sum(layout: Layout, index: int, sums: list[Amount]) -> bool:
    """Is an item nested under an initiative one itself, with a name and a sum of its own?"""
    if not any(amount.role in OURS for amount in sums):
        return False
    if TABLE.rule("detail").pattern.search(layout.words(index)):
        return False
    words = marked(layout, layout.blocks[index].span, sums)
    return any(TABLE.rule(name).pattern.search(words) for name in ("amount last", "amount first"))


def is_initiative(layout: Layout, index: int, amounts: Ordered[Amount]) -> bool:
    """Is this list item one of the things the money is for?"""
    words, sums = layout.words(index), list(amounts.inside(layout.blocks[index].span))
    if not sums and ((words.endswith(":") and len(words) < LABEL) or gathers(layout, index)):
        return False
    intros = introductions(layout, index)
    if any(is_other_list(intro) for intro in intros[:1]) or TABLE.rule("detail").pattern.search(words):
        return False
    if sums and {amount.role for amount in sums} != {"pool"}:
        return any(amount.role in {"part", "total"} for amount in sums)
    return not is_said(words, intros) and is_introduced(layout, index, intros, amounts)


def is_share(layout: Layout, index: int, amounts: Ordered[Amount]) -> bool:
    """Is an item what the sum of the initiative above is spent on: '3.1 Retshjælp (25 mio. kr.)', a text,
    and then '• 15 mio. kr. til jurister'?"""
    if not layout.headings[index]:
        return False
    heading = layout.headings[index][-1]
    words, span = layout.words(heading), layout.blocks[heading].span
    sums = [a.max_dkk for a in amounts.inside(span) if a.role in OURS]
    numbered = layout.blocks[heading].marker or TABLE.rule("numbered").pattern.match(words)
    if not sums or not numbered or layout.intros[index] == heading:
        return False
    title = item_title(layout, unnumbered(layout, span), amounts.inside(span))
    if title is None or TABLE.rule("area item").pattern.match(layout.document.quote(title)):
        return False
    items = (layout.blocks[i].span for i in list_of(layout, index))
    return sum(a.max_dkk for item in items for a in amounts.inside(item)[:1]) in sums


def is_introduced(layout: Layout, index: int, intros: list[str], amounts: Ordered[Amount]) -> bool:
    """Does the introduction of a list, an item of it or a heading above it say that it has initiatives?"""
    if any(layout.search(TABLE.rule("initiatives"), intro) or heading_phases(intro) for intro in intros):
        return True
    if any(lead_phases(intro) for intro in intros[:1]):
        return True
    told = TABLE.rule("sentence heading").pattern.search(layout.heading(index))
    group = "" if told else group_above(layout, index)
    if group and layout.search(TABLE.rule("initiatives"), group) and not is_other_list(group):
        return True
    fellows = list_of(layout, index)
    if any(in_phase(layout.words(i)) for i in fellows) or with_sums(layout, fellows, amounts):
        return True
    return bool(label_phase(layout.words(index))) and are_labelled(layout, index)


def is_said(words: str, intros: list[str]) -> bool:
    """Does somebody say this, as a quotation after a dash?"""
    after = bool(intros) and TABLE.rule("says").pattern.search(intros[0])
    return bool(after or TABLE.rule("speech").pattern.search(words))


def group_above(layout: Layout, index: int) -> str:
    """What stands above the headings of several lists: 'Aftalens hovedpunkter', then 'Voksne' and its
    list; empty if a text parts them."""
    for i in range(index - 1, max(0, index - LONGEST_LIST), -1):
        kind, words = layout.blocks[i].kind, layout.words(i)
        if layout.blocks[i + 1].kind == "heading" and (kind == "heading" or words.endswith(":")):
            return words
        if kind not in {"heading", "list_item"}:
            break
    return ""


def gathers(layout: Layout, index: int) -> bool:
    """Does an item only name the area of the items nested in it?"""
    nested = index in layout.intros[index + 1 : index + 2]
    return nested and bool(TABLE.rule("area item").pattern.match(layout.words(index)))


def with_sums(layout: Layout, items: list[int], amounts: Ordered[Amount]) -> bool:
    """Do two or more items of a list have a part of the money?"""
    spans = (layout.blocks[i].span for i in items)
    return sum(any(a.role == "part" for a in amounts.inside(span)) for span in spans) > 1


def in_phase(words: str) -> bool:
    """'Modning af …': an item that begins with a phase speaks for its whole list."""
    begins = read_phases(words.split(",", maxsplit=1)[0][:60])
    return bool(begins) and words[:1].isupper() and ":" not in words[:40]


def label_phase(words: str) -> tuple[Phase, ...]:
    """The phase before a colon: 'Modning: Mentorer til unge'."""
    label, colon, _ = words.partition(":")
    return heading_phases(label) if colon and len(label) < LABEL // 2 else ()


def are_labelled(layout: Layout, index: int) -> bool:
    """Do items near this one begin with phases of which one comes again? A box that tells what the
    phases are has each of them once."""
    near = range(max(0, index - LONGEST_LIST), min(len(layout.blocks), index + LONGEST_LIST))
    items = (layout.words(i) for i in near if layout.blocks[i].kind == "list_item")
    labels = [phases for words in items if (phases := label_phase(words))]
    return len(set(labels)) < len(labels)


def list_of(layout: Layout, index: int) -> list[int]:
    """The items of the list that an item stands in."""
    intro = intro_of(layout, index)
    near = range(max(0, index - LONGEST_LIST), min(len(layout.blocks), index + LONGEST_LIST))
    return [i for i in near if layout.blocks[i].kind == "list_item" and intro_of(layout, i) == intro]


def intro_of(layout: Layout, index: int) -> int | None:
    """What introduces an item; in a list with a text below each item, what introduces the first."""
    intro = layout.intros[index]
    while intro is not None and tells_of_item(layout, intro):
        above = intro - 1
        while above > 0 and layout.blocks[above].kind == "paragraph":
            above -= 1
        if layout.blocks[above].kind != "list_item" or not alike(layout, above, index):
            return intro
        intro = layout.intros[above]
    return intro


def tells_of_item(layout: Layout, index: int) -> bool:
    """Can a block be the text below an item? No line that ends in ':', only names an area or leads on."""
    words = layout.words(index)
    text = layout.blocks[index].kind == "paragraph" and words[-1:] != ":" and not lead_phases(words)
    return text and not TABLE.rule("area item").pattern.match(words)


def alike(layout: Layout, one: int, other: int) -> bool:
    """Are two items marked the same way: with numbers, or with one sign?"""
    first, second = layout.blocks[one].marker or "", layout.blocks[other].marker or ""
    return first == second or (first[:1].isalnum() and second[:1].isalnum())


def is_other_list(intro: str) -> bool:
    """Do these words introduce principles, themes, wishes …, and not initiatives by name?"""
    by_name = TABLE.rule("by name").pattern.search(intro)
    return bool(TABLE.rule("no initiatives").pattern.search(intro)) and not by_name


def introductions(layout: Layout, index: int) -> list[str]:
    """The words that introduce a list: the line before it, and the heading above."""
    found: list[str] = []
    intro = intro_of(layout, index)
    while intro is not None and len(found) < 3:  # noqa: PLR2004 item, list, paragraph
        words = layout.words(intro)
        found.append(layout.sentences_of(intro)[-1].text if layout.sentences_of(intro) else words)
        intro = intro_of(layout, intro)
    heading = layout.heading(index)
    return [*found, heading] if heading else found


def told_after(layout: Layout, title: Span, item: Span) -> tuple[Phase, ...]:
    """The phases in brackets right after a title, 'Familieklasser (udbredelse) – 18,5 mio. kr.', or
    in the rest of its item: 'Sorggrupper – afprøves i otte kommuner'."""
    rest = layout.document.text[title.end : item.end].lstrip()
    return read_phases(rest.partition(")")[0]) if rest.startswith("(") else section_phases([rest])


def phases_around(layout: Layout, index: int) -> tuple[Phase, ...]:
    """The phases in the text below an item, or in the heading its list stands under."""
    for n, intro in enumerate(introductions(layout, index)):
        if phases := heading_phases(intro) or (() if n else lead_phases(intro)):
            return phases
    below = []
    for i in range(index + 1, len(layout.blocks)):
        if layout.blocks[i].kind != "paragraph":
            break
        below.append(i)
    told = below and below[-1] + 1 < len(layout.blocks) and intro_of(layout, index) != layout.intros[index]
    follows = (
        below and below[-1] + 1 < len(layout.blocks) and layout.blocks[below[-1] + 1].kind == "list_item"
    )
    if not (told or follows):
        return ()
    return section_phases(s.text for i in below for s in layout.sentences_of(i))
