"""Where a page leads: its links, each with the words on it and round it."""

from collections.abc import Iterator
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
    for tag in soup.find_all("a", href=True):
        url = canonical(str(tag["href"]), base, secure)
        if url:
            home = element_round(tag)
            words = words_of(tag) or str(tag.get("aria-label") or tag.get("title") or "")
            around = words_of(home)
            times = [str(time.get("datetime") or "") for time in home.find_all("time")]
            day = read_day(" ".join([*times, around])) or day_in(url)
            kinds = {kind.lower() for kind in tag.get_attribute_list("rel") if kind}
            yield Link(url, words, around, day, bool(kinds & NEXT))


def element_round(link: Tag) -> Tag:
    """The largest element round a link in which no link leads elsewhere: its card, row or paragraph."""
    home, target = link, link.get("href")
    for outer, _ in zip(link.parents, range(CLIMB), strict=False):
        others = outer.find("a", href=lambda href: href is not None and href != target)
        if others or len(outer.get_text()) > MOST_AROUND:
            break
        home = outer
    return home
