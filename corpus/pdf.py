"""A PDF to a Document: its letters and ruled lines to lines, tables and blocks."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

from corpus.apart import Parts, read_apart
from corpus.compose import compose
from corpus.decode import normalise
from corpus.document import Document, Origin, UnreadableError
from corpus.paper.furniture import without_furniture
from corpus.paper.layout import drafts_of_pages
from corpus.paper.lines import Page, Rule
from corpus.paper.words import UNKNOWN, Letter, words_of
from corpus.privacy import mask

if TYPE_CHECKING:
    import pdfplumber

Turn = Callable[[Rule], Rule]

MOST_PAGES = 1_000
MOST_LETTERS = 40_000  # on a page; the densest table has 10,000
MOST_RULES = 20_000  # on a page; more is a drawing
START, END = 1024, 2048  # bytes in which a PDF says that it begins and ends
FEWEST = 20  # letters on a page that was not scanned
THIN = 3  # points: a narrower rectangle is a ruled line
MOST_DISC = 8  # points: a larger round shape is no bullet
BASE, HEIGHT = 0.2, 0.75  # of a letter's size: below and above the line it stands on
TURNED = 0.5  # of the letters: then the page is turned, and else they are a mark in its margin


def read_pdf(body: bytes, origin: Origin) -> Document:
    """The Document of a PDF, which is parsed in a process of its own.

    Raises UnreadableError for what is no PDF, cut off, locked, scanned, or too large.
    """
    refuse_cut(body)
    parts = read_apart("pdf", body)
    text, blocks = compose(list(parts.drafts))
    text = mask(text)
    title = text[blocks[0].span.start : blocks[0].span.end]
    return Document(replace(origin, media_type="application/pdf"), title, text, blocks, parts.notes)


def refuse_cut(body: bytes) -> None:
    """Raise UnreadableError for what does not begin or end as a PDF does."""
    if not body.strip():
        raise UnreadableError("empty; there is nothing to read")
    if b"%PDF-" not in body[:START]:
        raise UnreadableError("not a PDF, though it is called one; fetch it again")
    if b"%%EOF" not in body[-END:]:
        raise UnreadableError("cut off: the PDF has no end (%%EOF); fetch it again")


def drafts_of(body: bytes) -> Parts:
    """Everything from bytes to drafts, in the process that `read_apart` starts."""
    pages, scanned, notes, title = pages_of(body)
    if not any(page.words for page in pages) or len(scanned) == len(pages):
        raise UnreadableError(without_text(len(pages), bool(scanned)))
    drafts, more = drafts_of_pages(without_furniture(pages), title)
    notes = [*notes, *more, *(["scanned_pages"] if scanned else [])]
    notes += ["unknown_letters"] if any(UNKNOWN in draft.text for draft in drafts) else []
    clean = [replace(draft, text=" ".join(normalise(draft.text).split())) for draft in drafts]
    clean = [draft for draft in clean if draft.text]
    if not any(" " in draft.text for draft in clean):
        raise UnreadableError("no words in it; there is nothing to read")
    return Parts(clean[0].text, tuple(clean), tuple(sorted({*notes})))


def without_text(count: int, scanned: bool) -> str:
    """
    >>> without_text(2, scanned=True)[:60]
    'a scanned PDF without text: its 2 pages are pictures; run OC'
    """
    what = "a scanned PDF" if scanned else "a PDF"
    pages = "its page is" if count == 1 else f"its {count} pages are"
    why = "pictures" if scanned else "empty or drawings"
    why = why.replace("pictures", "a picture") if count == 1 else why
    return f"{what} without text: {pages} {why}; run OCR on it (for example ocrmypdf) and add the result"


def pages_of(body: bytes) -> tuple[list[Page], list[int], list[str], str]:
    """The words and rules of every page, the pages that are pictures, notes, and its own title."""
    import pdfplumber  # noqa: PLC0415 heavy, and only the process apart needs it
    from pdfplumber.utils.exceptions import PdfminerException  # noqa: PLC0415

    try:
        file = pdfplumber.open(BytesIO(body))
    except PdfminerException as error:
        locked = "password" in repr(error).lower() or "encrypt" in repr(error).lower()
        why = (
            "locked with a password; remove it" if locked else "damaged, it cannot be opened; fetch it again"
        )
        raise UnreadableError(f"a PDF that is {why}") from error
    count = len(file.pages)
    if not count:
        raise UnreadableError("a PDF without pages; fetch it again")
    if count > MOST_PAGES:
        raise UnreadableError(f"a PDF of {count} pages, the limit is {MOST_PAGES}; split it")
    read = [read_page(page) for page in file.pages]
    scanned = [page.number for page, pictures, _ in read if pictures]
    notes = sorted({note for _, _, notes in read for note in notes})
    title = str((file.metadata or {}).get("Title") or "")
    refuse_unmapped([page for page, _, _ in read])
    return [page for page, _, _ in read], scanned, notes, title


def refuse_unmapped(pages: list[Page]) -> None:
    """Raise UnreadableError where letters are numbers of a font that says not what they mean."""
    words = [word.text for page in pages for word in page.words]
    if sum(UNKNOWN in word and len(word) > 1 for word in words) * 4 > len(words):
        why = "a PDF whose fonts do not say which letters they draw"
        raise UnreadableError(f"{why}; run OCR on it and add the result")


def read_page(page: "pdfplumber.page.Page") -> tuple[Page, bool, list[str]]:
    """The words and rules of a page; is it a picture of text; and notes."""
    if len(page.chars) > MOST_LETTERS:
        many = f"{len(page.chars):,} letters on page {page.page_number}"
        raise UnreadableError(f"a PDF with {many}, the limit is {MOST_LETTERS:,}; no text has so many")
    chars = [char for char in page.chars if on_page(char, page)]
    level = [char for char in chars if char["upright"] and char["matrix"][0] > 0]
    turned = [char for char in chars if not char["upright"]]
    notes = ["rotated_text"] if turned else []
    rules = tuple(rules_of(page))
    width, height = float(page.width), float(page.height)
    if len(turned) > TURNED * len(chars):
        upwards = sum(char["matrix"][1] > 0 for char in turned) * 2 > len(turned)
        turn = turner(upwards, width, height)
        letters = [turned_letter(char, turn) for char in turned]
        rules, width, height = tuple(map(turn, rules)), height, width
    else:
        letters = [letter_of(char) for char in level]
        letters += [*discs_of(page, letters)]
    words = tuple(words_of(letters))
    pictures = sum(letter.text.isalnum() for letter in letters) < FEWEST and bool(page.images)
    page.close()
    return Page(page.page_number, width, height, words, rules), pictures, notes


def on_page(char: dict[str, Any], page: "pdfplumber.page.Page") -> bool:
    x, y = float(char["x0"] + char["x1"]) / 2, float(char["top"] + char["bottom"]) / 2
    x0, top, x1, bottom = page.bbox
    return bool(x0 - 1 <= x <= x1 + 1 and top - 1 <= y <= bottom + 1)


def letter_of(char: dict[str, Any]) -> Letter:
    """A letter with its height measured from the line it stands on, whatever its font says."""
    size = max(float(char["size"]), 0.5)
    foot = char["bottom"] + char["y0"] - char["matrix"][5]
    font = str(char["fontname"])
    return Letter(char["text"], char["x0"], char["x1"], foot - HEIGHT * size, foot + BASE * size, size, font)


def discs_of(page: "pdfplumber.page.Page", letters: list[Letter]) -> Iterator[Letter]:
    """The bullets of a list that are drawn and not written: small and round, left of the first word."""
    for shape in page.curves[:MOST_RULES]:
        x0, x1, top, bottom = (float(shape[name]) for name in ("x0", "x1", "top", "bottom"))
        width, height, middle = x1 - x0, bottom - top, (top + bottom) / 2
        if not (1 < width < MOST_DISC and abs(width - height) < 1):
            continue
        beside = [letter for letter in letters if letter.top < middle < letter.bottom]
        first = min(
            (letter for letter in beside if letter.text.strip()), key=lambda own: own.x0, default=None
        )
        if first and x1 < first.x0 < x1 + MOST_DISC * 3:
            yield Letter("\u2022", x0, x1, first.top, first.bottom, first.size, "")


def turned_letter(char: dict[str, Any], turn: Turn) -> Letter:
    """The same on a page that was printed sideways."""
    box = turn(Rule(char["x0"], char["x1"], char["top"], char["bottom"]))
    size = max(float(char["size"]), 0.5)
    return Letter(char["text"], box.x0, box.x1, box.top, box.bottom, size, str(char["fontname"]))


def turner(upwards: bool, width: float, height: float) -> Turn:
    """How places move when a sideways page is turned upright."""

    def turn(box: Rule) -> Rule:
        if upwards:
            return Rule(height - box.bottom, height - box.top, box.x0, box.x1)
        return Rule(box.top, box.bottom, width - box.x1, width - box.x0)

    return turn


def rules_of(page: "pdfplumber.page.Page") -> Iterator[Rule]:
    """The ruled lines of a page: lines, thin rectangles, the edges of broad ones; shading is none."""
    drawn = [*page.lines, *page.rects][:MOST_RULES]
    for shape in drawn:
        x0, x1, top, bottom = (float(shape[name]) for name in ("x0", "x1", "top", "bottom"))
        if x1 - x0 <= THIN and bottom - top <= THIN:
            continue
        if x1 - x0 <= THIN:
            yield Rule((x0 + x1) / 2, (x0 + x1) / 2, top, bottom)
        elif bottom - top <= THIN:
            yield Rule(x0, x1, (top + bottom) / 2, (top + bottom) / 2)
        elif shape["object_type"] == "rect" and shape["stroke"]:
            yield from (Rule(x, x, top, bottom) for x in (x0, x1))
            yield from (Rule(x0, x1, y, y) for y in (top, bottom))
