"""Which sums belong to which initiative, and which groups and methods to initiatives and effects."""

from collections.abc import Iterator, Mapping, Sequence

from corpus.document import Span
from extractors.facts import (
    Amount,
    Effect,
    Initiative,
    NameMention,
    changed,
)
from extractors.layout import Layout
from extractors.ordered import in_order

COLUMNS = 20  # no economy table is wider


def with_initiatives(
    layout: Layout, amounts: Sequence[Amount], initiatives: Sequence[Initiative]
) -> list[Amount]:
    """The sums with the initiative they stand with: in its line, its row, or under its heading."""
    if not initiatives:
        return list(amounts)
    by_block: dict[int, list[Initiative]] = {}
    for initiative in initiatives:
        by_block.setdefault(layout.block_at(initiative.evidence.span.start), []).append(initiative)
    return [link(layout, amount, by_block) for amount in amounts]


def link(layout: Layout, amount: Amount, initiatives: Mapping[int, Sequence[Initiative]]) -> Amount:
    if amount.role in {"total", "frame", "other"}:
        return amount
    index = layout.block_at(amount.evidence.span.start)
    for own in near(layout, index):
        for initiative in initiatives.get(own, ()):
            if belongs(layout, index, own, amount, initiative):
                return changed(amount, initiative=initiative.position)
    return amount


def with_names(initiatives: Sequence[Initiative], names: Sequence[NameMention]) -> list[Initiative]:
    """The initiatives with the first target group and method that their titles name."""
    groups = in_order(name for name in names if name.kind == "target_group")
    methods = in_order(name for name in names if name.kind == "method")
    return [
        changed(
            initiative,
            target_group=first_name(groups.inside(initiative.evidence.span)),
            method=first_name(methods.inside(initiative.evidence.span)),
        )
        for initiative in initiatives
    ]


def first_name(names: Sequence[NameMention]) -> str | None:
    return names[0].name if names else None


def with_methods(layout: Layout, effects: Sequence[Effect], names: Sequence[NameMention]) -> list[Effect]:
    """The effects with the method named last before them in their block, else in the title."""
    methods = in_order(name for name in names if name.kind == "method")
    title = methods.inside(layout.blocks[0].span)
    found = []
    for effect in effects:
        block = layout.blocks[layout.block_at(effect.evidence.span.start)].span
        before = methods.inside(Span(block.start, max(effect.evidence.span.start, block.start + 1)))
        found.append(changed(effect, method=first_name(before[-1:] or title)))
    return found


def near(layout: Layout, index: int) -> Iterator[int]:
    """The blocks whose initiatives a sum may stand with: its own, those of its table row before it,
    what introduces it, and the heading above."""
    first = max(0, index - COLUMNS) if layout.blocks[index].kind == "cell" else index
    yield from range(first, index + 1)
    intro = layout.intros[index]
    if intro is not None:
        yield intro
    yield from layout.headings[index][-1:]


def belongs(layout: Layout, index: int, own: int, amount: Amount, initiative: Initiative) -> bool:
    """Does a sum in block `index` stand with an initiative in block `own`?"""
    blocks = layout.blocks
    if initiative.form == "list":
        return index == own or layout.intros[index] == own
    if initiative.form == "heading":
        return index == own or (bool(layout.headings[index]) and layout.headings[index][-1] == own)
    if initiative.form == "table":
        same_row = blocks[index].kind == blocks[own].kind == "cell" and blocks[index].row == blocks[own].row
        return same_row and 0 < index - own < COLUMNS
    sentence = layout.sentence_at(initiative.evidence.span.start).span
    if not sentence.contains(amount.evidence.span):
        return False
    return 0 <= initiative.evidence.span.start - amount.evidence.span.end < 40  # noqa: PLR2004 'går til en '
