"""A Page: what one address answers, and how it may be asked again."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler
from typing import Literal
from urllib.parse import quote, unquote, urlsplit

Validators = Literal["both", "modified", "none", "weak"]
Answer = Callable[[BaseHTTPRequestHandler], int]
"""Writes a whole answer itself, however wrong, and returns the status it sent."""
Make = Callable[[str], "Page"]
"""The page for a path with its query."""

LONG_AGO = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
HTML = "text/html; charset=utf-8"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Page:
    """One answer. `make` says what it is from the path that was asked for; `answer` is a trap.

    A page under a key that ends in a slash and has one of the two stands for all that begins so.
    """

    body: bytes = b""
    media: str | None = HTML
    status: int = 200
    modified: datetime = LONG_AGO
    validators: Validators = "both"
    headers: tuple[tuple[str, str], ...] = ()
    make: Make | None = None
    answer: Answer | None = None

    @property
    def etag(self) -> str | None:
        """Strong from the body's hash; weak on a host that recompresses on the fly."""
        if self.status != 200 or self.validators in {"modified", "none"}:
            return None
        tag = f'"{hashlib.sha256(self.body).hexdigest()[:20]}"'
        return f"W/{tag}" if self.validators == "weak" else tag

    @property
    def last_modified(self) -> str | None:
        known = self.status == 200 and self.validators != "none"
        return format_datetime(self.modified, usegmt=True) if known else None


def key(url: str) -> str:
    """An address as the stand-in looks it up: without scheme and fragment, quoted in one way.

    >>> key("https://SM.dk/høring?side=2#top")
    'sm.dk/h%C3%B8ring?side=2'
    """
    parts = urlsplit(url)
    path = quote(unquote(parts.path or "/"), safe="/:;@!$&'()*+,=~")
    query = f"?{parts.query}" if parts.query else ""
    return f"{(parts.hostname or '').lower()}{path}{query}"


def moved(location: str, status: int = 301) -> Page:
    """A page that has moved."""
    words = f"<!doctype html><title>Flyttet</title><p>Siden er flyttet til {location}</p></html>"
    return Page(words.encode(), status=status, headers=(("Location", location),))


def edited(page: Page, body: bytes) -> Page:
    """The same page a day later with another body, so that both validators change."""
    return replace(page, body=body, modified=page.modified + timedelta(days=1))


def is_unchanged(page: Page, asked: Mapping[str, str]) -> bool:
    """Would a 304 do? If-None-Match goes before If-Modified-Since (RFC 9110, 13.2.2)."""
    if (tags := asked.get("if-none-match")) is not None:
        known = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        return page.etag is not None and (tags.strip() == "*" or page.etag.removeprefix("W/") in known)
    since = asked.get("if-modified-since")
    if since is None or page.last_modified is None:
        return False
    try:
        return page.modified <= parsedate_to_datetime(since)
    except (TypeError, ValueError):  # no date, or one without a zone
        return False
