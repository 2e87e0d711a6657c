"""What a site has: walks its listings, and tells what is odd about them."""

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal
from urllib.parse import urlsplit

from corpus.address import last_day_in
from corpus.decode import decode
from corpus.document import UnreadableError
from corpus.feeds import Feed, read_feed
from corpus.fetch import LimitReachedError
from corpus.links import Link, find_links
from corpus.site import Listing, Site

MOST_PAGES = 400  # of one listing in one run: twelve years by months, and feeds
AlarmKind = Literal[
    "unreachable",
    "no_items",
    "few_items",
    "many_items",
    "stale_listing",
    "dead_selector",
    "endless_listing",
    "fallback_share",
]


@dataclass(frozen=True, slots=True)
class Page:
    """A listing page as it was received, or as the archive has it."""

    url: str
    body: bytes
    charset: str | None


@dataclass(frozen=True, slots=True)
class Window:
    """The days of a run: its own, and the day before which nothing is wanted (None: all is)."""

    until: date
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A page that a listing names, with what the listing says of it."""

    url: str
    words: str
    day: date | None
    found_on: str


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something about a listing that a person should look at."""

    kind: AlarmKind
    url: str
    words: str  # what was expected and what was found


@dataclass(slots=True)
class Survey:
    """What one listing gave: items in reading order, its pages, what failed."""

    items: dict[str, Item] = field(default_factory=dict)
    pages: int = 0
    failures: list[tuple[str, str]] = field(default_factory=list)
    alarms: list[Alarm] = field(default_factory=list)
    limited: bool = False  # the run had asked enough: what was found is no sign of anything


Ask = Callable[[str], Page | None]  # None where there is nothing (any more); raises FetchError


def survey(site: Site, listing: Listing, starts: Sequence[str], ask: Ask, window: Window) -> Survey:
    """Walk a listing from its first pages, as far as the window reaches.

    A page that fails costs its items and a line in `failures`, no more.
    """
    found = Survey()
    queue = deque(dict.fromkeys(starts))
    seen = set(starts)
    while queue and found.pages < MOST_PAGES:
        url = queue.popleft()
        found.pages += 1
        try:
            page = ask(url)
            if page is None and url in starts[1:]:
                continue  # last year's, which may be gone
            items, further = read_page(site, listing, page, url)
        except LimitReachedError:
            found.limited = True
            return found
        except UnreadableError as error:
            reason = str(error)
            found.failures.append((url, reason.removeprefix(f"{url}: ")))
            continue
        if url in starts and not items and not further:
            words = "links to items or to further pages expected, none found"
            found.alarms.append(Alarm("dead_selector", url, words))
        found.items |= {item.url: item for item in items if item.url not in found.items}
        fresh = [more for more in further if more not in seen and not is_older(more, None, window.since)]
        seen.update(fresh)
        queue.extend(fresh)
    found.alarms += oddities(listing, found, bool(queue), window)
    found.items = {u: item for u, item in found.items.items() if not is_older(u, item.day, window.since)}
    return found


def read_page(site: Site, listing: Listing, page: Page | None, url: str) -> tuple[list[Item], list[str]]:
    """The items of a listing page, and the addresses of further listing pages."""
    if page is None:
        raise UnreadableError("there is no such page (any more); has the site been rebuilt?")
    secure = frozenset(site.hosts)
    if listing.kind == "page" and not looks_like_feed(page.body):
        links = find_links(decode(page.body, page.charset), page.url, secure)
        feed = Feed(tuple(links), ())
    else:
        feed = read_feed(page.body, page.url, secure)
    found = [replace(link, url=own_name(site, link.url)) for link in feed.items if is_ours(site, link.url)]
    items = [as_item(link, url) for link in found if is_item(site, listing, link.url)]
    further = [link.url for link in found if is_further(site, listing, link)]
    return items, [*further, *(url for url in feed.maps if is_ours(site, url))]


def looks_like_feed(body: bytes) -> bool:
    return bool(re.search(rb"<(?:rss|feed|rdf:RDF|urlset|sitemapindex)\b", body[:1000]))


def as_item(link: Link, found_on: str) -> Item:
    longest = max(link.words, link.around, key=len)
    return Item(link.url, longest, link.day, found_on)


def is_ours(site: Site, url: str) -> bool:
    """Is the address one of the site's own, or of a host below one of them?"""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    return host in site.hosts


def own_name(site: Site, url: str) -> str:
    """An address of the site under the name that the site goes by: with www, or without."""
    home, host = urlsplit(site.base_url or "").netloc, urlsplit(url).netloc
    alike = host != home and host.removeprefix("www.") == home.removeprefix("www.")
    return url.replace(f"//{host}", f"//{home}", 1) if alike else url


def is_item(site: Site, listing: Listing, url: str) -> bool:
    return is_ours(site, url) and re.fullmatch(listing.item, urlsplit(url).path) is not None


def is_further(site: Site, listing: Listing, link: Link) -> bool:
    """Does a link lead to another page of the same listing?"""
    if not is_ours(site, link.url) or is_item(site, listing, link.url):
        return False
    parts = urlsplit(link.url)
    whole = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return link.next or link.feed or bool(listing.more and re.fullmatch(listing.more, whole))


def is_older(url: str, day: date | None, since: date | None) -> bool:
    """Is it surely older than a day? What tells no day may be new.

    A day long before the year in the address is one that the words speak of ("aftalen af …").
    """
    told = last_day_in(url)
    newest = told if day is None or (told and day.year < told.year) else day
    return since is not None and newest is not None and newest < since


def oddities(listing: Listing, found: Survey, endless: bool, window: Window) -> Iterator[Alarm]:
    """What a person should look at. Numbers mean nothing in a run that leaves old items out."""
    url, number = listing.url, len(found.items)
    least, most = listing.expect
    if found.failures and len(found.failures) == found.pages:
        yield Alarm("unreachable", url, found.failures[0][1])
        return
    if endless:
        yield Alarm("endless_listing", url, f"more than {MOST_PAGES} listing pages; the rest was not read")
    if number == 0 and window.since is None:
        yield Alarm("no_items", url, f"at least {least} items expected, none found")
    elif number < least and window.since is None:
        yield Alarm("few_items", url, f"at least {least} items expected, {number} found")
    elif number > most:
        yield Alarm("many_items", url, f"at most {most} items expected, {number} found")
    newest = newest_day(found.items.values(), window.until)
    quiet = listing.quiet_days
    if quiet is not None and newest and newest < window.until - timedelta(days=quiet):
        words = f"something new within {quiet} days expected, the newest item is of {newest}"
        yield Alarm("stale_listing", url, words)


def newest_day(items: Iterable[Item], until: date) -> date | None:
    """The last day that is not to come: deadlines and meetings are no sign of life."""
    return max((item.day for item in items if item.day and item.day <= until), default=None)
