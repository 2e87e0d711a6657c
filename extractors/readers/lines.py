"""Lists without bullets: lines such as 'Natcaféer i provinsen: 12 mio. kr.' right below each other."""

from collections.abc import Iterator

from extractors.facts import Amount
from extractors.layout import Layout
from extractors.ordered import Ordered
from extractors.readers.lists import OURS, Listed, is_other_list
from extractors.readers.phases import heading_phases, read_phases
from extractors.readers.titles import item_title, marked, unnumbered
from extractors.rules import load_rules

TABLE = load_rules("initiatives")
KINDS = frozenset({"paragraph", "heading"})
ZONES = frozenset({"body"})
LONGEST = 170  # characters of a line
FARTHEST = 60  # lines between one and what introduces it


def find_lines(layout: Layout, amounts: Ordered[Amount]) -> dict[int, int]:
    """The blocks that are lines of such lists, each with the block that stands above its list. One
    line alone is enough below a heading where other lists of the document have several."""
    lines = [i for i in range(1, len(layout.blocks)) if is_line(layout, i, amounts)]
    among = set(lines)
    if not any(i + 1 in among for i in lines):
        return {}
    found = {}
    for i in lines:
        above = next(j for j in range(i - 1, -1, -1) if j not in among or i - j > FARTHEST)
        several = i + 1 in among or i - 1 in among
        if several or layout.blocks[above].kind == "heading":
            found[i] = above
    return found


def is_line(layout: Layout, index: int, amounts: Ordered[Amount]) -> bool:
    """Is a block one line with a title and a part of the money?"""
    block = layout.blocks[index]
    if block.kind not in KINDS or layout.zones[index] not in ZONES or len(layout.words(index)) > LONGEST:
        return False
    sums = list(amounts.inside(block.span))
    if not any(amount.role in OURS for amount in sums):
        return False
    words = marked(layout, block.span, sums)
    told = TABLE.rule("detail").pattern.search(words) or TABLE.rule("text line").pattern.match(words)
    return not told and bool(TABLE.rule("line").pattern.match(words))


def listed_lines(layout: Layout, amounts: Ordered[Amount], lines: dict[int, int]) -> Iterator[Listed]:
    """The titles of such lines, where what stands above introduces no wishes or the like."""
    for index, above in lines.items():
        if is_other_list(layout.words(above)):
            continue
        block = layout.blocks[index]
        sums = amounts.inside(block.span)
        named = unnumbered(layout, block.span)
        first = min((amount.evidence.span.start for amount in sums), default=named.start)
        if span := item_title(layout, named if named.start <= first else block.span, sums):
            rest = layout.document.text[span.end : block.span.end]
            yield Listed(span, read_phases(rest) or heading_phases(layout.words(above)))
