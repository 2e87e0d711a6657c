"""A page to a Document: its layout, its main part, its blocks, and what it says of itself."""

from dataclasses import replace

from corpus import metadata
from corpus.compose import compose, drop_repeats, from_title
from corpus.decode import normalise, refuse_cut
from corpus.document import Document, Origin, UnreadableError
from corpus.html import BeautifulSoup, Tag, parsed, words_of
from corpus.mainpart import layout_parts, likely_parts
from corpus.privacy import mask
from corpus.shape import Draft, settle
from corpus.site import FILES, Layout, Site, all_sites, site_of
from corpus.walk import Walk


def read_html(html: str, origin: Origin) -> Document:
    """The Document of a page: a declared layout where one fits, else the main part by its shape.

    Raises UnreadableError for a page that is cut off or has no words.
    """
    html = normalise(html)
    refuse_cut(html)
    soup = parsed(html)
    site, layout = find_layout(soup, origin.url, address(soup))
    origin = described(soup, layout, replace(origin, site=site.id))
    drafts = article(*layout_parts(soup, layout)) if layout else []
    if not has_words(drafts):
        layout, drafts = None, article(*likely_parts(parsed(html) if layout else soup))
    if not has_words(drafts):
        raise UnreadableError("no text in its main part; is it a listing, or made by a script?")
    text, blocks = compose(drafts)
    text = mask(text)
    title = text[blocks[0].span.start : blocks[0].span.end]
    return Document(origin, title, text, blocks, () if layout else ("unknown_layout",))


def has_words(drafts: list[Draft]) -> bool:
    """Is there more than a title and single words?"""
    return any(" " in draft.text for draft in drafts[1:])


def article(parts: list[Tag], title: str) -> list[Draft]:
    """The drafts of the parts of a page, from the title on, each with its kind."""
    found = [draft for part in parts for draft in Walk().read(part)]
    drafts = from_title([*drop_repeats(found)], title)
    return settle(drafts, bold_only=any(d.kind == "heading" for d in drafts[1:]))


def address(soup: BeautifulSoup) -> str | None:
    """The address the page gives for itself."""
    link = soup.select_one("link[rel=canonical]")
    meta = soup.select_one("meta[property='og:url']")
    found = (link and link.get("href")) or (meta and meta.get("content"))
    return str(found) if found else None


def find_layout(soup: BeautifulSoup, url: str, canonical: str | None) -> tuple[Site, Layout | None]:
    """The site by address, or else by the marks of its layouts; the layout by its marks."""
    known = site_of(url) or site_of(canonical)
    for site in (known,) if known else all_sites().values():
        for layout in site.layouts:
            wanted = (*layout.marks, layout.main)
            if layout.marks and all(soup.select_one(mark) for mark in wanted):
                return site, layout
    return known or FILES, None


def described(soup: BeautifulSoup, layout: Layout | None, origin: Origin) -> Origin:
    """The origin with what the page's metadata say: publisher and day of publication."""
    scripts = soup.find_all("script", type="application/ld+json")
    objects = [*metadata.linked_data(script.get_text() for script in scripts)]
    named = {
        str(meta.get("property") or meta.get("name") or ""): str(meta.get("content") or "").strip()
        for meta in soup.find_all("meta")
    }
    times = soup.select("main time[datetime], article time[datetime], h1 ~ time[datetime]")[:1]
    page = words_of(soup.title) if soup.title else ""
    heading = soup.select_one("h1")
    title = words_of(heading) if heading else metadata.TITLE_PARTS.split(page)[0]
    shown = soup.select(layout.publisher) if layout and layout.publisher else []
    publishers = [*map(words_of, shown), *metadata.publishers(named, objects, page, title)]
    days = metadata.days(named, objects, [str(time.get("datetime")) for time in times])
    publisher = next(iter(publishers), None)
    return replace(origin, publisher=publisher, published_on=next(days, None))
