"""What the text below a table says of its rows by their numbers: 'Ad 4. Indsatsen skal afprøves …'."""

from corpus.document import Span
from extractors.facts import Phase
from extractors.layout import Layout
from extractors.readers.phases import section_phases
from extractors.rules import load_rules

TABLE = load_rules("tables")


def remarks(layout: Layout) -> dict[str, tuple[Phase, ...]]:
    """The phases that remarks tell, by the number of the row that each is about."""
    found: dict[str, tuple[Phase, ...]] = {}
    for index, block in enumerate(layout.blocks):
        if block.kind == "cell" or layout.zones[index] in {"title", "contact", "service", "quote"}:
            continue
        if remark := TABLE.rule("remark").pattern.match(layout.words(index)):
            phases = section_phases(sentence.text for sentence in layout.sentences_of(index))
            found.setdefault(remark["number"], phases)
    return found


def number_of(layout: Layout, label: Span) -> str:
    """The number of a row: before its title, or in the cell before; empty if it has none."""
    if number := TABLE.rule("row number").pattern.match(layout.document.quote(label)):
        return number["number"]
    index = layout.block_at(label.start)
    before = layout.blocks[index - 1] if index else None
    beside = before is not None and before.kind == "cell" and before.row == layout.blocks[index].row
    number = TABLE.rule("row number").pattern.match(layout.words(index - 1)) if beside else None
    return number["number"] if number else ""
