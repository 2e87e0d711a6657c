"""The stand-in: real servers with and without TLS on this machine that answer for every host of the world."""

import http.client
import math
import socket
import ssl
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self

import trustme

from tests.standin.asking import COMPRESSED, charset_of, guess, packed, without_tracking
from tests.standin.page import HTML, Page, edited, is_unchanged, key, moved
from tests.standin.world import HOSTS, MIRRORS, SECURE, pages

NOT_FOUND = """<!doctype html><html lang="da">
<head><meta charset="utf-8"><title>404 - Siden findes ikke</title></head>
<body><main><h1>Siden findes ikke</h1><p>Den side, du leder efter, er flyttet eller slettet.</p>
<p><a href="/">Gå til forsiden</a></p></main></body></html>"""
ONCE_FAILING = {"https://traps.sm.dk/500-en-gang": 500}


@dataclass(slots=True)
class Request:
    """One request as the server saw it; `end` is infinite while it is being answered."""

    host: str
    path: str
    method: str
    headers: dict[str, str]
    status: int
    at: float
    end: float = math.inf

    @property
    def url(self) -> str:
        return f"https://{self.host}{self.path}"


class Server(ThreadingHTTPServer):
    """A server that greets each client in that client's own thread, so that no handshake holds up another."""

    daemon_threads = True
    block_on_close = False  # a slow trap may still be dripping
    request_queue_size = 64

    def __init__(self, standin: "StandIn", context: ssl.SSLContext | None) -> None:
        self.standin, self.context = standin, context
        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"

    def finish_request(self, request: object, client_address: object) -> None:
        assert isinstance(request, socket.socket)
        with suppress(OSError):  # the client has had enough, or does not trust us
            request.settimeout(60)
            if self.context is None:
                Handler(request, client_address, self)
                return
            with self.context.wrap_socket(request, server_side=True) as secured:
                Handler(secured, client_address, self)


class Handler(BaseHTTPRequestHandler):
    """Asks the stand-in for the page, and sends it."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Server

    def do_GET(self) -> None:
        host = (self.headers.get("Host") or "").rsplit(":", 1)[0].lower()
        asked = {name.lower(): value for name, value in self.headers.items()}
        request = Request(host, self.path, self.command, asked, 0, time.monotonic())
        standin = self.server.standin
        page = standin.find(host, self.path, secure=self.server.context is not None)
        try:
            if page.answer:
                self.close_connection = True
                standin.log(request)
                request.status = page.answer(self)
            else:
                self.send(page, request)
        except OSError:  # the client has had enough
            self.close_connection = True
        finally:
            request.end = time.monotonic()

    do_HEAD = do_GET  # noqa: N815 (the name is inherited)

    def send(self, page: Page, request: Request) -> None:
        """The page, or a 304, or its head alone, and an entry in the log before anybody can have it."""
        unchanged = is_unchanged(page, request.headers)
        request.status = 304 if unchanged else page.status
        body, headers = (b"", []) if unchanged else packed(page, request.headers)
        headers += [("ETag", page.etag or ""), ("Last-Modified", page.last_modified or "")]
        if COMPRESSED.match(page.media or ""):
            headers.append(("Vary", "Accept-Encoding"))
        if not unchanged:
            headers.append(("Content-Length", str(len(body))))
        said = {name.lower() for name, _ in page.headers}
        self.server.standin.log(request)
        self.send_response(request.status)
        for name, value in page.headers:
            self.send_header(name, value)
        for name, value in headers:
            if value and name.lower() not in said:  # a page's own headers go before
                self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing; the log is a list."""


class StandIn:
    """The servers and their pages, as a context manager; every change is this instance's own."""

    hosts: tuple[str, ...] = HOSTS

    def __init__(self) -> None:
        self._pages = {**pages()}
        self._failing: dict[str, list[Page]] = {}
        self._lock = threading.Lock()
        self.requests: list[Request] = []
        for url, status in ONCE_FAILING.items():
            self.fail(url, status)

    def __enter__(self) -> Self:
        self._folder = tempfile.TemporaryDirectory(prefix="standin")
        authority = trustme.CA()
        self.ca = Path(self._folder.name) / "ca.pem"
        authority.cert_pem.write_to_path(str(self.ca))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("127.0.0.1", *HOSTS).configure_cert(context)
        self._servers = [Server(self, context), Server(self, None)]
        self.address, self.plain_address = (server.address for server in self._servers)
        for server in self._servers:
            threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for server in self._servers:
            server.shutdown()
            server.server_close()
        self._folder.cleanup()

    def client_context(self) -> ssl.SSLContext:
        """What a client needs to trust the stand-in and nobody else."""
        return ssl.create_default_context(cafile=str(self.ca))

    # --- what tests change

    def put(
        self,
        url: str,
        body: bytes | str,
        *,
        status: int = 200,
        headers: dict[str, str] | None = None,
    ) -> None:
        """Add or replace a page."""
        media = HTML if isinstance(body, str) else guess(body)
        found = tuple((headers or {}).items())
        words = body.encode() if isinstance(body, str) else body
        with self._lock:
            self._pages[key(url)] = Page(words, media, status, headers=found)

    def edit(self, url: str, old: str, new: str) -> None:
        """Change a page's words, everywhere on it; ETag and Last-Modified change too."""
        with self._lock:
            page = self._pages[key(url)]
            charset = charset_of(page.body)
            if old.encode(charset) not in page.body:
                raise ValueError(f"{url} has no {old!r}")
            body = page.body.replace(old.encode(charset), new.encode(charset))
            self._pages[key(url)] = edited(page, body)

    def remove(self, url: str, status: int = 404) -> None:
        """Take a page off; what is asked for again is answered with `status`."""
        with self._lock:
            self._pages[key(url)] = Page(NOT_FOUND.encode(), status=status)

    def fail(self, url: str, status: int, times: int = 1, headers: dict[str, str] | None = None) -> None:
        """Answer the next `times` requests with `status`, and then as always."""
        reason = http.client.responses.get(status, "")
        words = f"<!doctype html><title>{status}</title><h1>{status} {reason}</h1></html>"
        page = Page(words.encode(), status=status, headers=tuple((headers or {}).items()))
        with self._lock:
            self._failing.setdefault(key(url), []).extend([page] * times)

    def trap(self, url: str, like: str) -> None:
        """Let an address answer as another one does: `trap(release, "https://traps.sm.dk/dryp")`."""
        with self._lock:
            self._pages[key(url)] = self._pages[key(like)]

    def clear(self) -> None:
        """Forget the log of requests."""
        with self._lock:
            self.requests = []

    # --- what tests look at

    def urls(self) -> list[str]:
        """Every address that has an answer of its own."""
        with self._lock:
            return [f"https://{name}" for name in self._pages]

    def page(self, url: str) -> Page:
        """What an address answers at present."""
        return self._pages[key(url)]

    def log(self, request: Request) -> None:
        with self._lock:
            self.requests.append(request)

    def find(self, host: str, path: str, secure: bool) -> Page:
        """The page for a request, after redirects from plain to secure and from www to without (or back)."""
        if host not in HOSTS:
            return Page(b"no such host here\n", "text/plain", 421)
        if not secure and host in SECURE:
            return moved(f"https://{host}{path}")
        found = key(f"https://{host}{path}")
        with self._lock:
            for name in (found, without_tracking(found)):
                if waiting := self._failing.get(name):
                    return waiting.pop(0)
                if page := self._pages.get(name) or self._dynamic(name):
                    return page.make(path) if page.make else page
            if host in MIRRORS:
                return moved(f"https://{MIRRORS[host]}{path}")
            return self._other_slash(found) or Page(NOT_FOUND.encode(), status=404)

    def _dynamic(self, name: str) -> Page | None:
        """A page that depends on the query, or on what follows in the path."""
        path = name.partition("?")[0]
        for begun in (path, "/".join(path.split("/")[:2]) + "/"):
            page = self._pages.get(begun)
            if page and (page.make or page.answer):
                return page
        return None

    def _other_slash(self, name: str) -> Page | None:
        """A redirect to the same address with or without the slash at its end."""
        other = name.removesuffix("/") if name.endswith("/") else f"{name}/"
        return moved(f"https://{other}") if other in self._pages else None
