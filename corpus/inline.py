"""The words of a page between two block elements: lines, bold lines, and lines of a PDF put on a page."""

import re
from dataclasses import dataclass, field, replace
from itertools import groupby

from corpus.document import BlockKind
from corpus.shape import BULLET, Draft, line_kind

BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figure footer "
    "h1 h2 h3 h4 h5 h6 header hr html li main ol p pre section summary table tbody td th tr ul".split()
)
HEADINGS = {f"h{n}": n for n in range(1, 7)} | {"dt": 4, "summary": 3, "caption": 3}
LINE_LENGTH = 55  # lines of a PDF put on a page are about this long or longer
MOST = 0.8  # share of a paragraph's lines that must be so
HYPHEN = re.compile(r"(?<=[a-zæøå])[-\u2010] (?=(?!og\b|eller\b|samt\b)[a-zæøå])")


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the page we are: in a heading, a list item, a quotation, bold or not."""

    kind: BlockKind = "paragraph"
    level: int = 0
    ordered: bool = False
    number: int = 0
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
    return place


@dataclass(slots=True)
class Inline:
    """Collects pieces of text until a block ends. A line is a list of (words, bold)."""

    lines: list[list[tuple[str, bool]]] = field(default_factory=lambda: [[]])

    def add(self, words: str, bold: bool) -> None:
        self.lines[-1].append((re.sub(r"\s+", " ", words), bold))

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
    marker = f"{place.number}." if place.ordered else "•"
    return Draft("list_item", words, max(place.level, 1), marker)


def drafts_of(lines: list[tuple[str, bool]], place: Place) -> list[Draft]:
    """The drafts of lines that no empty line parts; bold lines among others are headings."""
    found: list[Draft] = []
    for bold, group in groupby(lines, lambda line: line[1]):
        words = [squash(line) for line, _ in group]
        if is_wrapped(words):
            words = [unwrap(words)]
        found += [line_draft(line, bold, place, gap=not i) for i, line in enumerate(words)]
    return found


def is_wrapped(lines: list[str]) -> bool:
    """Lines broken by a page width, not by an author: long, and going on in mid-sentence."""
    if len(lines) == 1 or any(BULLET.match(line) for line in lines[1:]):
        return False
    broken = [len(line) >= LINE_LENGTH or line.endswith(("-", "\u2010")) for line in lines[:-1]]
    return sum(broken) >= len(broken) * MOST


def unwrap(lines: list[str]) -> str:
    """The words of wrapped lines, 'offent-' + 'lige' together, 'børne-' + 'og' apart.

    >>> unwrap(["det offent-", "lige og børne-", "og ungeområdet"])
    'det offentlige og børne- og ungeområdet'
    """
    return HYPHEN.sub("", " ".join(lines))


def line_draft(line: str, bold: bool, place: Place, gap: bool) -> Draft:
    kind = line_kind(line)
    bullet = BULLET.match(line)
    if bullet and kind != "attribution":
        return Draft("list_item", line[bullet.end() :], max(place.level, 1), bullet["marker"], gap=gap)
    if place.kind == "quote" and kind == "paragraph":
        kind = "quote"
    return Draft(kind, line, None, None, bold, gap=gap)


def squash(text: str) -> str:
    return " ".join(text.split())
