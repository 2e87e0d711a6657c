"""Headings with a sum above a list: 'Ældre: 190 mio. kr.' is an area, and its items are initiatives."""

from extractors.facts import Amount
from extractors.layout import Layout
from extractors.ordered import Ordered
from extractors.readers.titles import item_title, marked
from extractors.rules import load_rules

TABLE = load_rules("initiatives")
KINDS = frozenset({"heading", "paragraph"})
ZONES = frozenset({"body", "lead"})
OURS = frozenset({"part", "pool"})
LONGEST = 90  # characters of such a heading
FEWEST = 2  # items with a sum of their own that make the heading above them an area


def area_heads(layout: Layout, amounts: Ordered[Amount]) -> frozenset[int]:
    """The blocks that name an area and its sum above a list of initiatives. Where the items of one such
    list have sums of their own, all such lists are of initiatives; else the words say what is an area."""
    items: dict[int, list[int]] = {}
    for index, intro in enumerate(layout.intros):
        if intro and has_title_and_sum(layout, intro, amounts):
            items.setdefault(intro, []).append(index)
    if any(sum(has_sum(layout, i, amounts) for i in listed) >= FEWEST for listed in items.values()):
        return frozenset(items)
    return frozenset(head for head in items if names_area(layout, head, amounts))


def has_title_and_sum(layout: Layout, index: int, amounts: Ordered[Amount]) -> bool:
    """Is a block a short line with a part of the money at its end, and no number of its own?"""
    block, words = layout.blocks[index], layout.words(index)
    if block.kind not in KINDS or layout.zones[index] not in ZONES or len(words) > LONGEST:
        return False
    if block.marker or TABLE.rule("numbered").pattern.match(words):
        return False
    sums = list(amounts.inside(block.span))
    return any(a.role in OURS for a in sums) and is_line(marked(layout, block.span, sums))


def is_line(words: str) -> bool:
    """'Natcaféer: 0' or '0 til natcaféer', and no more?"""
    return bool(TABLE.rule("line").pattern.match(words))


def has_sum(layout: Layout, index: int, amounts: Ordered[Amount]) -> bool:
    """Does an item end with a part of the money?"""
    span = layout.blocks[index].span
    sums = list(amounts.inside(span))
    told = TABLE.rule("detail").pattern.search(layout.words(index))
    return any(a.role in OURS for a in sums) and not told and is_line(marked(layout, span, sums))


def names_area(layout: Layout, index: int, amounts: Ordered[Amount]) -> bool:
    """Is what stands before the sum only an area or those whom the money is for?"""
    span = layout.blocks[index].span
    title = item_title(layout, span, amounts.inside(span))
    return title is not None and bool(TABLE.rule("area item").pattern.match(layout.document.quote(title)))
