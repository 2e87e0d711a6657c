"""Copies in the Internet Archive of pages that are gone, found in its CDX index.

Source: the Wayback CDX Server API, github.com/internetarchive/wayback, wayback-cdx-server.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode

from corpus.fetch import NO_HEADERS, Fetched, FetchError
from corpus.polite import GONE, Headers

BASE = "https://web.archive.org"


@dataclass(frozen=True, slots=True)
class Memento:
    """An archived copy as it was served once, and the time when it was taken (ISO, UTC)."""

    answer: Fetched
    captured_at: str


def find_memento(url: str, base: str, ask: Callable[[str, Headers], Fetched]) -> Memento | None:
    """The newest good copy of an address, or None. Raises FetchError when the index cannot be asked."""
    try:
        return ask_archive(url, base, ask)
    except FetchError as error:
        reason = f"{url}: answered 404 or 410, and the Internet Archive cannot be asked for a copy ({error})"
        raise FetchError(reason, error.passing) from error


def ask_archive(url: str, base: str, ask: Callable[[str, Headers], Fetched]) -> Memento | None:
    query = urlencode({"url": url, "output": "json", "filter": "statuscode:200", "limit": "-1"})
    index = ask(f"{base}/cdx/search/cdx?{query}", NO_HEADERS)
    row = newest(index)
    if row is None:
        return None
    stamp, original = row
    copy = ask(f"{base}/web/{stamp}id_/{original}", NO_HEADERS)  # id_: the bytes as they were, no toolbar
    return None if copy.status in GONE else Memento(copy, iso(stamp))


def newest(index: Fetched) -> tuple[str, str] | None:
    """Time stamp and address of the last row of a CDX answer. Raises FetchError for another form."""
    if index.status in GONE or not index.body.strip():
        return None
    try:
        names, *found = json.loads(index.body) or [[]]
        rows = [dict(zip(names, row, strict=True)) for row in found]
        if not rows:
            return None
        stamp, original = str(rows[-1]["timestamp"]), str(rows[-1]["original"])
        iso(stamp)  # a time, or it is no index
        return stamp, original
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise FetchError(f"{index.url}: not the index of an archive ({error}); try again later") from error


def iso(stamp: str) -> str:
    """The time of a CDX row as ISO.

    >>> iso("20191215093000")
    '2019-12-15T09:30:00+00:00'
    """
    return datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC).isoformat()
