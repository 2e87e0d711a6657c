"""Lines to paragraphs, headings and list items, by their place, size and weight. No PDF library here."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from corpus.paper.join import join_lines
from corpus.paper.lines import Line
from corpus.paper.words import Word
from corpus.shape import LONGEST_HEADING, Draft, is_heading, line_kind

BULLETS = frozenset("•▪◦‣·*o-–—●○■□➢►✓§\ufffd")
MARK = re.compile(r"(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]|\(\d{1,2}\)")
CHAPTER = re.compile(r"\d{1,2}\.(?:\d{1,2}\.?){0,3}")
NOTE = re.compile(r"(?<!\S)(\d{1,2})(?: |(?=[A-ZÆØÅ][a-zæøå]))")  # its number, at times without a space
LEADERS = re.compile(r"(?:[.…] ?){4,}\s*\d*$")
SENTENCE_END = re.compile(r"[.!?:;][”\"’»)]*\d{0,2}$")
LARGER = 1.08  # times the size of the text: a heading
TITLE = 1.25  # times the size of the text: the title
APART = 1.18  # times the usual distance of lines: another paragraph
SMALLER = 0.92  # times the size of the text: a note
SAME = 0.6  # points in which sizes do not differ
ROOM = 0.72  # of the column: a line that ends before was ended on purpose
INDENT = 6  # points
MOVED = 3.5  # letter sizes: no first line of a paragraph is indented so far
WRAPPED = 1.4  # letter sizes from line to line in one heading, at most


@dataclass(frozen=True, slots=True)
class Style:
    """What is ordinary in a document: size and weight of its text, distance of its lines by size."""

    size: float
    bold: bool
    leading: dict[float, float]
    sizes: tuple[float, ...]  # of headings, largest first

    def distance(self, size: float) -> float:
        return self.leading.get(size, size * 1.3)


@dataclass
class Piece:
    """Lines that become one block."""

    kind: str  # "heading", "paragraph", "list_item"
    lines: list[Line]
    marker: str | None = None
    indent: float = 0
    gap: bool = True
    words: list[str] = field(default_factory=list)

    @property
    def last(self) -> Line:
        return self.lines[-1]


def style_of(lines: list[Line]) -> Style:
    """The style most of the letters have."""
    letters: Counter[tuple[float, bool]] = Counter()
    for line in lines:
        letters[line.size, line.bold] += len(line.text)
    (size, bold), _ = letters.most_common(1)[0]
    sizes = {line.size for line in lines if line.size >= size * LARGER and len(line.text) < LONGEST_HEADING}
    distances: dict[float, Counter[float]] = {}
    for before, line in pairwise(lines):
        gap = line.bottom - before.bottom
        if before.size == line.size and before.page == line.page and 0 < gap < line.size * 2.5:
            distances.setdefault(line.size, Counter())[round(gap)] += 1
    leading = {own: usual(found) for own, found in distances.items()}
    return Style(size, bold, leading, tuple(sorted(sizes, reverse=True)))


def usual(found: Counter[float]) -> float:
    """The least distance among those that are frequent: paragraphs stand further apart than lines."""
    most = max(found.values())
    return min(gap for gap, times in found.items() if times * 3 >= most)


def pieces_of(lines: list[Line], style: Style) -> list[Piece]:
    """The lines put together to what will be blocks."""
    pieces: list[Piece] = []
    for line in lines:
        piece = opened(line, style)
        last = pieces[-1] if pieces else None
        if last and belongs(last, piece, line, style):
            last.lines.append(line)
            last.words.append(line.text)
            continue
        heads = last is None or "heading" in (last.kind, piece.kind)
        piece.gap = heads or last is None or not tight(last.last, line, style)
        pieces.append(piece)
    return pieces


def opened(line: Line, style: Style) -> Piece:
    """The piece that a line would begin."""
    if is_set_off(line, style):
        return Piece("heading", [line], words=[line.text])
    marker, rest = marked(line)
    if marker:
        return Piece("list_item", [line], marker, line.x0, words=[" ".join(word.text for word in rest)])
    return Piece("paragraph", [line], indent=line.x0, words=[line.text])


def marked(line: Line) -> tuple[str | None, list[Word]]:
    """The bullet or number of a list item, and the words after it."""
    first, *rest = line.words
    if not rest:
        return None, []
    wide = rest[0].x0 - first.x1 > 0.15 * line.size
    if first.symbol or first.text in BULLETS or "\ue000" <= first.text[0] <= "\uf8ff":
        if first.text in {"-", "–", "—"}:
            return ("-" if first.text == "-" else "–"), [*rest]
        return "•", [*rest]
    if MARK.fullmatch(first.text) and wide and (first.text[-1] == ")" or not rest[0].text[0].islower()):
        return first.text, [*rest]
    return None, []


def is_set_off(line: Line, style: Style) -> bool:
    """Larger than the text, or bold where the text is not, and no sentence."""
    larger = line.size >= style.size * LARGER and len(line.text) <= LONGEST_HEADING
    return larger or (line.bold and not style.bold and any(map(str.isalpha, line.text)))


def belongs(last: Piece, piece: Piece, line: Line, style: Style) -> bool:
    """Is a line the next one of the block before it?"""
    before = last.last
    if piece.marker or (piece.kind == "heading") != (last.kind == "heading"):
        return False
    if last.kind == "heading":
        same = abs(line.size - before.size) < SAME and line.bold == before.bold
        numbered = CHAPTER.fullmatch(line.words[0].text) is not None and len(line.words) > 1
        return same and not numbered and follows(before, line, line.size * WRAPPED)
    if abs(line.size - before.size) >= SAME * 2 or LEADERS.search(before.text):
        return False
    if NOTE.match(line.text) and line.size < style.size * SMALLER and SENTENCE_END.search(before.text):
        return False
    if before.page == line.page and line.bottom > before.bottom:
        return follows(before, line, style.distance(line.size)) and not ended(last, line)
    return runs_on(before, line)


def follows(before: Line, line: Line, distance: float) -> bool:
    return before.page == line.page and 0 < line.bottom - before.bottom <= distance * APART + 1


def tight(before: Line, line: Line, style: Style) -> bool:
    return abs(line.size - before.size) < SAME and follows(before, line, style.distance(line.size))


def ended(last: Piece, line: Line) -> bool:
    """Was the line before ended on purpose: with room for the next word, or by an indentation?"""
    before = last.last
    left = min(own.x0 for own in last.lines)
    width = max(before.right - left, 1)
    if is_moved(before, line) or (is_at_right(before, line) and last.kind == "paragraph"):
        return True
    fits = before.x1 + line.words[0].x1 - line.words[0].x0 + line.size < before.right
    if fits and before.x1 - left < ROOM * width:
        return True
    if last.kind == "list_item":
        return line.x0 < last.indent + 1 and bool(SENTENCE_END.search(before.text))
    indented = line.x0 - before.x0 > INDENT and len(last.lines) > 1
    return indented and bool(SENTENCE_END.search(before.text))


def is_moved(before: Line, line: Line) -> bool:
    """Does a line begin far left of the one before, as after one at the right, and is none centred?"""
    centred = abs(before.x0 + before.x1 - line.x0 - line.x1) < 2 * INDENT
    return before.x0 - line.x0 > MOVED * line.size and not centred


def is_at_right(before: Line, line: Line) -> bool:
    """Are lines set against the right margin, each for itself?"""
    ends = abs(before.x1 - line.x1) < SAME * 2 and abs(before.x0 - line.x0) > INDENT
    return ends and min(before.x0 - before.right / 2, line.x0 - line.right / 2) > 0


def runs_on(before: Line, line: Line) -> bool:
    """Does a sentence go on over the end of a column or page?"""
    first = line.text[0]
    if first.islower():
        return True  # no sentence begins so: the full stop was an abbreviation's
    if SENTENCE_END.search(before.text):
        return False
    full = before.x1 >= before.right - (before.right - before.x0) * (1 - ROOM)
    return before.text[-1] in "-\u00ad," or (full and (first.isalnum() or first in '(”“"»'))


def drafts_of_pieces(pieces: list[Piece], style: Style) -> Iterator[Draft]:
    """A draft for each piece, with its level."""
    indents: list[float] = []
    for piece in pieces:
        draft = draft_of(piece, style)
        if draft.kind == "list_item":
            indents = [*(x for x in indents if x < piece.indent - INDENT / 2), piece.indent]
            draft = replace(draft, level=len(indents))
        elif piece.gap:
            indents = []
        yield draft


def draft_of(piece: Piece, style: Style) -> Draft:
    words = join_lines(piece.words)
    if piece.last.size < style.size * SMALLER:
        words = NOTE.sub(r"\1 ", words, count=1)
    page = piece.lines[0].page
    if piece.kind == "heading":
        return heading(piece, words, style)
    if piece.kind == "list_item":
        return Draft("list_item", words, 1, piece.marker, page=page, gap=piece.gap)
    return Draft(line_kind(words), words, page=page, gap=piece.gap)


def heading(piece: Piece, words: str, style: Style) -> Draft:
    """A heading by its size; bold words in the size of the text only if they look like one."""
    line = piece.lines[0]
    if line.size < style.size * LARGER:
        kind = "heading" if is_heading(words) else line_kind(words)
        level = 2 + len(style.sizes) if kind == "heading" else None
        return Draft(kind, words, level, bold=True, page=line.page, gap=piece.gap)
    if len(words) > LONGEST_HEADING * 2:
        return Draft("paragraph", words, page=line.page, gap=piece.gap)
    return Draft("heading", words, 2 + style.sizes.index(line.size), page=line.page, gap=piece.gap)
