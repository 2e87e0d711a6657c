"""What the styles and the list definitions of a Word file say. Takes elements, parses nothing."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from corpus.word.numbering import Level, Numbering

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HEADING = re.compile(r"(?:heading|overskrift) ?(\d)\b.*", re.I)
TITLE = re.compile(r"(?:title|titel|dokumenttitel|document title)", re.I)
CONTENTS = re.compile(r"(?:toc|indholdsfortegnelse|table of figures|listeoverfigurer)\b.*", re.I)
LISTED = re.compile(
    r"(?:list (?:bullet|number)|opstilling - (?:punkttegn|talopstilling|bullet)|(?:punkt|tal)opstilling).*",
    re.I,
)
OFF = frozenset({"0", "false", "off", "none"})
DEEPEST = 8  # levels of headings and lists count from 0 to this; 9 is body text
LONGEST_CHAIN = 12  # styles based on each other


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says of its paragraphs or words; None where it leaves it to the one it is based on."""

    name: str = ""
    based: str | None = None
    bold: bool | None = None
    hidden: bool | None = None
    outline: int | None = None
    listed: tuple[str, int] | None = None  # the list and the depth in it


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a document by id, its lists by number."""

    by_id: Mapping[str, Style] = field(default_factory=dict)
    usual: str | None = None  # the style of paragraphs that name none
    lists: Mapping[str, Numbering] = field(default_factory=dict)

    def chain(self, name: str | None) -> Iterator[Style]:
        """A style and those it is based on."""
        for _ in range(LONGEST_CHAIN):
            style = self.by_id.get(name or "")
            if style is None:
                return
            yield style
            name = style.based


def value(parent: Element | None, *path: str) -> str | None:
    """The w:val of the element down the path."""
    for tag in path:
        parent = parent.find(W + tag) if parent is not None else None
    return parent.get(W + "val") if parent is not None else None


def switch(parent: Element | None, tag: str) -> bool | None:
    """An on-off property: None if it is not said."""
    found = parent.find(W + tag) if parent is not None else None
    return None if found is None else str(found.get(W + "val", "1")).lower() not in OFF


def whole(text: str | None, default: int) -> int:
    """
    >>> whole("3", 0), whole(None, 0), whole("tre", 1)
    (3, 0, 1)
    """
    digits = (text or "").strip()
    return int(digits) if digits.isdecimal() and len(digits) <= len("99999") else default


def listed_in(properties: Element | None) -> tuple[str, int] | None:
    """The list and the depth that paragraph properties give."""
    number = properties.find(W + "numPr") if properties is not None else None
    if number is None:
        return None
    return value(number, "numId") or "", min(whole(value(number, "ilvl"), 0), DEEPEST)


def styles_of(styles: Element | None, numbering: Element | None) -> Styles:
    """The styles and lists of a document; both parts may be missing."""
    found: dict[str, Style] = {}
    usual = None
    for style in styles.iterfind(W + "style") if styles is not None else ():
        name = style.get(W + "styleId") or ""
        found[name] = read_style(style)
        if style.get(W + "type") == "paragraph" and style.get(W + "default") in {"1", "true", "on"}:
            usual = name
    return Styles(found, usual, lists_of(numbering, found) if numbering is not None else {})


def read_style(style: Element) -> Style:
    words, paragraph = style.find(W + "rPr"), style.find(W + "pPr")
    outline = value(paragraph, "outlineLvl")
    return Style(
        value(style, "name") or style.get(W + "styleId") or "",
        value(style, "basedOn"),
        switch(words, "b"),
        switch(words, "vanish"),
        whole(outline, DEEPEST + 1) if outline is not None else None,
        listed_in(paragraph),
    )


def lists_of(numbering: Element, styles: Mapping[str, Style]) -> dict[str, Numbering]:
    """Every list by its number, with the levels of the definition it takes them from."""
    defined = {item.get(W + "abstractNumId"): item for item in numbering.iterfind(W + "abstractNum")}
    numbers = {item.get(W + "numId"): item for item in numbering.iterfind(W + "num")}
    found: dict[str, Numbering] = {}
    for name, item in numbers.items():
        counter = value(item, "abstractNumId") or ""
        definition = defined.get(counter)
        linked = value(definition, "numStyleLink")
        other = styles[linked].listed if linked and linked in styles else None
        if other and other[0] in numbers:  # the levels stand in the list of a style
            counter = value(numbers[other[0]], "abstractNumId") or ""
            definition = defined.get(counter)
        if name and definition is not None:
            found[name] = read_list(counter, definition, item)
    return found


def read_list(counter: str, definition: Element, item: Element) -> Numbering:
    levels = dict(map(read_level, definition.iterfind(W + "lvl")))
    restarts: dict[int, int] = {}
    for override in item.iterfind(W + "lvlOverride"):
        depth = whole(override.get(W + "ilvl"), 0)
        own = override.find(W + "lvl")
        if own is not None:
            levels[depth] = read_level(own)[1]
        start = value(override, "startOverride")
        if start is not None:
            restarts[depth] = whole(start, 1)
    return Numbering(counter, levels, restarts)


def read_level(level: Element) -> tuple[int, Level]:
    after = value(level, "lvlRestart")
    words = value(level, "lvlText") or ""
    form = value(level, "numFmt") or "decimal"
    start = whole(value(level, "start"), 1)
    legal = bool(switch(level, "isLgl"))
    return whole(level.get(W + "ilvl"), 0), Level(
        form, words, start, whole(after, 0) if after else None, legal
    )
