"""The Document: clean text, its blocks, and where it came from. The vocabulary everybody shares."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

BlockKind = Literal[
    "heading", "paragraph", "list_item", "quote", "attribution", "cell", "contact", "date_line"
]
MediaType = Literal[
    "text/plain",
    "text/html",
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Character offsets into Document.text; end is exclusive.

    >>> Span(0, 3).overlaps(Span(2, 5)), Span(0, 3).overlaps(Span(3, 5))
    (True, False)
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text with one function on the page.

    The span leaves out the marker of a list item, so that it is the item's own words.
    `level` is the depth of a heading (1 is the title) or of a list item (1 is outermost);
    `row` and `column` count the cells of a table from 0; `page` counts from 1 where there are any.
    """

    kind: BlockKind
    span: Span
    level: int | None = None
    marker: str | None = None
    page: int | None = None
    row: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a text was found, and what the page's own metadata say of it."""

    site: str  # id of a Site, or "files"
    url: str
    media_type: MediaType
    bytes_sha256: str
    publisher: str | None = None
    published_on: date | None = None
    updated_on: date | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One press release, news item, agreement text, pool page … as text. Never changed.

    `notes` are codes of what the reader of the page had to work around, each an issue later.
    """

    origin: Origin
    title: str
    text: str
    blocks: tuple[Block, ...]
    notes: tuple[str, ...] = ()

    def quote(self, span: Span) -> str:
        return self.text[span.start : span.end]


class UnreadableError(Exception):
    """This input cannot become a Document; the message says what, where and what to do."""


class UnreadableNowError(UnreadableError):
    """The same input may be read another time: its reader was killed, or had too little time."""
