"""Every trap a server can set, set by a real server on this machine. No test asks the internet."""

import gzip
import os
import socket
import socketserver
import threading
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest

from corpus.document import UnreadableError
from corpus.fetch import Fetched, FetchError, fetch, sniff
from corpus.guard import Limits, is_public

HERE = ("127.0.0.1/32",)  # 127.0.0.2 is as closed as any other address
QUICK = Limits(seconds=20, connect_seconds=2, allow=HERE)
PAGE = "<!doctype html><p>Aftale om børn – 90 mio. kr."
Answer = Callable[[socket.socket], object]


def sent(body: bytes = b"", status: str = "200 OK", length: int | None = None, **headers: str) -> Answer:
    """An answer that sends one head and one body; `length` is what Content-Length claims."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    named |= {"Content-Length": str(len(body) if length is None else length)}
    head = "".join(f"{name}: {value}\r\n" for name, value in named.items())
    return lambda connection: connection.sendall(f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body)


def redirect(location: str) -> Answer:
    return sent(status="302 Found", Location=location)


def endless(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        connection.sendall(b"1000\r\n" + b"x" * 0x1000 + b"\r\n")


def drip(connection: socket.socket, start: bytes, byte: bytes, end: bytes) -> None:
    """Three seconds of single bytes, then a good end: who waits long enough gets a page."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 30\r\n" + start)
    for _ in range(30):
        connection.sendall(byte)
        time.sleep(0.1)
    connection.sendall(end)


def bomb() -> bytes:
    """1 MB of gzip that unpacks to 1 GiB: the same compressed MiB of zeros 1024 times over."""
    packer = zlib.compressobj(9, wbits=31)
    first = packer.compress(bytes(2**20)) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(bytes(2**20)) + packer.flush(zlib.Z_FULL_FLUSH)
    return first + again * 1023


def flooded(connection: socket.socket) -> None:
    """Interim answers without end, which are neither a body nor a wait."""
    while True:
        connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n" * 100)


class Server(socketserver.ThreadingTCPServer):
    """Answers each path as a test said; keeps the heads of all requests."""

    daemon_threads = True
    answers: dict[str, Answer]
    requests: list[str]

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.server_address[1]}{path}"

    def on(self, answer: Answer, path: str = "/side") -> str:
        self.answers[path] = answer
        return self.url(path)


class Handler(socketserver.BaseRequestHandler):
    server: Server

    def handle(self) -> None:
        head = self.request.recv(65536).decode("latin-1")
        if head:  # else a connection that was opened and not used
            self.server.requests.append(head)
            with suppress(OSError):  # the client has had enough
                self.server.answers[head.split()[1]](self.request)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(("127.0.0.1", 0), Handler) as server:
        server.answers, server.requests = {}, []
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.shutdown()


def refused(url: str, limits: Limits = QUICK) -> str:
    with pytest.raises(FetchError) as caught:
        fetch(url, limits)
    assert len(str(caught.value).splitlines()) == 1
    assert isinstance(caught.value, UnreadableError)
    return str(caught.value)


# --- what works


def test_page_with_its_headers(server: Server) -> None:
    page = PAGE.encode("cp1252")
    url = server.on(
        sent(page, Content_Type="Text/HTML; charset=Windows-1252", ETag='"7"', Last_Modified="i går")
    )
    fetched = fetch(url + "#afsnit", QUICK)
    assert fetched == Fetched(url, 200, page, "text/html", "windows-1252", '"7"', "i går")
    assert fetched.body.decode(fetched.charset or "") == PAGE


def test_no_headers_is_none(server: Server) -> None:
    fetched = fetch(server.on(sent(b"Hej")), QUICK)
    assert (fetched.media_type, fetched.charset, fetched.etag) == (None, None, None)


def test_we_say_who_we_are_and_what_we_can_unpack(server: Server) -> None:
    url = server.on(sent(b"Hej"))
    fetch(url, QUICK)
    fetch(url, QUICK, user_agent="andet/2")
    assert "user-agent: puljespor/0.2 (research crawler)\r\n" in server.requests[0].lower()
    assert "accept-encoding: gzip\r\n" in server.requests[0].lower()
    assert "user-agent: andet/2\r\n" in server.requests[1].lower()


def test_redirect_is_followed(server: Server) -> None:
    server.on(redirect("/b"), "/a")
    server.on(redirect(server.url("/side?x=%C3%A6")), "/b")
    server.on(sent(b"Hej"), "/side?x=%C3%A6")
    assert fetch(server.url("/a"), QUICK).url == server.url("/side?x=%C3%A6")
    assert len(server.requests) == 3


def test_gzip_is_unpacked(server: Server) -> None:
    packed = gzip.compress(PAGE.encode())
    fetched = fetch(server.on(sent(packed, Content_Encoding="gzip")), QUICK)
    assert fetched.body.decode() == PAGE


def test_exactly_the_limit_is_allowed(server: Server) -> None:
    body = bytes(5000)
    limits = Limits(max_bytes=5000, allow=HERE)
    assert fetch(server.on(sent(body)), limits).body == body
    packed = gzip.compress(body)
    assert fetch(server.on(sent(packed, Content_Encoding="gzip")), limits).body == body
    packed = gzip.compress(bytes(5001))
    assert "larger" in refused(server.on(sent(packed, Content_Encoding="gzip")), limits)


# --- where we do not go


@pytest.mark.parametrize(
    "host",
    [
        *(
            "127.0.0.1",
            "localhost",
            "127.1",
            "2130706433",
            "0x7f000001",
            "0.0.0.0",
            "[::]",
            "[::1]",
        ),
        *("[::ffff:127.0.0.1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]"),
        *("10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1", "169.254.169.254", "224.0.0.1"),
        *("[fe80::1]", "[fc00::1]", "[ff0e::1]", "240.0.0.1", "255.255.255.255"),
    ],
)
def test_address_that_is_not_public(server: Server, host: str) -> None:
    server.on(sent(b"hemmeligt"))
    limits = Limits(seconds=2, connect_seconds=0.2)
    assert "is not a public address" in refused(server.url("/side", host), limits)
    assert server.requests == []


def test_redirect_to_an_address_that_is_not_public(server: Server) -> None:
    there = server.url("/side", "127.0.0.2")
    url = server.on(redirect(there))
    message = refused(url)
    assert message.startswith(f"{there} (where {url} leads): 127.0.0.2 is not a public address; ")


def test_redirect_to_a_mapped_address(server: Server) -> None:
    url = server.on(redirect(server.url("/side", "[::ffff:127.0.0.2]")))
    assert "127.0.0.2 is not a public address" in refused(url)


def test_one_closed_address_among_open_ones_is_enough(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", names({"begge.dk": ["127.0.0.1", "127.0.0.2"]}))
    server.on(sent(b"Hej"))
    assert "127.0.0.2 is not a public address" in refused(server.url("/side", "begge.dk"))


def test_name_is_looked_up_once(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name server that answers with an open address first and a closed one ever after."""
    known = {"skift.dk": ["127.0.0.1"]}
    monkeypatch.setattr(socket, "getaddrinfo", names(known, forget=True))
    server.on(sent(b"Hej"))
    assert fetch(server.url("/side", "skift.dk"), QUICK).body == b"Hej"
    assert f"host: skift.dk:{server.server_address[1]}\r\n" in server.requests[0].lower()
    assert "127.0.0.2 is not a public address" in refused(server.url("/side", "skift.dk"))


def test_next_address_if_the_first_is_dead(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    limits = Limits(connect_seconds=2, allow=("127.0.0.0/8",))
    monkeypatch.setattr(socket, "getaddrinfo", names({"to.dk": ["127.0.0.3", "127.0.0.1"]}))
    server.on(sent(b"Hej"))
    assert fetch(server.url("/side", "to.dk"), limits).body == b"Hej"


def names(known: dict[str, list[str]], forget: bool = False) -> Callable[..., list[object]]:
    """A getaddrinfo for names of our own; with `forget` each is 127.0.0.2 from the second time."""
    real = socket.getaddrinfo

    def look_up(host: object, port: int, *options: int, **more: int) -> list[object]:
        name = host.decode() if isinstance(host, bytes) else str(host)
        found = known.get(name, [name])
        if forget and name in known:
            known[name] = ["127.0.0.2"]
        return [entry for address in found for entry in real(address, port, *options, **more)]

    return look_up


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://x.dk/", "www.x.dk/side", "javascript:1", "http:///x", ""]
)
def test_no_web_address(url: str) -> None:
    assert refused(url).startswith(f"{url}: no web address; ")


@pytest.mark.parametrize("url", ["http://[::1", "http://x.dk:abc/", "http://x\x00.dk/", "http://x/\n"])
def test_spelling_that_is_no_address(url: str) -> None:
    assert "no web address (" in refused(url)


@pytest.mark.parametrize("host", ["ukendt.dk", "a" * 64 + ".dk", "a..dk"])
def test_host_that_is_not_found(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", names({"ukendt.dk": ["127.0.0.1.2"]}))
    assert f"host {host} not found" in refused(f"http://{host}/")


def test_redirect_to_a_file(server: Server) -> None:
    assert "no web address" in refused(server.on(redirect("file:///etc/passwd")))


@pytest.mark.parametrize("location", ["http://[::1", "http://x:y/"])
def test_redirect_to_nonsense(server: Server, location: str) -> None:
    assert "not HTTP (Invalid URL in location header" in refused(server.on(redirect(location)))


def test_password_is_neither_sent_nor_told(server: Server) -> None:
    server.on(sent(b"Hej"))
    message = refused(server.url("/side", "mig:hemmelig@127.0.0.1"))
    assert "password in the address; leave it out" in message
    assert "hemmelig" not in message
    assert server.requests == []


def test_redirect_with_a_password(server: Server) -> None:
    server.on(redirect(server.url("/b", "mig:hemmelig@127.0.0.1")))
    server.on(sent(b"Hej"), "/b")
    assert "hemmelig" not in refused(server.url("/side"))
    assert len(server.requests) == 1


@pytest.mark.parametrize("name", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
def test_proxy_settings_are_ignored(server: Server, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    for other in [key for key in os.environ if key.lower() == "no_proxy"]:
        monkeypatch.delenv(other)
    monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert fetch(server.on(sent(b"Hej")), QUICK).body == b"Hej"


# --- what we do not take


@pytest.mark.parametrize("status", ["404 Not Found", "500 Internal Server Error", "403 Nej", "304 X"])
def test_status_is_data(server: Server, status: str) -> None:
    """Whether another try is worth while, and what it means, is for others to say."""
    url = server.on(sent(b"" if status == "304 X" else b"<p>fejl", status, Retry_After="7"))
    fetched = fetch(url, QUICK)
    assert (fetched.status, fetched.body, fetched.retry_after) == (int(status[:3]), b"", "7")


def test_only_what_may_pass_is_worth_another_try(server: Server) -> None:
    for url, passing in ((server.on(sent(b"Hej", length=9)), True), ("file:///etc/passwd", False)):
        with pytest.raises(FetchError) as caught:
            fetch(url, QUICK)
        assert caught.value.passing is passing


def test_redirects_in_a_circle(server: Server) -> None:
    url = server.on(redirect("/side"))
    assert "more than 5 redirects" in refused(url)
    assert len(server.requests) == 6


def test_number_of_redirects_is_the_limit(server: Server) -> None:
    server.on(redirect("/b"), "/a")
    server.on(redirect("/side"), "/b")
    server.on(sent(b"Hej"))
    assert fetch(server.url("/a"), Limits(redirects=2, allow=HERE)).body == b"Hej"
    assert "more than 1 redirects" in refused(server.url("/a"), Limits(redirects=1, allow=HERE))


def test_endless_body(server: Server) -> None:
    limits = Limits(max_bytes=1_000_000, seconds=10, allow=HERE)
    assert "larger than 1 MB" in refused(server.on(endless), limits)


def test_larger_before_than_after_unpacking(server: Server) -> None:
    packed = gzip.compress(b"", mtime=0)
    packed = packed[:3] + b"\x08" + packed[4:10] + b"n" * 5000 + b"\0" + packed[10:]  # a file name
    assert gzip.decompress(packed) == b""
    url = server.on(sent(packed, Content_Encoding="gzip"))
    assert "larger than 0.001 MB" in refused(url, Limits(max_bytes=1000, allow=HERE))


def test_gzip_bomb_does_not_fill_the_memory(server: Server) -> None:
    fetch(server.on(sent(b"Hej")), QUICK)  # certificates are read once
    url = server.on(sent(bomb(), Content_Encoding="gzip"))
    tracemalloc.start()
    try:
        message = refused(url, Limits(max_bytes=1_000_000, allow=HERE))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert "larger than 1 MB" in message
    assert peak < 8_000_000  # one network chunk of 64 kB would unpack to 67 MB


@pytest.mark.parametrize(
    ("start", "byte", "end"),
    [(b"\r\n", b"x", b""), (b"X-Slow: ", b"x", b"\r\n\r\n" + b"x" * 30)],
    ids=["body", "head"],
)
def test_single_bytes_do_not_hold_us_up(server: Server, start: bytes, byte: bytes, end: bytes) -> None:
    url = server.on(lambda connection: drip(connection, start, byte, end))
    assert "not finished within 1 s" in refused(url, Limits(seconds=1, allow=HERE))


def test_interim_answers_do_not_hold_us_up(server: Server) -> None:
    assert "not finished within 1 s" in refused(server.on(flooded), Limits(seconds=1, allow=HERE))


def test_deadline_is_for_all_redirects_together(server: Server) -> None:
    def late(connection: socket.socket) -> socket.socket:
        time.sleep(0.7)
        return connection

    def slowly(answer: Answer) -> Answer:
        return lambda connection: answer(late(connection))

    server.on(slowly(sent(b"Hej")))
    url = server.on(slowly(redirect("/side")), "/a")
    assert "not finished within 1 s" in refused(url, Limits(seconds=1, allow=HERE))


def test_silent_server(server: Server) -> None:
    url = server.on(lambda connection: connection.recv(1))
    assert "not finished within 0.5 s" in refused(url, Limits(seconds=0.5, allow=HERE))


def test_silent_handshake() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"https://127.0.0.1:{silent.getsockname()[1]}/"
        limits = Limits(seconds=5, connect_seconds=0.3, allow=HERE)
        hang_up = threading.Timer(1.5, silent.close)  # who waits so long gets another error
        hang_up.start()
        assert "no connection within 0.3 s" in refused(url, limits)
        hang_up.cancel()


def test_short_body(server: Server) -> None:
    assert "cut short" in refused(server.on(sent(b"<p>Hej", length=1000)))


def test_short_gzip(server: Server) -> None:
    packed = gzip.compress(PAGE.encode())[:-4]
    assert "cut short" in refused(server.on(sent(packed, Content_Encoding="gzip")))


def test_more_than_one_gzip(server: Server) -> None:
    packed = gzip.compress(b"Hej") + gzip.compress(b"Farvel")
    assert "damaged: bytes after" in refused(server.on(sent(packed, Content_Encoding="gzip")))


def test_gzip_that_is_none(server: Server) -> None:
    assert "damaged: cannot" in refused(server.on(sent(b"<p>Hej", Content_Encoding="gzip")))


def test_compression_we_did_not_ask_for(server: Server) -> None:
    assert "compressed as 'br'" in refused(server.on(sent(b"<p>Hej", Content_Encoding="br")))


def test_no_http(server: Server) -> None:
    url = server.on(lambda connection: connection.sendall(b"SSH-2.0-OpenSSH_9.6\r\n"))
    assert "not HTTP" in refused(url)


def test_nobody_listens() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/"
        assert "no connection (" in refused(url)


def test_message_is_one_plain_line(server: Server) -> None:
    url = server.on(sent(b"x", Content_Encoding="\x1b[2Jbr"))
    assert refused(url).isprintable()
    assert len(refused(server.on(redirect("file:/" + "x" * 9000)))) < 1000


# --- what it is


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\xef\xbb\xbf \r\n<!DOCTYPE HTML PUBLIC>", "text/html"),
        (b"<?xml version='1.0'?>\n<!-- x --><html lang='da'>", "text/html"),
        ("<html>å".encode("utf-16"), "text/html"),
        (b"<rss version='2.0'>", "text/plain"),
        ("90 mio. kr. <p> er en tagget".encode("cp1252"), "text/plain"),
        ("på".encode("utf-16"), "text/plain"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "application/octet-stream"),
        (b"", "application/octet-stream"),
    ],
)
def test_sniff(body: bytes, kind: str) -> None:
    assert sniff(body) == kind


def test_html_served_as_pdf_shows(server: Server) -> None:
    fetched = fetch(server.on(sent(PAGE.encode(), Content_Type="application/pdf")), QUICK)
    assert (fetched.media_type, sniff(fetched.body)) == ("application/pdf", "text/html")


def test_allowed_network_is_for_its_own_addresses_only() -> None:
    assert is_public("::ffff:127.0.0.1", HERE)
    assert not is_public("127.0.0.2", HERE)
    assert not is_public("::1", HERE)
