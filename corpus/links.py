"""Where a page leads: its links, each with the words on it and round it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from corpus.address import canonical, day_in, read_day
from corpus.html import BeautifulSoup, Tag, parsed, words_of

FEEDS = frozenset({"application/rss+xml", "application/atom+xml"})
MOST_AROUND = 1500  # characters; a larger element is not about one link
CLIMB = 8  # elements from a link up to the card or row it stands in
NEXT = frozenset({"next"})


@dataclass(frozen=True, slots=True)
class Link:
    """A link: `words` stand on it, `around` in the item, row or paragraph that is about it alone."""

    url: str
    words: str
    around: str
    day: date | None = None
    next: bool = False  # the page says that it is the next one of a listing
    feed: bool = False


def find_links(html: str, base: str, secure: frozenset[str] = frozenset()) -> list[Link]:
    """The links of a page in reading order, each address once, with its best words.

    Raises UnreadableError for a frameset or a page of too many elements.
    """
    soup = parsed(html)
    address = soup.find("base", href=True)
    if isinstance(address, Tag):
        base = canonical(str(address["href"]), base) or base
    found: dict[str, Link] = {}
    for link in (*head_links(soup, base, secure), *body_links(soup, base, secure)):
        known = found.get(link.url)
        if known is None or len(link.around) > len(known.around):
            found[link.url] = link
    return list(found.values())


def head_links(soup: BeautifulSoup, base: str, secure: frozenset[str]) -> Iterator[Link]:
    """What the head of the page names: feeds, and the next page of a listing."""
    for tag in soup.find_all("link", href=True):
        kinds = {kind.lower() for kind in tag.get_attribute_list("rel") if kind}
        url = canonical(str(tag["href"]), base, secure)
        feed = "alternate" in kinds and str(tag.get("type")).lower() in FEEDS
        if url and (feed or kinds & NEXT):
            yield Link(url, "", "", None, bool(kinds & NEXT), feed)


def body_links(soup: BeautifulSoup, base: str, secure: frozenset[str]) -> Iterator[Link]:
    tags = [
        (tag, url)
        for tag in soup.find_all("a", href=True)
        if (url := canonical(str(tag["href"]), base, secure))
    ]
    cards = find_cards(tags)
    told: dict[int, tuple[str, date | None]] = {}  # an element may be about a thousand links to one page
    for tag, url in tags:
        home = element_round(tag, cards)
        if id(home) not in told:
            told[id(home)] = words_and_day(home)
        around, day = told[id(home)]
        words = words_of(tag) or str(tag.get("aria-label") or tag.get("title") or "")
        kinds = {kind.lower() for kind in tag.get_attribute_list("rel") if kind}
        yield Link(url, words, around, day or day_in(url), bool(kinds & NEXT))


def words_and_day(home: Tag) -> tuple[str, date | None]:
    """The words of an element, and the first day in it; <time> goes before what is written."""
    around = words_of(home)
    times = [str(time.get("datetime") or "") for time in home.find_all("time")]
    return around, read_day(" ".join([*times, around]))


def find_cards(links: Iterable[tuple[Tag, str]]) -> frozenset[int]:
    """The ids of the elements in which all links lead to one place, and that are not too long.

    No element is looked at more than a few times, however many links there are.
    """
    leads: dict[int, str | None] = {}  # None: to several
    near: dict[int, Tag] = {}
    for link, url in links:
        target = url.replace("//www.", "//", 1)
        near |= {id(outer): outer for outer, _ in zip(link.parents, range(CLIMB), strict=False)}
        for outer in link.parents:
            new = id(outer) not in leads
            if not new and leads[id(outer)] in {None, target}:
                break  # and so it is with all that is round it
            leads[id(outer)] = target if new else None
    return frozenset(key for key, outer in near.items() if leads[key] is not None and is_short(outer))


def is_short(element: Tag) -> bool:
    """Is it about one thing, by its length? Stops counting when it is not."""
    left = MOST_AROUND
    for text in element.strings:
        left -= len(text)
        if left < 0:
            return False
    return True


def element_round(link: Tag, cards: frozenset[int]) -> Tag:
    """The largest element round a link in which no link leads elsewhere: its card, row or paragraph."""
    home = link
    for outer, _ in zip(link.parents, range(CLIMB), strict=False):
        if id(outer) not in cards:
            break
        home = outer
    return home
