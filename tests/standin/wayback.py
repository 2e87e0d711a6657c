"""web.archive.org: what it knows of an address, and the copy it keeps."""

import base64
import hashlib
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from urllib.parse import parse_qs, urlsplit

from tests.standin.articles import articles
from tests.standin.fill import filled
from tests.standin.page import HTML, Page, moved
from tests.standin.sm import GONE

HOME = "https://web.archive.org"
FIELDS = ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"]
STAMP = "%Y%m%d%H%M%S"
COPY = re.compile(r"/web/(\d{4,14})(id_)?/(https?:/{1,2}.+)")
TOOLBAR = b"<!-- BEGIN WAYBACK TOOLBAR INSERT --><div id='wm-ipp'>Wayback Machine</div><!-- END -->"


@dataclass(frozen=True, slots=True)
class Capture:
    """One visit of the archive to one address."""

    url: str
    at: datetime
    status: int
    body: bytes

    @property
    def row(self) -> list[str]:
        digest = base64.b32encode(hashlib.sha1(self.body, usedforsecurity=False).digest()).decode()
        size = str(len(self.body))
        return [surt(self.url), f"{self.at:{STAMP}}", self.url, "text/html", str(self.status), digest, size]


def surt(url: str) -> str:
    """The key under which the archive sorts an address.

    >>> surt("https://www.sm.dk/nyheder/")
    'dk,sm)/nyheder'
    """
    parts = urlsplit(url if "//" in url else f"https://{url}")
    host = (parts.hostname or "").removeprefix("www.")
    query = f"?{parts.query}" if parts.query else ""
    return f"{','.join(reversed(host.split('.')))}){parts.path.rstrip('/') or '/'}{query}".lower()


def captures() -> list[Capture]:
    """Everything archived, oldest first: two visits to a page that is gone, and one to late."""
    gone = next(item for item in articles("sm") if item.url == GONE)
    body = filled(gone)
    early = body.replace("131 mio. kr.", "130 mio. kr.").replace("131&nbsp;mio.", "130&nbsp;mio.")
    return [
        Capture(GONE, datetime(2020, 4, 27, 10, 15, 2, tzinfo=UTC), 200, early.encode()),
        Capture(GONE, datetime(2020, 6, 11, 8, 30, 0, tzinfo=UTC), 200, body.encode()),
        Capture(GONE, datetime(2023, 2, 1, 4, 5, 6, tzinfo=UTC), 404, b"<h1>Siden findes ikke</h1>"),
        Capture(f"{GONE}-2", datetime(2022, 9, 9, 9, 9, 9, tzinfo=UTC), 404, b"<h1>Siden findes ikke</h1>"),
    ]


def search(path: str) -> Page:
    """The CDX answer: an array with a header row, or an empty one; plain lines without output=json."""
    asked = parse_qs(urlsplit(path).query)
    if "url" not in asked:
        return Page(b"Bad Request\n", "text/plain", 400, validators="none")
    found = [capture.row for capture in captures() if surt(capture.url) == surt(asked["url"][0])]
    for wanted in asked.get("filter", []):
        name, _, pattern = wanted.lstrip("!").partition(":")
        column = FIELDS.index(name)
        found = [r for r in found if bool(re.fullmatch(pattern, r[column])) != wanted.startswith("!")]
    limit = int(asked.get("limit", ["0"])[0])
    found = found[limit:] if limit < 0 else found[: limit or None]
    if asked.get("output") == ["json"]:
        table = [FIELDS, *found] if found else []
        text = "[" + ",\n".join(json.dumps(row) for row in table) + "]\n"
        return Page(text.encode(), "application/json", validators="none")
    return Page("".join(" ".join(row) + "\n" for row in found).encode(), "text/plain", validators="none")


def copy(path: str) -> Page:
    """The copy of that second, or a redirect to the nearest."""
    asked = COPY.fullmatch(path)
    known = [
        c
        for c in captures()
        if asked and surt(c.url) == surt(asked[3].replace(":/", "://").replace(":///", "://"))
    ]
    if not asked or not known:
        return Page(
            b"<html><body><h1>Wayback Machine doesn't have that page archived.</h1></body></html>", status=404
        )
    wanted = int(asked[1].ljust(14, "0"))
    nearest = min(known, key=lambda capture: abs(int(f"{capture.at:{STAMP}}") - wanted))
    if f"{nearest.at:{STAMP}}" != asked[1]:
        return moved(f"{HOME}/web/{nearest.at:{STAMP}}{asked[2] or ''}/{nearest.url}", 302)
    body = nearest.body if asked[2] else nearest.body.replace(b"<body>", b"<body>" + TOOLBAR)
    return Page(body, HTML, nearest.status, validators="none", headers=memento(nearest))


def memento(capture: Capture) -> tuple[tuple[str, str], ...]:
    """The headers of a copy: when it was taken, and what the server said then."""
    at = format_datetime(capture.at, usegmt=True)
    return (
        ("memento-datetime", at),
        ("link", f'<{capture.url}>; rel="original", <{HOME}/web/timemap/link/{capture.url}>; rel="timemap"'),
        ("x-archive-src", "CRAWL-standin-00001.warc.gz"),
        ("x-archive-orig-date", at),
        ("x-archive-orig-content-type", HTML),
        (
            "x-archive-orig-last-modified",
            format_datetime(datetime(2020, 4, 25, 9, 30, tzinfo=UTC), usegmt=True),
        ),
        ("x-archive-orig-content-length", str(len(capture.body))),
    )


def pages() -> dict[str, Page]:
    robots = "User-agent: *\nDisallow: /nogobots/\n"
    return {
        f"{HOME}/robots.txt": Page(robots.encode(), "text/plain"),
        f"{HOME}/cdx/search/cdx": Page(make=search),
        f"{HOME}/web/": Page(make=copy),
    }
