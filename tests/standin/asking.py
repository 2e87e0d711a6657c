"""What a request says and what an answer makes of it: compression, tracking parameters, media types."""

import gzip
import re
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode, urlsplit

from tests.standin.page import HTML, PDF, Page

IGNORED = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id|sid|phpsessid|jsessionid", re.I)
SESSION = re.compile(r";jsessionid=\w+", re.I)
COMPRESSED = re.compile(r"text/|application/(?:xml|json|atom\+xml|rss\+xml)")
WORTH_IT = 500  # bytes; nobody compresses less


def packed(page: Page, asked: Mapping[str, str]) -> tuple[bytes, list[tuple[str, str]]]:
    """The body as it goes over the wire, and the headers that say how."""
    media = [("Content-Type", page.media)] if page.media else []
    if len(page.body) < WORTH_IT or not COMPRESSED.match(page.media or "") or not accepts_gzip(asked):
        return page.body, media
    if any(name.lower() == "content-encoding" for name, _ in page.headers):
        return page.body, media
    return gzip.compress(page.body, mtime=0), [*media, ("Content-Encoding", "gzip")]


def accepts_gzip(headers: Mapping[str, str]) -> bool:
    """Does the client unpack gzip, by its Accept-Encoding?"""
    said = headers.get("accept-encoding", "")
    return any(
        name.partition(";")[0].strip() in {"gzip", "*"} and not re.search(r"q=0(\.0*)?$", name.strip())
        for name in said.split(",")
    )


def without_tracking(name: str) -> str:
    """The key without session ids and what only counts visitors, as a real server sees it."""
    parts = urlsplit(f"//{SESSION.sub('', name)}")
    kept = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not IGNORED.fullmatch(k)]
    return f"{parts.netloc}{parts.path}" + (f"?{urlencode(kept)}" if kept else "")


def guess(body: bytes) -> str:
    """The media type a server would give a file with these first bytes."""
    if body.startswith(b"%PDF"):
        return PDF
    return "application/zip" if body.startswith(b"PK") else HTML


def charset_of(body: bytes) -> str:
    """UTF-8 if it is, else windows-1252."""
    try:
        body.decode()
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"
