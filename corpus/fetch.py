"""The network: one address in, one answer out, within limits. The only door for httpx.

What a server answers is data, whatever its status; only what keeps us from an answer is an error.
When to ask, how often and with whose leave is corpus/polite.py's to say.
"""

import codecs
import re
import zlib
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from ssl import SSLContext
from time import monotonic
from types import MappingProxyType

import httpx

from corpus.document import UnreadableError
from corpus.guard import LIMITS, Guard, Limits, RefusedError, pool

USER_AGENT = "puljespor/0.2 (research crawler)"
SIGNS = (
    ("application/pdf", re.compile(rb"%PDF-")),
    ("application/zip", re.compile(rb"PK\x03\x04")),
    ("text/html", re.compile(rb"(?is)<(.*<)?(!doctype\s+html|html|head|body|meta|div|p)[\s>/]")),
    ("text/plain", re.compile(rb"[^\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]+\Z")),
)
FAILURES: tuple[tuple[type[Exception], str], ...] = (  # the first that fits
    (httpx.ConnectTimeout, "no connection within {connect:g} s; try again later"),
    (httpx.TimeoutException, "not finished within {seconds:g} s; try again later"),
    (httpx.ConnectError, "no connection ({error}); check the address and your network"),
    (httpx.ProtocolError, "cut short, or not HTTP ({error}); try again later"),
    (httpx.HTTPError, "the connection broke ({error}); try again later"),
    (httpx.InvalidURL, "no web address ({error}); check its spelling"),
    (zlib.error, "damaged: cannot be decompressed ({error}); try again later"),
)
NO_HEADERS: Mapping[str, str] = MappingProxyType({})
# a scheme that nobody speaks stays so
NEVER_PASSING = (httpx.UnsupportedProtocol, httpx.ProxyError)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server answered in the end; every text is the server's word, not checked.

    `url` is the last address, without #fragment; `body` is decompressed, and empty where the
    status is no success; `media_type` and `charset` are lower case, from Content-Type, or None;
    `sniff` looks at the body itself. `retry_after` is the header of that name.
    """

    url: str
    status: int
    body: bytes
    media_type: str | None
    charset: str | None
    etag: str | None
    last_modified: str | None
    retry_after: str | None = None


class FetchError(UnreadableError):
    """This address gave no body; the message is one line and says where, what and what to do.

    `passing` tells that it may be over in a minute: worth another try.
    """

    def __init__(self, message: str, passing: bool = False) -> None:
        super().__init__(message)
        self.passing = passing


class RefusedFetchError(FetchError):
    """We do not ask this address: its owner does not want it, or the run has asked enough."""


class LimitReachedError(RefusedFetchError):
    """The run has asked as much as it may; whatever is left is for the next one."""


def no_leave(_url: str) -> None:
    """Ask without asking for leave: for a single page that a person wants."""


def fetch(
    url: str,
    limits: Limits = LIMITS,
    user_agent: str = USER_AGENT,
    headers: Mapping[str, str] = NO_HEADERS,
    leave: Callable[[str], None] = no_leave,
) -> Fetched:
    """Ask one address, following redirects; `leave(address)` is called before each request and may wait.

    Raises FetchError, whatever goes wrong out there, and whatever `leave` raises.
    """
    guard = Guard(limits)
    with httpx.Client(
        transport=_Transport(guard, limits.authorities),
        headers=httpx.Headers({**headers, "User-Agent": user_agent, "Accept-Encoding": "gzip"}, "utf-8"),
        timeout=httpx.Timeout(limits.seconds, connect=limits.connect_seconds),
        trust_env=False,
    ) as client:

        def waited(address: str) -> None:
            begun = monotonic()
            leave(address)
            guard.extend(monotonic() - begun)

        return _follow(client, url, limits, waited)


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


def _follow(client: httpx.Client, url: str, limits: Limits, leave: Callable[[str], None]) -> Fetched:
    """Ask for url and for where it leads; every failure becomes a FetchError that names the hop."""
    where = url
    try:
        request = client.build_request("GET", _checked(httpx.URL(url)))
        for _ in range(limits.redirects + 1):
            leave(str(request.url))
            answer = _ask(client, request, limits)
            if isinstance(answer, Fetched):
                return answer
            request, where = answer, f"{answer.url} (where {url} leads)"
            _checked(request.url)
        raise RefusedError(f"more than {limits.redirects} redirects; find its end in a browser")
    except (RefusedError, httpx.HTTPError, httpx.InvalidURL, zlib.error) as error:
        passing = isinstance(error, httpx.TransportError) and not isinstance(error, NEVER_PASSING)
        raise FetchError(_message(where, error, limits), passing) from error


def _checked(url: httpx.URL) -> httpx.URL:
    """The address without #fragment. Raises RefusedError if it is none we would ask for."""
    if url.scheme not in {"http", "https"} or not url.host:
        raise RefusedError("no web address; give one that begins with https:// or http://")
    if url.userinfo:
        raise RefusedError("a user name or password in the address; leave it out")
    return url.copy_with(fragment=None)


def _ask(client: httpx.Client, request: httpx.Request, limits: Limits) -> Fetched | httpx.Request:
    """Make one request: what it brought, or the next request, to where it was redirected."""
    with closing(client.send(request, stream=True, follow_redirects=False)) as response:
        if response.next_request is not None:
            return response.next_request
        status, header = response.status_code, response.headers.get
        return Fetched(
            url=str(_checked(request.url)),
            status=status,
            body=_read(response, limits.max_bytes) if response.is_success else b"",
            media_type=header("content-type", "").partition(";")[0].strip().lower() or None,
            charset=response.charset_encoding,
            etag=header("etag"),
            last_modified=header("last-modified"),
            retry_after=header("retry-after"),
        )


def _read(response: httpx.Response, limit: int) -> bytes:
    """The body, decompressed, of at most `limit` bytes. Raises RefusedError, zlib.error.

    Decompresses here because httpx would turn one chunk of 64 kB into 67 MB before we could look.
    """
    gunzip = _decompressor(response.headers.get("content-encoding", ""))
    body = bytearray()
    for chunk in response.iter_raw():
        room = limit + 1 - len(body)  # one more than we take, so that "too large" shows
        body += gunzip.decompress(chunk, room) if gunzip else chunk
        if max(len(body), response.num_bytes_downloaded) > limit:
            raise RefusedError(f"larger than {limit / 1e6:g} MB; add the part you need as a file")
        if gunzip and gunzip.unused_data:
            raise RefusedError("damaged: bytes after the compressed body; try again later")
    if gunzip and not gunzip.eof:
        raise RefusedError("cut short: the compressed body has no end; try again later")
    return bytes(body)


def _decompressor(encoding: str) -> "zlib._Decompress | None":
    """What undoes a Content-Encoding, None if there is nothing to undo. Raises RefusedError."""
    encoding = encoding.strip().lower()
    if encoding in {"", "identity"}:
        return None
    if encoding not in {"gzip", "x-gzip"}:
        raise RefusedError(f"compressed as {encoding[:40]!r}, not as asked; add it as a file")
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
def _ssl_context(authorities: Path | None) -> SSLContext:
    """Made once: reading the certificates takes 50 ms."""
    context = httpx.create_ssl_context(trust_env=False)
    if authorities:
        context.load_verify_locations(authorities)
    return context


class _Transport(httpx.HTTPTransport):
    """httpx on a connection pool with our guard, for which httpx 0.28 has no public parameter.

    No super().__init__ on purpose: should httpx rename _pool, requests fail, not go unguarded.
    """

    def __init__(self, guard: Guard, authorities: Path | None) -> None:
        self._pool = pool(guard, _ssl_context(authorities))
