"""What the stand-in serves: pages that can be read, links that lead somewhere, the archive of the web."""

import gzip
import json
import os
import re
import subprocess
import sys
from decimal import Decimal
from io import BytesIO
from urllib.parse import urldefrag, urljoin, urlsplit

import httpx
import pdfplumber
import pytest
from bs4 import BeautifulSoup

from corpus.read import read_bytes
from tests.standin import ministries, wayback
from tests.standin.articles import Article, articles
from tests.standin.page import key
from tests.standin.papers import rows
from tests.standin.server import StandIn
from tests.standin.sm import ARCHIVE, GONE
from tests.support import ROOT

RELEASE = "https://sm.dk/nyheder/nyhedsarkiv/2019/nov/849-millioner-kroner-til-udsatte-boern-og-voksne"
UNKNOWN = {"sm-changed", "social-new", "fm-2018", "uvm-2017"}  # templates that no site declares
REAL = [host for host in StandIn.hosts if not re.match(r"traps|robots\d|web\.", host)]


def hrefs(url: str, html: bytes) -> list[str]:
    """Where the links of a page lead, the stand-in's own ones, without fragments."""
    found = (urljoin(url, str(a["href"])) for a in BeautifulSoup(html, "lxml").select("a[href], link[href]"))
    own = (urldefrag(link)[0] for link in found if link.startswith("http"))
    return [link for link in own if urlsplit(link).hostname in REAL and not is_asset(link)]


def is_asset(url: str) -> bool:
    return bool(re.search(r"\.(?:css|js|svg|png|jpg)$|/soeg", urlsplit(url).path))


def test_the_same_bytes_in_every_process() -> None:
    program = (
        "import hashlib\nfrom tests.standin.world import pages\n"
        "print(hashlib.sha256(repr([(k, p.body) for k, p in sorted(pages().items())]).encode()).hexdigest())"
    )
    found = set()
    for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        command = [sys.executable, "-c", program]
        done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=True)
        found.add(done.stdout)
    assert len(found) == 1


def test_every_link_of_every_page_leads_somewhere(client: httpx.Client, web: StandIn) -> None:
    """Except one that the archive has a copy of; redirects are followed."""
    pending = [f"https://{host}/" for host in dict.fromkeys(REAL)]
    dead, seen = [], set(pending)
    while pending:
        url = pending.pop()
        answer = client.get(url, follow_redirects=True)
        if answer.status_code != 200:
            dead.append(url)
        elif answer.headers["content-type"].startswith("text/html"):
            new = [link for link in hrefs(str(answer.url), answer.content) if link not in seen]
            pending += dict.fromkeys(new)
            seen.update(new)
    assert dead == [GONE]
    unseen = {key(item.url) for item in all_articles()} - {key(url) for url in seen} - {key(GONE)}
    assert unseen == set(), "an article that nothing links"


def all_articles() -> list[Article]:
    """Every article that stands somewhere, copies included."""
    homes = ("GOVERNMENT", "INTERIOR", "HEALTH", "FINANCE", "CULTURE", "SCHOOLS")
    found = [item for home in homes for item in ministries.of(getattr(ministries, home))]
    return [*found, *(item for name in ("sm", "sbst", "ft", "papers") for item in articles(name))]


@pytest.mark.parametrize(
    "item",
    [a for a in all_articles() if a.url != GONE and ".pdf" not in a.url and ".docx" not in a.url],
    ids=lambda item: item.url,
)
def test_every_article_is_read_whole_by_its_layout(item: Article) -> None:
    page = StandIn().page(item.url)
    document = read_bytes(page.body, item.url, (page.media or "").partition("charset=")[2] or None)
    assert document.title == item.title
    assert ("unknown_layout" in document.notes) == (item.layout in UNKNOWN)
    text = re.sub(r"\s", "", document.text)
    written = re.sub(r"\]\([^)]*\)|tlf.*", "", f"{item.lead} {item.body}")  # telephones are masked
    for number in re.findall(r"\d+(?:[.,]\d+)*", written):
        assert number in text, "a figure of the article is lost"
    assert "cookie" not in document.text.lower()


@pytest.mark.parametrize("item", articles("papers"), ids=lambda item: item.url.rsplit("/", 1)[-1])
def test_every_paper_is_what_its_layout_says(item: Article) -> None:
    body = StandIn().page(item.url).body
    if item.layout == "docx":
        assert body.startswith(b"PK")
        return
    assert body.startswith(b"%PDF")
    assert body.rstrip().endswith(b"%%EOF") == (item.layout != "damaged")
    assert (b"/Encrypt" in body) == (item.layout == "locked")
    if item.layout in {"pdf", "scan"}:
        words = "".join(page.extract_text() for page in pdf_pages(body))
        assert (item.title.split()[-1] in words) == (item.layout == "pdf")


def pdf_pages(body: bytes) -> list[pdfplumber.page.Page]:
    return pdfplumber.open(BytesIO(body)).pages


@pytest.mark.parametrize(
    "item", [item for item in articles("papers") if "| I alt |" in item.body], ids=lambda item: item.title
)
def test_the_years_of_every_row_make_its_sum(item: Article) -> None:
    (table,) = (block for block in item.blocks if block.startswith("| "))
    header, *lines = rows(table)
    years = [at for at, name in enumerate(header) if name.isdecimal()]
    for line in lines:
        cells = [Decimal(cell.replace(",", ".")) if cell != "-" else Decimal() for cell in line[1:]]
        assert sum(cells[at - 1] for at in years) == cells[-1], line[0]


def test_some_releases_are_copies(web: StandIn) -> None:
    original, copy = (
        read_bytes(web.page(url).body, url)
        for url in (next(iter(ministries.COPIED)), next(iter(ministries.COPIED.values()))[0])
    )
    assert original.title == copy.title
    assert original.text.split("\n\n")[2:] == copy.text.split("\n\n")[1:], "but for the day, word for word"


def test_feeds_and_sitemaps_name_pages_that_are_there(client: httpx.Client) -> None:
    feeds = ["https://sm.dk/rss/nyheder", "https://kum.dk/aktuelt/nyheder.atom", "https://sm.dk/sitemap.xml"]
    parts = ["https://www.regeringen.dk/sitemap-1.xml", "https://www.regeringen.dk/sitemap-2.xml.gz"]
    assert re.findall(r"<loc>(.*?)</loc>", client.get("https://www.regeringen.dk/sitemap.xml").text) == parts
    for url in (*feeds, *parts):
        body = client.get(url).content
        text = (gzip.decompress(body) if url.endswith(".gz") else body).decode()
        found = set(re.findall(r"<loc>(.*?)</loc>|<guid>(.*?)</guid>|<entry>.*?<id>(.*?)</id>", text))
        addresses = {"".join(groups) for groups in found}
        assert len(addresses) > 1
        assert {client.get(address).status_code for address in addresses} == {200}


def test_the_archive_page_names_its_feed(client: httpx.Client) -> None:
    soup = BeautifulSoup(client.get(ARCHIVE).content, "lxml")
    link = soup.select_one('head link[rel=alternate][type="application/rss+xml"]')
    assert link is not None
    assert client.get(urljoin(ARCHIVE, str(link["href"]))).status_code == 200


# --- the archive of the web


def cdx(client: httpx.Client, **asked: str) -> httpx.Response:
    return client.get(f"{wayback.HOME}/cdx/search/cdx", params=asked)


def test_the_archive_knows_what_is_gone(client: httpx.Client) -> None:
    assert client.get(GONE).status_code == 404
    answer = cdx(client, url=GONE, output="json", filter="statuscode:200", limit="-1")
    header, row = answer.json()
    assert header == wayback.FIELDS
    found = dict(zip(header, row, strict=True))
    assert (found["timestamp"], found["original"], found["statuscode"]) == ("20200611083000", GONE, "200")
    copy = client.get(f"{wayback.HOME}/web/{found['timestamp']}id_/{found['original']}")
    assert copy.headers["memento-datetime"] == "Thu, 11 Jun 2020 08:30:00 GMT"
    assert "x-archive-orig-last-modified" in copy.headers
    assert "131&nbsp;mio.&nbsp;kr." in copy.text
    assert read_bytes(copy.content, GONE).notes == ()


def test_the_archive_knows_nothing_of_others(client: httpx.Client) -> None:
    for url in (RELEASE, f"{GONE}-2"):
        answer = cdx(client, url=url, output="json", filter="statuscode:200")
        assert json.loads(answer.text) == []
    assert len(cdx(client, url=GONE, output="json").json()) == 4
    assert len(cdx(client, url=GONE, filter="!statuscode:200").text.splitlines()) == 1
    assert client.get(f"{wayback.HOME}/web/2020id_/{RELEASE}").status_code == 404


def test_the_archive_leads_to_the_nearest_copy(client: httpx.Client) -> None:
    answer = client.get(f"{wayback.HOME}/web/20200501000000/{GONE}")
    assert answer.headers["location"] == f"{wayback.HOME}/web/20200427101502/{GONE}"
    assert b"WAYBACK TOOLBAR" in client.get(answer.headers["location"]).content
