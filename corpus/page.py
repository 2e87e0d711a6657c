"""A page to a Document: its layout, its main part, its blocks, and what it says of itself."""

from dataclasses import replace
from itertools import chain

from corpus import metadata
from corpus.address import day_in, last_day_in
from corpus.complete import lost, restored
from corpus.compose import compose, drop_repeats, from_title
from corpus.decode import normalise, refuse_cut
from corpus.document import Document, Origin, UnreadableError
from corpus.fallback import main_text
from corpus.furniture import is_sentence, says_no_page
from corpus.html import BeautifulSoup, Tag, parsed, words_of
from corpus.mainpart import is_of_article, layout_parts, likely_parts
from corpus.privacy import mask
from corpus.shape import Draft, settle
from corpus.site import FILES, Layout, Site, all_sites, site_of
from corpus.text import read_lines
from corpus.walk import Walk

FEWEST_SENTENCES = 2  # that another reader must find before a page without any is read after all


def read_html(html: str, origin: Origin) -> Document:
    """The Document of a page: a declared layout where one fits, else the main part by its shape.

    Raises UnreadableError for a page that is cut off or has no words.
    """
    html = normalise(html)
    refuse_cut(html)
    soup = parsed(html)
    refuse_missing(soup)
    site, layout = find_layout(soup, origin.url, address(soup))
    origin = described(soup, layout, replace(origin, site=site.id))
    drafts, notes = declared(soup, layout, html) if layout else ([], ())
    if not drafts:
        drafts, notes = unknown(parsed(html) if layout else soup, html, notes or ("unknown_layout",))
    text, blocks = compose(settled(drafts))
    text = mask(text)
    title = text[blocks[0].span.start : blocks[0].span.end]
    return Document(origin, title, text, blocks, notes)


def refuse_missing(soup: BeautifulSoup) -> None:
    """Raises UnreadableError for a page that says, though it was served, that it is not there."""
    heads = [words_of(tag) for tag in soup.find_all("h1")] or [words_of(tag) for tag in soup.find_all("h2")]
    titles = metadata.TITLE_PARTS.split(words_of(soup.title)) if soup.title else []
    only = all(map(says_no_page, filter(None, heads)))
    if any(map(says_no_page, titles)) and only and any(heads):
        raise UnreadableError("says that there is no such page; check the address")


def declared(soup: BeautifulSoup, layout: Layout, html: str) -> tuple[list[Draft], tuple[str, ...]]:
    """The drafts by a declared layout; none if they are no text, or not all of it any more."""
    parts, title = layout_parts(soup, layout)
    drafts = from_title([*drop_repeats(walked(parts))], title)
    if not has_words(drafts):
        return [], ()
    likely = likely_parts(soup)
    visible = from_title([*drop_repeats(walked(likely.parts))], likely.title)
    if lost(visible, joined(drafts), lambda: main_text(html)):
        return [], ("changed_layout",)
    titled = parts[0].select_one(layout.title) or soup.select_one("h1")
    return drafts, () if titled else ("dead_selector",)


def unknown(soup: BeautifulSoup, html: str, notes: tuple[str, ...]) -> tuple[list[Draft], tuple[str, ...]]:
    """The drafts of a page by its shape, and what a second opinion finds that they lack."""
    likely = likely_parts(soup)
    own = [*drop_repeats(walked(likely.parts[:1]))]
    others = [walked([part]) for part in likely.others]
    said = [drafts for part, drafts in zip(likely.others, others, strict=True) if is_of_article(part)]
    sure = frozenset(map(id, chain.from_iterable(said)))
    found = [*own, *chain.from_iterable(others)]
    kept = from_title([*drop_repeats([*own, *walked(likely.parts[1:])])], likely.title)
    if not has_words(kept):
        kept = from_text(main_text(html), likely.title)
        notes = (*notes, "incomplete_main_part")
    elif missing := lost(found, joined(kept), lambda: main_text(html), sure):
        kept = restored(found, kept, missing)
        notes = (*notes, "incomplete_main_part")
    if not has_words(kept):
        raise UnreadableError("no text in its main part; is it a listing, or made by a script?")
    return kept, notes


def from_text(text: str, title: str) -> list[Draft]:
    """The drafts of lines of text, if sentences are among them."""
    drafts = [replace(draft, span=None) for draft in read_lines(text)] if text.strip() else []
    sentences = [draft for draft in drafts if is_sentence(draft.text)]
    return from_title(drafts, title) if len(sentences) >= FEWEST_SENTENCES else []


def joined(drafts: list[Draft]) -> str:
    return "\n".join(draft.text for draft in drafts)


def has_words(drafts: list[Draft]) -> bool:
    """Is there more than a title and single words?"""
    return any(" " in draft.text for draft in drafts[1:])


def walked(parts: list[Tag]) -> list[Draft]:
    """The drafts of the parts of a page, in reading order."""
    return [draft for part in parts for draft in Walk().read(part)]


def settled(drafts: list[Draft]) -> list[Draft]:
    """The drafts, each with the kind that its neighbours give it."""
    return settle(drafts, bold_only=any(d.kind == "heading" for d in drafts[1:]))


def address(soup: BeautifulSoup) -> str | None:
    """The address the page gives for itself."""
    link = soup.select_one("link[rel=canonical]")
    meta = soup.select_one("meta[property='og:url']")
    found = (link and link.get("href")) or (meta and meta.get("content"))
    return str(found) if found else None


def find_layout(soup: BeautifulSoup, url: str, canonical: str | None) -> tuple[Site, Layout | None]:
    """The site by address, or else by the marks of its layouts; the layout by its marks.

    Of two layouts that fit, the one that was in use on the page's day.
    """
    known = site_of(url) or site_of(canonical)
    for site in (known,) if known else all_sites().values():
        fitting = [layout for layout in site.layouts if fits(soup, layout)]
        if fitting:
            day = described(soup, None, Origin(site.id, url, "text/html", "")).published_on
            day = day or day_in(url) or last_day_in(url)
            return site, min(fitting, key=lambda layout: bool(day and layout.until and day > layout.until))
    return known or FILES, None


def fits(soup: BeautifulSoup, layout: Layout) -> bool:
    """Are all marks of a layout on the page?"""
    return bool(layout.marks) and all(soup.select_one(mark) for mark in (*layout.marks, layout.main))


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
