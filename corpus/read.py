"""Bytes from somewhere to a Document: the one entrance to the readers."""

import hashlib
import re
from pathlib import Path

from corpus.decode import MAX_BYTES, decode, refuse_size
from corpus.document import Document, Origin, UnreadableError
from corpus.page import read_html
from corpus.text import read_text

LOOKS_LIKE_HTML = re.compile(r"<\s*(?:!doctype\s+html|html|head|body|frameset|div|p|h1|article|meta)\b", re.I)
START = 4096  # characters in which a page shows what it is


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


def read_bytes(body: bytes, url: str, charset: str | None = None, site: str = "files") -> Document:
    """The Document in the bytes that an address gave; `charset` is what its header said.

    Raises UnreadableError for what is no text, cut off, or without words.
    """
    text = decode(body, charset)
    html = bool(LOOKS_LIKE_HTML.search(text[:START]))
    origin = Origin(
        site=site,
        url=url,
        media_type="text/html" if html else "text/plain",
        bytes_sha256=hashlib.sha256(body).hexdigest(),
    )
    return read_html(text, origin) if html else read_text(text, origin)
