"""The body of a Word file to drafts, in reading order: paragraphs, lists, tables, text boxes."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml.etree import _Element as Element

from corpus.inline import Inline, Place
from corpus.shape import LONGEST_HEADING, Draft
from corpus.table import Cell, cell_drafts, span_of
from corpus.walk import LONGEST_CELL
from corpus.word.numbering import BULLET, Counts
from corpus.word.style import (
    CONTENTS,
    DEEPEST,
    HEADING,
    LISTED,
    TITLE,
    Styles,
    W,
    listed_in,
    switch,
    value,
    whole,
)

CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
BOX = W + "txbxContent"
LEFT_OUT = frozenset(W + name for name in ("del", "moveFrom", "rPr", "pPr", "sdtPr", "tblPr", "tcPr", "trPr"))
SIGNS = {"tab": " ", "ptab": " ", "noBreakHyphen": "-"}


@dataclass(slots=True)
class Reading:
    """One walk through a document: its drafts so far, and the counts of its lists."""

    styles: Styles
    counts: Counts = field(default_factory=Counts)
    drafts: list[Draft] = field(default_factory=list)
    inline: Inline = field(default_factory=Inline)
    boxes: list[Element] = field(default_factory=list)  # text boxes in the paragraph being read


def blocks(reading: Reading, parent: Element) -> None:
    """The paragraphs and tables in an element, in order."""
    for child in parent:
        if child.tag == W + "p":
            paragraph(reading, child)
        elif child.tag == W + "tbl":
            table(reading, child)
        elif child.tag == W + "sdt":
            if not is_contents(child):
                blocks(reading, child)
        elif child.tag == CHOICE:
            for box in outermost(chosen(child)):
                blocks(reading, box)
        elif child.tag not in LEFT_OUT:
            blocks(reading, child)


def is_contents(control: Element) -> bool:
    """Is a content control a table of contents, or one that still asks for its text?"""
    properties = control.find(W + "sdtPr")
    if properties is None:
        return False
    gallery = value(properties, "docPartObj", "docPartGallery") or ""
    return gallery == "Table of Contents" or bool(switch(properties, "showingPlcHdr"))


def chosen(alternatives: Element) -> Element:
    """Of the same thing said twice for old and new programs, the one that holds a text box."""
    choices = [*alternatives] if alternatives.tag == CHOICE else []
    return next((choice for choice in choices if choice.find(f".//{BOX}") is not None), alternatives)


def paragraph(reading: Reading, tag: Element) -> None:
    """The drafts of a paragraph and of the text boxes fastened to it."""
    properties = tag.find(W + "pPr")
    chain = [*reading.styles.chain(value(properties, "pStyle") or reading.styles.usual)]
    names = [style.name for style in chain[:1]]
    if any(CONTENTS.fullmatch(name) for name in names):
        return
    hidden = next((style.hidden for style in chain if style.hidden is not None), False)
    bold = next((style.bold for style in chain if style.bold is not None), False)
    runs(reading, tag, bold, hidden)
    mark = properties.find(W + "rPr") if properties is not None else None
    if mark is None or mark.find(W + "del") is None:  # a deleted mark: the next one goes on in it
        reading.drafts += placed(reading, properties)
    boxes, reading.boxes = reading.boxes, []
    for box in boxes:
        blocks(reading, box)


def placed(reading: Reading, properties: Element | None) -> list[Draft]:
    """The drafts of the words of a paragraph, by its style and its place in a list."""
    if not any(words.strip() for line in reading.inline.lines for words, _ in line):
        reading.inline = Inline()
        return []
    chain = [*reading.styles.chain(value(properties, "pStyle") or reading.styles.usual)]
    level = heading_level(reading, properties)
    marker, depth = numbered(reading, properties)
    if level is not None:
        found = reading.inline.take(Place("heading", heading=level))
        return [replace(d, text=f"{marker} {d.text}" if marker[:1].isalnum() else d.text) for d in found]
    if not marker and any(LISTED.fullmatch(style.name) for style in chain[:1]):
        marker = BULLET
    if not marker:
        return reading.inline.take(Place())
    alone = all(bold for line in reading.inline.lines for words, bold in line if words.strip())
    found = reading.inline.take(Place("list_item", level=depth + 1))
    if alone and marker[:1].isdigit() and len(found[0].text) <= LONGEST_HEADING:
        return [Draft("paragraph", f"{marker} {found[0].text}", bold=True)]  # a heading made by hand
    return [replace(draft, marker=marker) for draft in found]


def heading_level(reading: Reading, properties: Element | None) -> int | None:
    """The level of a heading by its style or outline: 0 for the title of the document."""
    direct = value(properties, "outlineLvl")
    outline = whole(direct, DEEPEST + 1) if direct is not None else None
    for style in reading.styles.chain(value(properties, "pStyle") or reading.styles.usual):
        if TITLE.fullmatch(style.name):
            return 0
        if found := HEADING.fullmatch(style.name):
            return max(int(found[1]), 1)
        outline = style.outline if outline is None else outline
    return outline + 1 if outline is not None and outline <= DEEPEST else None


def numbered(reading: Reading, properties: Element | None) -> tuple[str, int]:
    """The marker of a paragraph and its depth in the list; no marker if it is in none."""
    chain = reading.styles.chain(value(properties, "pStyle") or reading.styles.usual)
    said = [listed_in(properties), *(style.listed for style in chain)]
    name, depth = next((found for found in said if found), ("", 0))
    if properties is not None and (own := said[0]) is not None and not own[0]:
        name = next((found[0] for found in said[1:] if found), "")
    listing = reading.styles.lists.get(name)
    return (reading.counts.marker(name, listing, depth), depth) if listing else ("", 0)


def runs(reading: Reading, tag: Element, bold: bool, hidden: bool) -> None:
    """Collect the words in an element, with what bold and hidden mean there."""
    for child in tag:
        if child.tag == W + "r":
            run(reading, child, bold, hidden)
        elif child.tag == W + "sdt":
            if not is_contents(child):
                runs(reading, child, bold, hidden)
        elif child.tag == MATHS:
            reading.inline.add(child.text or "", bold)
        elif child.tag not in LEFT_OUT:
            runs(reading, child, bold, hidden)


def run(reading: Reading, tag: Element, bold: bool, hidden: bool) -> None:
    """Collect the words, signs and text boxes of a run."""
    properties = tag.find(W + "rPr")
    chain = [*reading.styles.chain(value(properties, "rStyle"))]
    bolds = [switch(properties, "b"), *(style.bold for style in chain)]
    hiddens = [switch(properties, "vanish"), *(style.hidden for style in chain)]
    bold = next((said for said in bolds if said is not None), bold)
    if next((said for said in hiddens if said is not None), hidden):
        return
    for child in tag:
        name = str(child.tag).removeprefix(W)
        if name == "t":
            reading.inline.add(child.text or "", bold)
        elif name in SIGNS:
            reading.inline.add(SIGNS[name], bold)
        elif name in {"br", "cr"}:
            reading.inline.line()
        elif name in {"drawing", "pict", "object"} or child.tag == CHOICE:
            reading.boxes += outermost(chosen(child))


def outermost(tag: Element) -> Iterator[Element]:
    """The text boxes in an element; those inside others come with them."""
    for child in tag:
        if child.tag == BOX:
            yield child
        else:
            yield from outermost(chosen(child) if child.tag == CHOICE else child)


def table(reading: Reading, tag: Element) -> None:
    """The cells of a table of values; of one that lays out the page, its blocks."""
    rows = [[*read_row(reading, row)] for row in inside(tag, "tr") if not is_struck(row)]
    inner = [draft for row in rows for _, drafts in row for draft in drafts]
    header = tag.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None
    if is_values(rows, header) and tag.find(f".//{W}tbl") is None:
        reading.drafts += cell_drafts([[cell for cell, _ in row] for row in rows])
    else:
        reading.drafts += inner


def is_values(rows: list[list[tuple[Cell, list[Draft]]]], header: bool) -> bool:
    """A table of values: several rows and columns, no headings or lists in it, no long texts."""
    cells = [(cell, drafts) for row in rows for cell, drafts in row]
    listed = any(
        (len(drafts) > 1 and any(d.kind == "list_item" for d in drafts))
        or any(d.kind == "heading" for d in drafts)
        for _, drafts in cells
    )
    longest = max((len(cell.words) for cell, _ in cells), default=0)
    wide = max(map(len, rows), default=0) > 1 and len(rows) > 1
    return wide and not listed and (header or longest <= LONGEST_CELL)


def inside(tag: Element, name: str) -> Iterator[Element]:
    """The rows of a table or cells of a row, also those in content controls."""
    for child in tag:
        if child.tag == W + name:
            yield child
        elif child.tag not in LEFT_OUT:
            yield from inside(child, name)


def is_struck(row: Element) -> bool:
    """Is a row hidden, or deleted in a revision?"""
    properties = row.find(W + "trPr")
    return properties is not None and (
        properties.find(W + "del") is not None or bool(switch(properties, "hidden"))
    )


def read_row(reading: Reading, row: Element) -> Iterator[tuple[Cell, list[Draft]]]:
    """The cells of a row with their drafts; one that goes on from the row above is empty."""
    skipped = whole(value(row, "trPr", "gridBefore"), 0)
    if skipped:
        yield Cell("", span_of(skipped)), []
    for tag in inside(row, "tc"):
        properties = tag.find(W + "tcPr")
        merged = properties.find(W + "vMerge") if properties is not None else None
        cell = Reading(reading.styles, reading.counts)
        if merged is None or merged.get(W + "val") == "restart":
            blocks(cell, tag)
        words = " ".join(f"{d.marker} {d.text}" if is_counted(d) else d.text for d in cell.drafts)
        yield Cell(words, span_of(value(properties, "gridSpan"))), cell.drafts


def is_counted(draft: Draft) -> bool:
    return draft.kind == "list_item" and (draft.marker or BULLET) != BULLET
