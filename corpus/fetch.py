"""The network: one address in, one body out, within limits. The only door for httpx and httpcore.

_Guard looks a name up once, refuses addresses that are not public and connects to the one it
checked; below HTTP it sees redirects too, and ends every wait. Proxy settings are ignored on
purpose: behind a proxy no address can be checked. Room for more: robots.txt and crawl delay in
_follow, before each _ask; conditional requests as headers of the first request; an archive around.
"""

import codecs
import ipaddress
import re
import socket
import zlib
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from ssl import SSLContext
from time import monotonic
from typing import Any

import httpcore
import httpx

from corpus.document import UnreadableError

USER_AGENT = "puljespor/0.1 (research crawler)"
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address
SIGNS = (
    ("application/pdf", re.compile(rb"%PDF-")),
    ("application/zip", re.compile(rb"PK\x03\x04")),
    ("text/html", re.compile(rb"(?is)<(.*<)?(!doctype\s+html|html|head|body|meta|div|p)[\s>/]")),
    ("text/plain", re.compile(rb"[^\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]+\Z")),
)
ADVICE = {
    401: "it asks for a login; save the page yourself and add the file",
    403: "it refuses programs; save the page yourself and add the file",
    404: "check the address",
    429: "it asks for fewer requests; wait an hour",
}
FAILURES: tuple[tuple[type[Exception], str], ...] = (  # the first that fits
    (httpx.ConnectTimeout, "no connection within {connect:g} s; try again later"),
    (httpx.TimeoutException, "not finished within {seconds:g} s; try again later"),
    (httpx.ConnectError, "no connection ({error}); check the address and your network"),
    (httpx.ProtocolError, "cut short, or not HTTP ({error}); try again later"),
    (httpx.HTTPError, "the connection broke ({error}); try again later"),
    (httpx.InvalidURL, "no web address ({error}); check its spelling"),
    (zlib.error, "damaged: cannot be decompressed ({error}); try again later"),
)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of anything one fetch may cost, redirects included.

    `max_bytes` holds for the body as sent and as decompressed; `seconds` for all but looking up
    names; `allow` are networks ("127.0.0.0/8") that may be asked although they are not public.
    """

    max_bytes: int = 10_000_000
    seconds: float = 60.0
    connect_seconds: float = 10.0
    redirects: int = 5
    allow: tuple[str, ...] = ()


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server answered in the end; every text is the server's word, not checked.

    `url` is the last address, without #fragment; `body` is decompressed; `media_type` and
    `charset` are lower case, from Content-Type, or None; `sniff` looks at the body itself.
    """

    url: str
    status: int
    body: bytes
    media_type: str | None
    charset: str | None
    etag: str | None
    last_modified: str | None


class FetchError(UnreadableError):
    """This address gave no body; the message is one line and says where, what and what to do."""


class _RefusedError(Exception):
    """Something we will not do or accept, as "what; what to do"; _follow adds where."""


def fetch(url: str, limits: Limits = LIMITS, user_agent: str = USER_AGENT) -> Fetched:
    """Fetch one address, following redirects. Raises FetchError, whatever goes wrong out there."""
    with httpx.Client(
        transport=_Transport(_Guard(limits)),
        headers={"User-Agent": user_agent, "Accept-Encoding": "gzip"},
        timeout=httpx.Timeout(limits.seconds, connect=limits.connect_seconds),
        trust_env=False,
    ) as client:
        return _follow(client, url, limits)


def sniff(body: bytes) -> str:
    """The media type that the first 1024 bytes show, for servers that name a wrong one.

    >>> sniff(b"%PDF-1.7 ..."), sniff(b"<!DOCTYPE html><p>Hej"), sniff("Satspuljen på".encode())
    ('application/pdf', 'text/html', 'text/plain')
    >>> sniff(b"PK\\x03\\x04, Word too"), sniff(b"\\x89PNG\\x1a")
    ('application/zip', 'application/octet-stream')
    """
    head = body[:1024]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = head.decode("utf-16", "ignore").encode()
    head = head.removeprefix(codecs.BOM_UTF8).lstrip()
    return next((kind for kind, sign in SIGNS if sign.match(head)), "application/octet-stream")


def is_public(address: str, allow: Iterable[str] = ()) -> bool:
    """Whether an IP address belongs to the open internet, or to a network in `allow`.

    An IPv4 address inside an IPv6 one (mapped, 6to4, NAT64) counts as that IPv4 address.

    >>> is_public("8.8.8.8"), is_public("64:ff9b::808:808"), is_public("2606:4700::1111")
    (True, True, True)
    >>> is_public("10.0.0.1"), is_public("::ffff:10.0.0.1"), is_public("10.0.0.1", ["10.0.0.0/8"])
    (False, False, True)
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ipaddress.IPv4Address(int(ip) % 2**32) if ip in NAT64 else None
        ip = inner or ip.ipv4_mapped or ip.sixtofour or ip
    allowed = any(ip in ipaddress.ip_network(network) for network in allow)
    return allowed or (ip.is_global and not (ip.is_multicast or ip.is_reserved))


def _follow(client: httpx.Client, url: str, limits: Limits) -> Fetched:
    """Ask for url and for where it leads; every failure becomes a FetchError that names the hop."""
    where = url
    try:
        request = client.build_request("GET", _checked(httpx.URL(url)))
        for _ in range(limits.redirects + 1):
            answer = _ask(client, request, limits)
            if isinstance(answer, Fetched):
                return answer
            request, where = answer, f"{answer.url} (where {url} leads)"
            _checked(request.url)
        raise _RefusedError(f"more than {limits.redirects} redirects; find its end in a browser")
    except (_RefusedError, httpx.HTTPError, httpx.InvalidURL, zlib.error) as error:
        raise FetchError(_message(where, error, limits)) from error


def _checked(url: httpx.URL) -> httpx.URL:
    """The address without #fragment. Raises _RefusedError if it is none we would ask for."""
    if url.scheme not in {"http", "https"} or not url.host:
        raise _RefusedError("no web address; give one that begins with https:// or http://")
    if url.userinfo:
        raise _RefusedError("a user name or password in the address; leave it out")
    return url.copy_with(fragment=None)


def _ask(client: httpx.Client, request: httpx.Request, limits: Limits) -> Fetched | httpx.Request:
    """Make one request: what it brought, or the next request, to where it was redirected."""
    with closing(client.send(request, stream=True, follow_redirects=False)) as response:
        if response.next_request is not None:
            return response.next_request
        status, header = response.status_code, response.headers.get
        if not response.is_success:
            advice = ADVICE.get(status, "try again later")
            raise _RefusedError(f"answered {status} {response.reason_phrase[:60]}; {advice}")
        return Fetched(
            url=str(_checked(request.url)),
            status=status,
            body=_read(response, limits.max_bytes),
            media_type=header("content-type", "").partition(";")[0].strip().lower() or None,
            charset=response.charset_encoding,
            etag=header("etag"),
            last_modified=header("last-modified"),
        )


def _read(response: httpx.Response, limit: int) -> bytes:
    """The body, decompressed, of at most `limit` bytes. Raises _RefusedError, zlib.error.

    Decompresses here because httpx would turn one chunk of 64 kB into 67 MB before we could look.
    """
    gunzip = _decompressor(response.headers.get("content-encoding", ""))
    body = bytearray()
    for chunk in response.iter_raw():
        room = limit + 1 - len(body)  # one more than we take, so that "too large" shows
        body += gunzip.decompress(chunk, room) if gunzip else chunk
        if max(len(body), response.num_bytes_downloaded) > limit:
            raise _RefusedError(f"larger than {limit / 1e6:g} MB; add the part you need as a file")
        if gunzip and gunzip.unused_data:
            raise _RefusedError("damaged: bytes after the compressed body; try again later")
    if gunzip and not gunzip.eof:
        raise _RefusedError("cut short: the compressed body has no end; try again later")
    return bytes(body)


def _decompressor(encoding: str) -> "zlib._Decompress | None":
    """What undoes a Content-Encoding, None if there is nothing to undo. Raises _RefusedError."""
    encoding = encoding.strip().lower()
    if encoding in {"", "identity"}:
        return None
    if encoding not in {"gzip", "x-gzip"}:
        raise _RefusedError(f"compressed as {encoding[:40]!r}, not as asked; add it as a file")
    return zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)


def _message(where: str, error: Exception, limits: Limits) -> str:
    """One printable line (servers write parts of it), without passwords and endless addresses."""
    words = next((words for kind, words in FAILURES if isinstance(error, kind)), "{error}")
    connect = min(limits.connect_seconds, limits.seconds)
    told = words.format(error=error, seconds=limits.seconds, connect=connect)
    text = re.sub(r"//[^\s/?#]*@", "//", f"{where}: {told}")
    text = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(re.sub(r"(\S{300})\S+", r"\1…", text).split())


@cache
def _ssl_context() -> SSLContext:
    """Made once: reading the certificates takes 50 ms."""
    return httpx.create_ssl_context(trust_env=False)


class _Transport(httpx.HTTPTransport):
    """httpx on a connection pool with our guard, for which httpx 0.28 has no public parameter.

    No super().__init__ on purpose: should httpx rename _pool, requests fail, not go unguarded.
    """

    def __init__(self, guard: httpcore.NetworkBackend) -> None:
        self._pool = httpcore.ConnectionPool(ssl_context=_ssl_context(), network_backend=guard)


class _Guard(httpcore.SyncBackend):
    """Connects only to public addresses, the very ones it checked; keeps one fetch's deadline."""

    def __init__(self, limits: Limits) -> None:
        self._allow = limits.allow
        self._end = monotonic() + limits.seconds

    def left(self, at_most: float | None) -> float:
        """Seconds we may still wait. Raises ReadTimeout if none."""
        left = self._end - monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout
        return left if at_most is None else min(left, at_most)

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, *options: Any, **more: Any
    ) -> httpcore.NetworkStream:
        failure: Exception = httpcore.ConnectError("no address")
        for address in self._addresses(host, port):
            left = self.left(timeout)
            try:
                stream = super().connect_tcp(address, port, left, *options, **more)
                return _Timed(stream, self.left)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error  # try the next: IPv6 may be out of order where IPv4 works
        raise failure

    def _addresses(self, host: str, port: int) -> list[str]:
        """All addresses of a host. Raises _RefusedError if one is not public, or there is none."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError, OverflowError) as error:
            raise _RefusedError(f"host {host} not found ({error}); check its spelling") from error
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        closed = [address for address in addresses if not is_public(address, self._allow)]
        if closed:
            raise _RefusedError(f"{closed[0]} is not a public address; save it and add the file")
        return addresses


class _Timed(httpcore.NetworkStream):
    """A connection whose every wait ends at the deadline, however steadily single bytes drip."""

    def __init__(self, stream: httpcore.NetworkStream, left: Callable[[float | None], float]):
        self._stream = stream
        self._left = left

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._left(timeout))

    def start_tls(self, *options: Any, **more: Any) -> httpcore.NetworkStream:
        more["timeout"] = self._left(more.get("timeout"))
        return _Timed(self._stream.start_tls(*options, **more), self._left)

    def close(self) -> None:
        self._stream.close()

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
