"""Feeds (RSS, Atom) and site maps, packed or not. The only door for lxml's XML parser."""

import gzip
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from corpus.address import canonical, read_day
from corpus.decode import MAX_BYTES, normalise
from corpus.document import UnreadableError
from corpus.links import Link

GZIP = b"\x1f\x8b"
ROOTS = frozenset({"rss", "rdf", "feed", "urlset", "sitemapindex"})
# libxml2 takes 120 bytes and more for each: the largest site map (50,000 addresses) within 90 MB
MOST_PARTS = 1_000_000
ENTRIES = ("item", "entry", "url", "sitemap")  # RSS, Atom, sitemaps.org
DAYS = ("pubdate", "published", "date", "issued", "updated")  # the best first


@dataclass(frozen=True, slots=True)
class Feed:
    """The items of a feed or site map, and the further site maps that an index names."""

    items: tuple[Link, ...]
    maps: tuple[str, ...]


def read_feed(body: bytes, base: str, secure: frozenset[str] = frozenset()) -> Feed:
    """The addresses in a feed, site map or site map index.

    Raises UnreadableError for what is none of them, damaged, or too large when unpacked.
    """
    plain = unpacked(body)
    if plain.count(b"<") + plain.count(b"=") > MOST_PARTS:
        raise UnreadableError(f"over {MOST_PARTS:,} elements and attributes; it is no feed of ours")
    try:
        root = etree.fromstring(plain, parser())
    except etree.XMLSyntaxError as error:
        raise UnreadableError(f"no feed or site map ({error.msg}); look at it in a browser") from error
    if root is None or name_of(root) not in ROOTS:
        what = "no elements" if root is None else f"<{name_of(root)[:40]}>"
        raise UnreadableError(f"no feed or site map ({what}); look at it in a browser")
    found = [(name_of(entry), entry) for entry in root.iter() if name_of(entry) in ENTRIES]
    items = [link for name, entry in found if name != "sitemap" and (link := read_entry(entry, base, secure))]
    maps = [url for name, entry in found if name == "sitemap" and (url := address(entry, base, secure))]
    return Feed(tuple(items), tuple(maps))


def parser() -> etree.XMLParser:
    """A parser that fetches nothing and expands nothing: a feed cannot make us larger than it is."""
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
    )


def unpacked(body: bytes) -> bytes:
    """The bytes, unpacked if need be, of at most MAX_BYTES. Raises UnreadableError."""
    if not body.startswith(GZIP):
        return body
    try:
        with gzip.open(io.BytesIO(body)) as file:
            plain = file.read(MAX_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableError(f"damaged: cannot be unpacked ({error}); try again later") from error
    if len(plain) > MAX_BYTES:
        raise UnreadableError(f"larger than {MAX_BYTES / 1e6:g} MB when unpacked; it is no site map of ours")
    return plain


def name_of(element: etree._Element) -> str:
    """The name without namespace, lower case; empty for comments and instructions."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def children(element: etree._Element, *names: str) -> Iterator[str]:
    """The words of the children of these names, in the order of the names."""
    for name in names:
        for child in element:
            if name_of(child) == name:
                yield normalise("".join(child.itertext())).strip()


def address(entry: etree._Element, base: str, secure: frozenset[str]) -> str | None:
    """The address of an entry: <loc>, <link>…</link> or <link href>, <guid> as a last resort."""
    hrefs = [
        str(child.get("href"))
        for child in entry
        if name_of(child) == "link" and child.get("href") and child.get("rel", "alternate") == "alternate"
    ]
    named = [*children(entry, "loc"), *hrefs, *children(entry, "link", "guid", "id")]
    return next((url for words in named if words and (url := canonical(words, base, secure))), None)


def read_entry(entry: etree._Element, base: str, secure: frozenset[str]) -> Link | None:
    url = address(entry, base, secure)
    if not url:
        return None
    title = next(children(entry, "title"), "")
    teaser = next(children(entry, "description", "summary"), "")
    days = (day for words in children(entry, *DAYS) if (day := read_day(words)))
    return Link(url, title, f"{title} {teaser}".strip(), next(days, None))
