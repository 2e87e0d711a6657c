"""Bytes from somewhere to a Document: the one entrance to the readers."""

import hashlib
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from corpus.address import day_in
from corpus.decode import MAX_BYTES, decode, refuse_size
from corpus.document import Document, MediaType, Origin, UnreadableError
from corpus.docx import read_docx
from corpus.page import read_html
from corpus.pdf import read_pdf
from corpus.site import FILES, site_of
from corpus.text import read_text

LOOKS_LIKE_HTML = re.compile(r"<\s*(?:!doctype\s+html|html|head|body|frameset|div|p|h1|article|meta)\b", re.I)
START = 4096  # characters in which a page shows what it is
PDF, PDF_START = b"%PDF-", 1024  # PDF readers accept as many bytes before it
LETTERS = 1_000_000  # the longest finance acts have 600,000; spaCy's own limit is this too
ZIP = b"PK\x03\x04"
WORD: MediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def read_file(path: Path) -> Document:
    """The Document in a local file. Raises UnreadableError with the reason."""
    return read_bytes(file_bytes(path), path.absolute().as_posix())


def file_bytes(path: Path) -> bytes:
    """The bytes of a local file. Raises UnreadableError for what is no file, or too large."""
    try:
        refuse_other(path)
        refuse_size(path.stat().st_size)
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UnreadableError(f"cannot be opened ({error.strerror}); check it") from error


def refuse_other(path: Path) -> None:
    """Raise UnreadableError for what is not a file; a pipe is never opened: it could wait."""
    if path.is_dir():
        raise UnreadableError("a folder, not a file; give the files in it")
    if not path.exists():
        raise UnreadableError("no such file or folder; check the name")
    if not path.is_file():
        raise UnreadableError("not a file but a pipe or device; save it to a file first")


def read_bytes(
    body: bytes, url: str, charset: str | None = None, site: str = FILES.id, day: date | None = None
) -> Document:
    """The Document in the bytes that an address gave; `charset` is what its header said.

    What it is, the bytes themselves tell: servers and file names err. A page that names no day of
    publication has the one that its listing gives, `day`, or its address.
    Raises UnreadableError for what is no text, cut off, or without words.
    """
    document = read_kind(body, url, charset, site)
    refuse_long(document.text)
    published = document.origin.published_on or day or day_in(url)
    return replace(document, origin=replace(document.origin, published_on=published))


def refuse_long(text: str) -> None:
    """Raise UnreadableError for more letters than any agreement has."""
    if len(text) > LETTERS:
        raise UnreadableError(f"{len(text):,} letters; no agreement has more than {LETTERS:,}: split it")


def read_kind(body: bytes, url: str, charset: str | None, site: str) -> Document:
    """The Document, by the reader for what the bytes are."""
    refuse_size(len(body))
    home = site_of(url) if site == FILES.id else None
    origin = Origin(home.id if home else site, url, "text/plain", hashlib.sha256(body).hexdigest())
    if PDF in body[:PDF_START]:
        return read_pdf(body, replace(origin, media_type="application/pdf"))
    if body.startswith(ZIP):
        return read_docx(body, replace(origin, media_type=WORD))
    text = decode(body, charset)
    if LOOKS_LIKE_HTML.search(text[:START]):
        return read_html(text, replace(origin, media_type="text/html"))
    refuse_long(text)  # before it is cut into lines
    return read_text(text, origin)
