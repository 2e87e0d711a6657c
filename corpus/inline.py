"""The words between two block elements: lines, bold lines, and lines of a PDF put on a page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

from corpus.decode import normalise
from corpus.document import BlockKind
from corpus.shape import ATTRIBUTION, BULLET, Draft, line_kind
from corpus.word.numbering import numeral

BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
        "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3",
        "h4", "h5", "h6", "header", "hr", "html", "legend", "li", "main", "ol", "p", "pre",
        "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    )
)  # fmt: skip
SOURCES = frozenset({"cite", "footer", "figcaption"})  # who is quoted, inside a quotation
HEADINGS = {f"h{n}": n for n in range(1, 7)} | {"dt": 4, "summary": 3, "caption": 3}
LINE_LENGTH = 55  # lines of a PDF put on a page are about this long or longer
MOST = 0.5  # share of a text's lines that must be so
SHORT = 0.8  # a line shorter than this share of the widest was ended by its author
LABEL = re.compile(r"\d[\d.–-]*:\s")  # "2023: Ordningen begynder"
HYPHENS = ("-", "\u2010")
HYPHEN = re.compile(r"(?<=[a-zæøå])[-\u2010] (?=(?!og\b|eller\b|samt\b)[a-zæøå])|(?<=\d[-–]) (?=[\da-zæøå])")


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the page we are: in a heading, a list item, a quotation, bold or not."""

    kind: BlockKind = "paragraph"
    level: int = 0
    ordered: bool = False
    number: int = 0
    form: str = "decimal"  # of the numbers of an ordered list
    item: int = 0  # which list item of the page, 0 outside of lists
    heading: int | None = None
    bold: bool = False


def place_in(tag: str, place: Place) -> Place:
    """The place inside a block element."""
    if tag in HEADINGS:
        return replace(place, kind="heading", heading=HEADINGS[tag])
    if tag == "li":
        return replace(place, kind="list_item")
    if tag == "blockquote":
        return replace(place, kind="quote")
    if tag in SOURCES and place.kind == "quote":
        return replace(place, kind="attribution")
    return place


@dataclass(slots=True)
class Inline:
    """Collects pieces of text until a block ends. A line is a list of (words, bold)."""

    lines: list[list[tuple[str, bool]]] = field(default_factory=lambda: [[]])

    def add(self, words: str, bold: bool, kept: bool = False) -> None:
        """Add a piece of text; `kept` says that its line ends are meant."""
        words = normalise(words)
        first, *others = words.split("\n") if kept else [re.sub(r"\s+", " ", words)]
        self.lines[-1].append((first, bold))
        self.lines += [[(line, bold)] for line in others]

    def line(self) -> None:
        self.lines.append([])

    def take(self, place: Place) -> list[Draft]:
        """The drafts of the lines so far, which are then forgotten."""
        lines = [("".join(w for w, _ in pieces).strip(), is_bold(pieces)) for pieces in self.lines]
        self.lines = [[]]
        if not any(words for words, _ in lines):
            return []
        if place.kind in {"heading", "list_item"}:
            return [in_place(squash(" ".join(words for words, _ in lines)), place)]
        groups = [[*g] for filled, g in groupby(lines, lambda line: bool(line[0])) if filled]
        return [draft for group in groups for draft in drafts_of(group, place)]


def is_bold(pieces: list[tuple[str, bool]]) -> bool:
    return any(w.strip() for w, _ in pieces) and all(bold for w, bold in pieces if w.strip())


def in_place(words: str, place: Place) -> Draft:
    if place.kind == "heading":
        return Draft("heading", words, place.heading, bold=True)
    end = "." if place.form == "decimal" else ")"
    marker = numeral(place.number, place.form) + end if place.ordered else "•"
    return Draft("list_item", words, max(place.level, 1), marker)


def drafts_of(lines: list[tuple[str, bool]], place: Place) -> list[Draft]:
    """The drafts of lines that no empty line parts; bold lines among others are headings."""
    found: list[Draft] = []
    for bold, group in groupby(lines, lambda line: line[1]):
        words = [squash(line) for line, _ in group]
        wrapped = is_wrapped(words)
        for i, line in enumerate(unwrapped(words) if wrapped else words):
            draft = line_draft(line, bold, place, gap=not i or wrapped)
            after_list = found and found[-1].kind == "list_item" != draft.kind
            found.append(replace(draft, gap=True) if after_list else draft)
    return found


def unwrapped(lines: list[str]) -> Iterator[str]:
    """The paragraphs of wrapped lines: what their author ended stays apart."""
    width = max(map(len, lines))
    paragraph = lines[:1]
    for line in lines[1:]:
        if is_ended(paragraph[-1], line, width):
            yield unwrap(paragraph)
            paragraph = []
        paragraph.append(line)
    yield unwrap(paragraph)


def is_wrapped(lines: list[str]) -> bool:
    """Are the lines broken by a page width: mostly long, and going on in mid-sentence?"""
    long = [len(line) >= LINE_LENGTH or line.endswith(HYPHENS) for line in lines[:-1]]
    going_on = any(goes_on(line, after) for line, after in pairwise(lines))
    return going_on and sum(long) >= len(long) * MOST


def goes_on(line: str, after: str) -> bool:
    """Is the second line surely the rest of the first one's sentence?"""
    begun = BULLET.match(after) or LABEL.match(after)
    figure = after[0].isdigit() and not begun and line[-1] not in ".:;!?"
    return line.endswith(HYPHENS) or (after[0].islower() and line[-1] not in ":;") or figure


def is_ended(line: str, after: str, width: int) -> bool:
    """Did the author end the line, though the next word would have had room on it?"""
    if line.endswith(HYPHENS) or after[0].islower():
        return False
    room = width - len(line) - 1 - len(after.split(maxsplit=1)[0])
    ended = line[-1] in ".:!?" and room >= 0
    return ended or len(line) < width * SHORT


def unwrap(lines: list[str]) -> str:
    """The words of wrapped lines, 'offent-' + 'lige' together, 'børne-' + 'og' apart.

    >>> unwrap(["det offent-", "lige og børne-", "og ungeområdet"])
    'det offentlige og børne- og ungeområdet'
    """
    return HYPHEN.sub("", " ".join(lines))


def line_draft(line: str, bold: bool, place: Place, gap: bool) -> Draft:
    kind = line_kind(line)
    bullet = BULLET.match(line)
    if place.kind == "attribution":
        dashed = line if ATTRIBUTION.fullmatch(line) else f"- {line.lstrip('-–— ')}"
        return Draft("attribution", dashed, gap=gap)
    numbered_title = bold and bullet and bullet["marker"][:1].isdigit()
    if bullet and kind != "attribution" and not numbered_title:
        words, level = line[bullet.end() :], max(place.level, 1)
        return Draft("list_item", words, level, bullet["marker"], gap=gap)
    if place.kind == "quote" and kind == "paragraph":
        kind = "quote"
    return Draft(kind, line, None, None, bold, gap=gap)


def squash(text: str) -> str:
    return " ".join(text.split())
