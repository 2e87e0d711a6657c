"""Bytes to text: which encoding, and is it text at all."""

import codecs
import json
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
    (b"{\\rtf", "an RTF file"),
)
BINARY = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufffd]")
ODD = 200  # one such character in so many makes a file binary
# what a page may say it is, beside UTF-8, and is right about
CODECS = re.compile(r"iso8859-(?:[2-9]|1\d)|cp(?:125\d|437|8\d\d)|mac-roman|koi8-[ru]")
FEED = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF|urlset|sitemapindex)\b", re.S
)
XML = re.compile(r"\s*<\?xml\b(?!.{0,2000}<html\b)", re.S | re.I)
JSON = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\"\d\]])")
OPEN_TAG = re.compile(r"</?[a-zA-Z][^<>]*\Z")
NEWLINES = re.compile("\r\n|[\r\f\v\x85\u2028\u2029]")
SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t]")
REMOVED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200d\u2060\ufeff\ud800-\udfff]"
)  # control characters, soft hyphens, zero widths, half characters


def decode(body: bytes, charset: str | None = None) -> str:
    """The text of a page or file: byte order mark, UTF-8, what is declared, windows-1252.

    UTF-8 goes before the declaration because it cannot be right by chance, and
    ISO 8859-1 is read as windows-1252 as browsers do (WHATWG Encoding Standard).
    Raises UnreadableError for what is no text: empty, too large, binary, or data.
    """
    refuse(body)
    encoding = next((name for bom, name in BOMS if body.startswith(bom)), None)
    text = body.decode(encoding, errors="replace") if encoding else decode_unmarked(body, charset)
    refuse_binary(text)
    refuse_data(text)
    return text


def decode_unmarked(body: bytes, charset: str | None) -> str:
    """UTF-8, even with a few broken characters, or else what is declared."""
    text = body.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    if not broken or sum(char > "\x7f" for char in text) > 2 * broken:
        return text
    return body.decode(declared(body, charset), errors="replace")


def refuse_binary(text: str) -> None:
    """Raise UnreadableError for control characters in numbers that no text has."""
    zeros = text.count("\0")
    if zeros > len(text) // 4:
        raise UnreadableError("UTF-16 without a byte order mark, or binary; save it as UTF-8")
    if len(BINARY.findall(text)) > len(text) // ODD:
        raise UnreadableError("binary, not text; give a text, HTML, PDF or Word file")


def refuse_data(text: str) -> None:
    """Raise UnreadableError for what machines write for machines."""
    if FEED.match(text):
        raise UnreadableError("a feed or site map, not a page; give the pages it lists")
    if XML.match(text):
        raise UnreadableError("XML data, not a page; give a text, HTML, PDF or Word file")
    if JSON.match(text) and is_json(text):
        raise UnreadableError("JSON data, not a text; give a text, HTML, PDF or Word file")


def is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    except RecursionError:
        return True
    return True


def refuse_cut(html: str) -> None:
    """Raise UnreadableError for a page whose end is missing."""
    page = html.lower()
    opened = "<html" in page[:5000] or "<body" in page[:5000]
    ended = "</html" in page or "</body" in page
    if (opened and not ended) or (not ended and OPEN_TAG.search(page[-5000:])):
        raise UnreadableError("cut off: the page has no end (</body>, </html>); fetch it again")


def refuse(body: bytes) -> None:
    """Raise UnreadableError for what cannot be text."""
    if not body.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise UnreadableError("empty; there is nothing to read")
    refuse_size(len(body))
    for magic, what in MAGIC:
        if body.startswith(magic):
            raise UnreadableError(f"{what}, which is not read yet; give a text, HTML, PDF or Word file")


def refuse_size(size: int) -> None:
    """Raise UnreadableError for more bytes than any page or agreement has."""
    if size > MAX_BYTES:
        limit = MAX_BYTES / 1e6
        raise UnreadableError(f"too large ({size / 1e6:.1f} MB, the limit is {limit:.0f} MB); split it")


def declared(body: bytes, charset: str | None) -> str:
    """The codec that the header or the page names, if it is one of ours; else windows-1252."""
    meta = META_CHARSET.search(body[:4096])
    for name in (charset or "", meta[1].decode("ascii", "replace") if meta else ""):
        try:
            codec = codecs.lookup(name.strip().lower()).name
        except (LookupError, ValueError):  # unknown, or no name at all
            continue
        if CODECS.fullmatch(codec):
            return codec
    return "cp1252"


def normalise(text: str) -> str:
    """Composed letters, plain spaces and line ends, no invisible characters.

    >>> normalise("90\\u00a0mio. kr.\\r\\nsund\\u00adhed")
    '90 mio. kr.\\nsundhed'
    """
    text = SPACES.sub(" ", NEWLINES.sub("\n", text))
    return unicodedata.normalize("NFC", REMOVED.sub("", text))
