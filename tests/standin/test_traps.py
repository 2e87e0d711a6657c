"""That the traps are traps."""

import re
import zlib
from contextlib import closing
from http.client import HTTPSConnection
from urllib.parse import urljoin, urlsplit

import httpx
import pytest
from bs4 import BeautifulSoup

from corpus.read import read_bytes
from tests.standin import traps
from tests.standin.client import There
from tests.standin.server import StandIn

TRAPS = "https://traps.sm.dk"
FORBIDDEN = "https://www.regeringen.dk/aktuelt/privat/notat"


def raw(web: StandIn, path: str, host: str = "traps.sm.dk") -> tuple[HTTPSConnection, bytes]:
    """A connection on which that was asked, and the first bytes that came back."""
    name, port = web.address.split(":")
    connection = HTTPSConnection(name, int(port), timeout=10, context=web.client_context())
    connection.connect()
    connection.sock.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: gzip\r\n\r\n".encode())
    return connection, connection.sock.recv(20)


def test_no_trap_is_forgotten(web: StandIn, client: httpx.Client) -> None:
    """The index of traps names all; those that answer whole are asked."""
    named = {urlsplit(url).path for url in re.findall(r"href='(.*?)'", client.get(f"{TRAPS}/").text)}
    assert named == set(traps.traps())
    transport = There(web)  # a client would look at where redirects lead
    for path in (path for path, page in traps.traps().items() if not page.answer and "hoved" not in path):
        answer = transport.handle_request(httpx.Request("GET", TRAPS + path))
        expected = re.search(r"/(\d{3})\b", path)
        with closing(answer):
            assert not expected or "en-gang" in path or str(answer.status_code) == expected[1]


@pytest.mark.parametrize(
    ("path", "value"), [("sekunder", r"2"), ("dato", r"\w{3}, \d\d .* GMT"), ("doegn", r"86400")]
)
def test_too_many_requests(client: httpx.Client, path: str, value: str) -> None:
    answer = client.get(f"{TRAPS}/429-{path}")
    assert answer.status_code == 429
    assert re.fullmatch(value, answer.headers["retry-after"])


def test_an_error_once_and_an_error_for_ever(client: httpx.Client) -> None:
    assert [client.get(f"{TRAPS}/500-en-gang").status_code for _ in range(3)] == [500, 200, 200]
    assert [client.get(f"{TRAPS}/503-altid").status_code for _ in range(3)] == [503] * 3


def test_a_drip_is_single_bytes(web: StandIn) -> None:
    connection, start = raw(web, "/dryp")
    with closing(connection):
        assert start.startswith(b"HTTP/1.1 200")
        while b"\r\n\r\n" not in start:
            start += connection.sock.recv(4096)
        first = start.partition(b"\r\n\r\n")[2]
        assert [connection.sock.recv(4096) for _ in range(3)] == [b"x"] * 3
        assert first in {b"", b"x"}


def test_an_endless_body(client: httpx.Client) -> None:
    received = 0
    with client.stream("GET", f"{TRAPS}/uendelig") as answer:
        for part in answer.iter_raw():
            received += len(part)
            if received > 5_000_000:
                break
    assert received > 5_000_000


@pytest.mark.parametrize("path", ["/bombe", "/sitemap-bombe.xml.gz"])
def test_a_bomb_is_small_on_the_wire(client: httpx.Client, path: str) -> None:
    with client.stream("GET", TRAPS + path) as answer:
        body = b"".join(answer.iter_raw())
    assert len(body) < 1_200_000
    unpacker = zlib.decompressobj(wbits=31)
    start = unpacker.decompress(body[:20_000])
    assert len(start) > 15_000_000
    assert start.startswith(b"<?xml" if "sitemap" in path else b"<!doctype")


@pytest.mark.parametrize("path", ["/kort", "/halv-bid", "/lukket"])
def test_broken_off(client: httpx.Client, path: str) -> None:
    with pytest.raises(httpx.RemoteProtocolError):
        client.get(TRAPS + path)


def test_a_chain_a_circle_and_places_one_must_not_go(client: httpx.Client) -> None:
    for path in ("/kaede/1", "/viderestilling/ping", "/viderestilling/selv"):
        with pytest.raises(httpx.TooManyRedirects):
            client.get(TRAPS + path, follow_redirects=True)
    places = {
        client.get(f"{TRAPS}/viderestilling/{name}").headers["location"] for name in ("sky", "fil", "forbudt")
    }
    assert places == {"http://169.254.169.254/latest/meta-data/", "file:///etc/passwd", FORBIDDEN}


def test_robots_forbid_what_a_listing_links(client: httpx.Client) -> None:
    assert "Disallow: /aktuelt/privat/" in client.get("https://www.regeringen.dk/robots.txt").text
    assert urlsplit(FORBIDDEN).path in client.get("https://www.regeringen.dk/aktuelt/").text
    assert "Crawl-delay: 1" in client.get("https://fm.dk/robots.txt").text


def test_robots_in_nine_ways(client: httpx.Client) -> None:
    answers = [client.get(f"https://robots{n}.sm.dk/robots.txt") for n in range(1, 10)]
    assert [answer.status_code for answer in answers] == [404, 500, 403, 200, 200, 200, 200, 200, 302]
    assert len(answers[4].content) > 1_000_000
    assert answers[7].content.startswith(b"\xef\xbb\xbf")
    assert urlsplit(answers[8].headers["location"]).hostname == "robots7.sm.dk"


def test_letters(client: httpx.Client) -> None:
    for path in (path for path in traps.traps() if path.startswith("/tegn/") and "æ" not in path):
        answer = client.get(TRAPS + path)
        assert "– også til børn" in read_bytes(answer.content, TRAPS + path, answer.charset_encoding).text


def test_the_calendar_has_no_end(client: httpx.Client) -> None:
    seen: set[str] = set()
    url = f"{TRAPS}/kalender"
    for _ in range(30):
        soup = BeautifulSoup(client.get(url).content, "lxml")
        items = {urljoin(url, str(a["href"])) for a in soup.select("li a")}
        assert len(items) == 3
        assert not items & seen, "all links are new"
        seen |= items
        url = urljoin(url, str(soup.select("a[rel=next]")[0]["href"]))
    assert client.get(seen.pop()).status_code == 200


def test_one_page_under_many_addresses(client: httpx.Client) -> None:
    listing = client.get(f"{TRAPS}/samme-side")
    found = {
        client.get(urljoin(TRAPS, str(a["href"]))).content
        for a in BeautifulSoup(listing.content, "lxml")("a")
    }
    assert len(found) == 1


def test_headers_in_masses(web: StandIn) -> None:
    for path in ("/lang-hoved", "/mange-hoveder"):
        connection, head = raw(web, path)
        with closing(connection):
            while b"\r\n\r\n" not in head:
                head += connection.sock.recv(65536)
        assert len(head) > 250_000


def test_cookies_come_one_by_one(client: httpx.Client) -> None:
    assert len(client.get(f"{TRAPS}/smaakager").headers.get_list("set-cookie")) == 500


def test_a_page_of_a_hundred_thousand_tags() -> None:
    assert traps.traps()["/mange-maerker"].body.count(b"<") > 100_000
