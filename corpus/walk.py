"""Elements to drafts, in reading order: blocks, lists in lists, tables."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from corpus.html import HEADS, NavigableString, Tag, words_of
from corpus.inline import BLOCKS, Inline, Place, place_in
from corpus.shape import Draft
from corpus.table import Cell, cell_drafts, span_of

DEEPEST = 120  # elements inside each other; what is deeper is read as mere words
LONGEST_CELL = 250  # characters; longer cells lay out a page
LONGEST_START = 3  # digits of the number that a list begins with
FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}  # <ol type>
STYLES = {
    "lower-alpha": "lowerLetter", "lower-latin": "lowerLetter", "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter", "lower-roman": "lowerRoman", "upper-roman": "upperRoman",
}  # fmt: skip
STYLE = re.compile(r"list-style(?:-type)?\s*:[^;]*?\b((?:low|upp)er-(?:alpha|latin|roman))\b", re.I)


@dataclass(slots=True)
class Walk:
    """Walks the elements of a page and collects drafts in reading order."""

    drafts: list[Draft] = field(default_factory=list)
    inline: Inline = field(default_factory=Inline)
    depth: int = 0
    begun: set[int] = field(default_factory=set)  # list items that have words; more are paragraphs
    count: int = 0

    def read(self, main: Tag) -> list[Draft]:
        self.block(main, Place())
        return self.drafts

    def flush(self, place: Place) -> None:
        if place.kind == "list_item" and place.item in self.begun:
            place = replace(place, kind="paragraph")
        if found := self.inline.take(place):
            self.begun.add(place.item)
            self.drafts += found

    def visit(self, tag: Tag, place: Place) -> None:
        if self.depth > DEEPEST:
            self.inline.add(words_of(tag), place.bold)
            return
        self.depth += 1
        for child in tag.children:
            if type(child) is NavigableString:
                self.inline.add(child, place.bold, kept=tag.name == "pre")
            elif isinstance(child, Tag):
                self.element(child, place)
        self.depth -= 1

    def element(self, tag: Tag, place: Place) -> None:
        if tag.name == "br":
            self.inline.line()
        elif tag.name in BLOCKS or (tag.name == "cite" and place.kind == "quote"):
            self.flush(place)
            self.block(tag, place)
        else:
            bold = place.bold or tag.name in {"b", "strong"}
            self.visit(tag, replace(place, bold=bold))

    def block(self, tag: Tag, place: Place) -> None:
        if tag.name == "table" and is_data(tag):
            self.drafts.extend(cells(tag))
        elif tag.name in {"ul", "ol"}:
            self.items(tag, place)
        else:
            inner = place_in(tag.name, place)
            self.visit(tag, inner)
            self.flush(inner)

    def items(self, tag: Tag, place: Place) -> None:
        """The items of a list, and the lists between them that broken markup left."""
        number = number_of(tag.get("start"), 1)
        inner = replace(place, level=place.level + 1, ordered=tag.name == "ol", form=form_of(tag))
        for child in tag.find_all(True, recursive=False):
            if child.name == "li":
                self.count += 1
                number = number_of(child.get("value"), number)
                self.block(child, replace(inner, number=number, item=self.count))
                number += 1
            else:
                self.block(child, inner)


def number_of(value: object, otherwise: int) -> int:
    """
    >>> number_of("3", 1), number_of(None, 1), number_of("tre", 4), number_of("99999", 5)
    (3, 1, 4, 5)
    """
    digits = str(value or "").strip()
    return int(digits) if digits.isdecimal() and len(digits) <= LONGEST_START else otherwise


def form_of(items: Tag) -> str:
    """How the items of a list are numbered, as a word processor calls it."""
    style = STYLE.search(str(items.get("style") or ""))
    return STYLES[style[1].lower()] if style else FORMS.get(str(items.get("type") or ""), "decimal")


def is_data(table: Tag) -> bool:
    """A table of values, not one that lays out the page."""
    if table.find(["table", "ul", "ol", *HEADS]):
        return False
    rows = [row.find_all(["td", "th"]) for row in table.find_all("tr")]
    named = table.find(["th", "caption"]) is not None
    longest = max((len(words_of(cell)) for row in rows for cell in row), default=0)
    wide = max(map(len, rows), default=0) > 1
    return wide and len(rows) > 1 and (named or longest <= LONGEST_CELL)


def cells(table: Tag) -> Iterator[Draft]:
    """The cells of a data table; its caption goes before them."""
    caption = table.find("caption")
    if isinstance(caption, Tag) and (words := words_of(caption)):
        yield Draft("heading", words, 3)
    yield from cell_drafts(
        [
            [
                Cell(words_of(cell), span_of(cell.get("colspan")), span_of(cell.get("rowspan")))
                for cell in row.find_all(["td", "th"])
            ]
            for row in table.find_all("tr")
        ]
    )
