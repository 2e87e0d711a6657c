"""Answers that no decent server gives: they drip, never end, break off, or swell. Each writes them itself."""

import time
import zlib
from collections.abc import Iterable, Iterator
from http.server import BaseHTTPRequestHandler
from itertools import count, repeat

from tests.standin.page import HTML

DRIP_SECONDS = 0.2
MEGABYTE = 2**20
PAGE = "<!doctype html><html><head><title>Aftale</title></head><body><p>4,2 mio. kr.</p></body></html>"


def head(wire: BaseHTTPRequestHandler, *headers: tuple[str, str], media: str = HTML) -> int:
    """Status line and headers of an answer that goes on by itself."""
    wire.send_response(200)
    for name, value in (("Content-Type", media), *headers, ("Connection", "close")):
        wire.send_header(name, value)
    wire.end_headers()
    return 200


def sent(wire: BaseHTTPRequestHandler, parts: Iterable[bytes], pause: float = 0.0) -> int:
    """The parts of a body, one after the other; nothing after HEAD."""
    for part in parts if wire.command != "HEAD" else ():
        wire.wfile.write(part)
        time.sleep(pause)
    return 200


def drip(wire: BaseHTTPRequestHandler) -> int:
    """A byte each 0.2 s for ten minutes."""
    head(wire, ("Content-Length", "3000"))
    return sent(wire, repeat(b"x", 3000), DRIP_SECONDS)


def drip_head(wire: BaseHTTPRequestHandler) -> int:
    """The same before the body has begun."""
    wire.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    return sent(wire, repeat(b"x", 3000), DRIP_SECONDS)


def endless(wire: BaseHTTPRequestHandler) -> int:
    head(wire, ("Transfer-Encoding", "chunked"))
    return sent(wire, repeat(b"4000\r\n" + b"x" * 0x4000 + b"\r\n"))


def endless_links(wire: BaseHTTPRequestHandler) -> int:
    """A page that goes on listing for ever."""
    head(wire, ("Transfer-Encoding", "chunked"))
    rows = (f'<p><a href="/uendelig/{n}">Nyhed {n}</a></p>\n'.encode() for n in count())
    return sent(wire, (b"%x\r\n%s\r\n" % (len(row), row) for row in rows))


def short(wire: BaseHTTPRequestHandler) -> int:
    """Less than Content-Length says."""
    head(wire, ("Content-Length", "100000"))
    return sent(wire, [PAGE.encode()])


def half_chunked(wire: BaseHTTPRequestHandler) -> int:
    """A chunk that is cut off."""
    head(wire, ("Transfer-Encoding", "chunked"))
    return sent(wire, [b"ffff\r\n" + PAGE.encode()])


def silent(wire: BaseHTTPRequestHandler) -> int:
    """Nothing at all for a minute."""
    time.sleep(60)
    return 0


def closed(wire: BaseHTTPRequestHandler) -> int:
    """Hang up."""
    return 0


def bomb(start: bytes) -> Iterator[bytes]:
    """1 MB of gzip that unpacks to `start` and 1 GiB of spaces; never held whole, never finished."""
    packer = zlib.compressobj(9, wbits=31)
    yield packer.compress(start) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(b" " * MEGABYTE) + packer.flush(zlib.Z_FULL_FLUSH)
    yield from repeat(again, 1024)


def page_bomb(wire: BaseHTTPRequestHandler) -> int:
    head(wire, ("Content-Encoding", "gzip"))
    return sent(wire, bomb(b"<!doctype html><html><body>"))


def sitemap_bomb(wire: BaseHTTPRequestHandler) -> int:
    head(wire, media="application/gzip")
    return sent(
        wire, bomb(b'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">')
    )
