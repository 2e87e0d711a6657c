"""Bytes to text: which encoding, and is it text at all."""

import re
import unicodedata

from corpus.document import UnreadableError

MAX_BYTES = 10_000_000  # the longest agreement texts are about 2 MB; beyond this it is no page
BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
META_CHARSET = re.compile(rb"""<(?:meta|\?xml)[^>]+?(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.I)
MAGIC = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP or Word file"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"SQLite format 3", "a SQLite database"),
)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000\t]")
INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")


def decode(body: bytes, charset: str | None = None) -> str:
    """The text of a page or file: byte order mark, strict UTF-8, what is declared, windows-1252.

    Strict UTF-8 goes before the declaration because it cannot be wrong by chance, and
    ISO 8859-1 is read as windows-1252 as browsers do (WHATWG Encoding Standard).
    Raises UnreadableError for what is no text: empty, too large, or binary.
    """
    refuse(body)
    for bom, encoding in BOMS:
        if body.startswith(bom):
            return body.decode(encoding, errors="replace")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        text = body.decode(declared(body, charset), errors="replace")
    if len(CONTROL.findall(text)) > len(text) // 200:
        raise UnreadableError("binary, not text; give a text or HTML file")
    return text


def refuse(body: bytes) -> None:
    """Raise UnreadableError for what cannot be text."""
    if not body.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise UnreadableError("empty; there is nothing to read")
    refuse_size(len(body))
    for magic, what in MAGIC:
        if body.startswith(magic):
            raise UnreadableError(f"{what}, which is not read yet; give a text or HTML file")


def refuse_size(size: int) -> None:
    """Raise UnreadableError for more bytes than any page or agreement has."""
    if size > MAX_BYTES:
        limit = MAX_BYTES / 1e6
        raise UnreadableError(f"too large ({size / 1e6:.1f} MB, the limit is {limit:.0f} MB); split it")


def declared(body: bytes, charset: str | None) -> str:
    """The codec that the header or the page itself names, if Python knows it; else windows-1252."""
    meta = META_CHARSET.search(body[:4096])
    for name in (charset, meta[1].decode("ascii", "replace") if meta else None):
        codec = (name or "").strip().lower()
        if codec in {"", "utf-8", "utf8", "iso-8859-1", "latin-1", "latin1", "us-ascii"}:
            continue
        try:
            "".encode(codec)
        except LookupError:
            continue
        return codec
    return "cp1252"


def normalise(text: str) -> str:
    """Composed letters, plain spaces and line ends, no invisible characters.

    >>> normalise("90\\u00a0mio. kr.\\r\\nsund\\u00adhed")
    '90 mio. kr.\\nsundhed'
    """
    text = unicodedata.normalize("NFC", text)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    return CONTROL.sub("", INVISIBLE.sub("", SPACES.sub(" ", text)))
