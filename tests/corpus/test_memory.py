"""Whatever a server sends, fetching and reading it stays small."""

import gzip
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.standin.page import Page, key
from tests.standin.server import StandIn
from tests.standin.traps import HOME
from tests.support import ROOT

MOST_MEGABYTES = 300
STATUS = Path("/proc/self/status")
# VmHWM and not ru_maxrss: that one begins with what the process that started us had
READER = """
import json, sys
from pathlib import Path
from corpus.decode import decode
from corpus.document import UnreadableError
from corpus.feeds import read_feed
from corpus.fetch import fetch
from corpus.guard import Limits
from corpus.links import find_links
from corpus.read import read_bytes

world = json.load(sys.stdin)
limits = Limits(seconds=world["seconds"], allow=("127.0.0.1/32",), connect_to=world["connect_to"],
                authorities=Path(world["authorities"]))

def largest():
    words = Path("/proc/self/status").read_text().split()
    return int(words[words.index("VmHWM:") + 1]) // 1024

for url in world["urls"]:
    told = []
    try:
        answer = fetch(url, limits)
    except UnreadableError as error:
        told.append(str(error))
    else:
        readers = (
            lambda: read_bytes(answer.body, answer.url, answer.charset),
            lambda: find_links(decode(answer.body, answer.charset), answer.url),
            lambda: read_feed(answer.body, answer.url),
        )
        for reader in readers:
            try:
                reader()
                told.append("read")
            except UnreadableError as error:
                told.append(str(error))
    print(json.dumps([url, largest(), told]), flush=True)
"""


def swollen() -> dict[str, bytes]:
    """Bodies that are small enough to be taken, and large once they are read."""
    size = 9_500_000
    rows = "".join(
        f"<url><loc>https://sm.dk/nyheder/nyhedsarkiv/2026/mar/nyhed-{n}</loc></url>" for n in range(50_000)
    )
    return {
        "/kort.xml": f"<urlset>{rows}</urlset>".encode(),
        "/kort.xml.gz": gzip.compress(f"<urlset>{rows}</urlset>".encode()),
        "/elementer.xml": b"<urlset>" + b"<a/>" * (size // 4) + b"</urlset>",
        "/elementer.xml.gz": gzip.compress(b"<urlset>" + b"<a/>" * (size // 4) + b"</urlset>"),
        "/attributter.xml": b"<rss>" + b'<a a="" b="" c="" d=""/>' * (size // 24) + b"</rss>",
        "/dyb.xml": b"<feed>" + b"<a>" * (size // 3),
        "/kommentarer.xml": b"<feed>" + b"<!---->" * (size // 7) + b"</feed>",
        "/en-linje": b"<!doctype html><p>" + b"x" * size,
        "/ord": b"<!doctype html><p>" + b"ord " * (size // 4),
        "/brede-ord": "<!doctype html><p>😀".encode() + b"ord " * (size // 4),
        "/tal": b"<!doctype html><p>" + b"1,5 mio. kr. i 2024 " * (size // 20),
        "/links": b"<!doctype html>" + b"".join(b'<a href="/%d">%d</a> ' % (n, n) for n in range(29_000)),
        "/ens-links": b"<!doctype html><body>" + b"<a href=/x></a>" * 29_000,
        "/attributter": b"<!doctype html><body>" + b"<p a b c d e f g h i j k l m n o>" * 59_000,
        "/et-element": b"<!doctype html><body " + b" ".join(b"a%d=1" % n for n in range(900_000)) + b">x",
        "/entiteter": b"<!doctype html><p>" + b"&aelig;" * (size // 7),
        "/klammer": b"[" * size,
        "/brede-linjer": "😀".encode() + b"ord\n" * (size // 4),
        "/tekst": b"Partierne er enige om 4,2 mio. kr.\n" * (size // 36),
        "/linjer": b"\n" * size,
        "/nuller": bytes(size),
        "/soed-tekst": "\ufeffæ\u0301".encode() * (size // 7),
    }


@pytest.fixture
def web() -> Iterator[StandIn]:
    with StandIn() as web:
        for path, body in swollen().items():
            media = "application/xml" if ".xml" in path else "text/html"
            web._pages[key(f"{HOME}/svulmer{path}")] = Page(body, media)
        yield web


@pytest.mark.slow
@pytest.mark.skipif(not STATUS.exists(), reason="this system does not tell how large a process is")
@pytest.mark.parametrize("swell", [False, True], ids=["traps", "swollen"])
def test_every_trap_is_fetched_and_read_in_little_memory(web: StandIn, swell: bool) -> None:
    all_ = [url for url in web.urls() if url.startswith((HOME, "https://robots"))]
    urls = [f"{HOME}/side", *(url for url in all_ if ("/svulmer/" in url) is swell)]
    world = {
        "urls": urls,
        "seconds": 3.0,
        "connect_to": {f"{h}:443": web.address for h in web.hosts}
        | {f"{h}:80": web.plain_address for h in web.hosts},
        "authorities": str(web.ca),
    }
    run = subprocess.run(
        [sys.executable, "-c", READER],
        input=json.dumps(world),
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    told = [json.loads(line) for line in run.stdout.splitlines()]
    assert [url for url, _, _ in told] == urls
    before = [0, *(size for _, size, _ in told)]
    growth = sorted(
        ((size - old, url) for (url, size, _), old in zip(told, before, strict=False)), reverse=True
    )
    assert told[0][2][:2] == ["read", "read"]
    assert told[-1][1] < MOST_MEGABYTES, growth[:5]
