"""HTML to Document: text and blocks are made in the same loop. The only module that imports bs4."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from bs4 import BeautifulSoup, Comment, NavigableString, Tag

from corpus import furniture
from corpus.compose import compose, drop_repeats, from_title
from corpus.decode import normalise
from corpus.document import Document, Origin, UnreadableError
from corpus.inline import BLOCKS, Inline, Place, place_in, squash
from corpus.privacy import mask
from corpus.shape import Draft, settle
from corpus.site import FILES, Layout, Site, all_sites, site_of

LINKED = 0.8  # a list whose words are links to this share is navigation
MIN_LINKS = 3
LONGEST_CELL = 250  # characters; longer cells lay out a page
ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
DATE_NAMES = re.compile(r"(?:article:|og:|dc\.|dcterms\.)?(?:published_time|date(?:\.issued)?|issued|publish-?date|pubdate|created)", re.I)
PUBLISHER_NAMES = re.compile(r"(?:og:site_name|dc\.(?:creator|publisher)|dcterms\.publisher|publisher|author)", re.I)


def read_html(html: str, origin: Origin) -> Document:
    """The Document of a page: a declared layout where one fits, else the main part by its shape.

    Raises UnreadableError for a page that is cut off or has no words.
    """
    html = normalise(html)
    refuse_cut(html)
    soup = BeautifulSoup(html, "lxml")
    canonical = address(soup)
    site, layout = find_layout(soup, origin.url, canonical)
    origin = described(soup, layout, replace(origin, site=site.id))
    main = layout_main(soup, layout) if layout else likely_main(soup)
    title = title_of(soup, main, layout)
    drafts = from_title([*drop_repeats(Walk().read(main))], title)
    drafts = settle(drafts, bold_only=any(d.kind == "heading" for d in drafts[1:]))
    if not any(len(draft.text.split()) > 1 for draft in drafts[1:]):
        raise UnreadableError("no text in its main part; is it a listing, or made by a script?")
    text, blocks = compose(drafts)
    notes = () if layout else ("unknown_layout",)
    return Document(origin, mask(drafts[0].text), mask(text), blocks, notes)


def refuse_cut(html: str) -> None:
    """Raise UnreadableError for a page whose end is missing."""
    head = html[:5000].lower()
    tail = html.lower()
    opened = "<html" in head or "<body" in head
    if opened and "</html" not in tail and "</body" not in tail:
        raise UnreadableError("cut off: the page has no end (</body>, </html>); fetch it again")


@dataclass(slots=True)
class Walk:
    """Walks the elements of a page and collects drafts in reading order."""

    drafts: list[Draft] = field(default_factory=list)
    inline: Inline = field(default_factory=Inline)

    def read(self, main: Tag) -> list[Draft]:
        self.visit(main, Place())
        self.flush(Place())
        return self.drafts

    def flush(self, place: Place) -> None:
        self.drafts.extend(self.inline.take(place))

    def visit(self, tag: Tag, place: Place) -> None:
        for child in tag.children:
            if isinstance(child, NavigableString):
                self.inline.add(str(child), place.bold)
            elif isinstance(child, Tag) and child.name == "br":
                self.inline.line()
            elif isinstance(child, Tag) and child.name in BLOCKS:
                self.flush(place)
                self.block(child, place)
            elif isinstance(child, Tag):
                bold = place.bold or child.name in {"b", "strong"}
                self.visit(child, replace(place, bold=bold))

    def block(self, tag: Tag, place: Place) -> None:
        if tag.name == "table" and is_data(tag):
            self.drafts.extend(cells(tag))
            return
        if tag.name in {"ul", "ol"}:
            inner = replace(place, level=place.level + 1, ordered=tag.name == "ol", number=0)
            for n, item in enumerate(tag.find_all("li", recursive=False), 1):
                self.block(item, replace(inner, number=n))
            strays = [c for c in tag.children if isinstance(c, Tag) and c.name != "li"]
            for stray in strays:  # lists inside lists, and what broken markup left
                self.block(stray, inner)
            return
        inner = place_in(tag.name, place)
        self.visit(tag, inner)
        self.flush(inner)


def is_data(table: Tag) -> bool:
    """A table of values, not one that lays out the page."""
    if table.find(["table", "h1", "h2", "h3", "h4", "ul", "ol"]):
        return False
    found = table.find_all("tr")
    widths = [len(row.find_all(["td", "th"])) for row in found]
    longest = max((len(c.get_text(" ", strip=True)) for c in table.find_all(["td", "th"])), default=0)
    return len(found) > 1 and max(widths, default=0) > 1 and longest <= LONGEST_CELL


def cells(table: Tag) -> Iterator[Draft]:
    """The cells of a data table; its caption goes before them."""
    caption = table.find("caption")
    if isinstance(caption, Tag) and (words := squash(caption.get_text(" "))):
        yield Draft("heading", words, 3)
    for row, tr in enumerate(table.find_all("tr")):
        column = 0
        for cell in tr.find_all(["td", "th"]):
            words = squash(cell.get_text(" "))
            if words:
                yield Draft("cell", words, row=row, column=column, gap=row == 0 and column == 0)
            span = str(cell.get("colspan") or 1)
            column += int(span) if span.isdigit() else 1


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
            if layout.marks and all(soup.select_one(mark) for mark in layout.marks):
                if soup.select_one(layout.main):
                    return site, layout
    return known or FILES, None


def described(soup: BeautifulSoup, layout: Layout | None, origin: Origin) -> Origin:
    """The origin with what the page's metadata say: publisher and day of publication."""
    facts = [*linked_data(soup)]
    named = {str(m.get("property") or m.get("name") or ""): str(m.get("content") or "") for m in soup.find_all("meta")}
    published = [fact["published"] for fact in facts if "published" in fact]
    published += [value for name, value in named.items() if DATE_NAMES.fullmatch(name)]
    published += [str(t.get("datetime")) for t in soup.select("main time[datetime], article time[datetime], h1 ~ time[datetime]")[:1]]
    publishers = [part.get_text(" ", strip=True) for part in soup.select(layout.publisher)] if layout and layout.publisher else []
    publishers += [fact["publisher"] for fact in facts if "publisher" in fact]
    publishers += [value for name, value in named.items() if PUBLISHER_NAMES.fullmatch(name)]
    publishers += re.split(r" [|–-] ", soup.title.get_text(strip=True))[1:] if soup.title else []
    days = [day for value in published if (day := iso_day(value))]
    return replace(origin, publisher=next(iter(publishers), None), published_on=next(iter(days), None))


def linked_data(soup: BeautifulSoup) -> Iterator[dict[str, str]]:
    """publisher and published out of every JSON-LD object of the page."""
    for script in soup.find_all("script", type="application/ld+json"):
        try:
            data = json.loads(script.get_text())
        except ValueError:
            continue
        graph = data.get("@graph", [data]) if isinstance(data, dict) else data
        for item in graph if isinstance(graph, list) else []:
            if isinstance(item, dict):
                publisher = item.get("publisher")
                name = publisher.get("name") if isinstance(publisher, dict) else publisher
                found = {"publisher": name, "published": item.get("datePublished")}
                yield {key: value for key, value in found.items() if isinstance(value, str)}


def iso_day(value: str) -> date | None:
    found = ISO_DAY.match(value.strip())
    try:
        return date.fromisoformat(found[0]) if found else None
    except ValueError:
        return None


def layout_main(soup: BeautifulSoup, layout: Layout) -> Tag:
    main = soup.select_one(layout.main)
    assert main is not None  # find_layout looked
    drop(main, (*furniture.TAGS, *layout.drop))
    return main


def likely_main(soup: BeautifulSoup) -> Tag:
    """The part of an unknown page that holds the article: furniture off, then the fullest part."""
    body = soup.body or soup
    drop(body, (*furniture.TAGS, *furniture.OUTER_TAGS))
    for tag in body.find_all(True):
        if not tag.decomposed and is_furniture(tag):
            tag.decompose()
    whole = len(body.get_text(" ", strip=True))
    for selector in furniture.PARTS:
        parts = sorted(body.select(selector), key=lambda part: len(part.get_text()), reverse=True)
        if parts and len(parts[0].get_text(" ", strip=True)) > whole / 2:
            return parts[0]
    return body


def is_furniture(tag: Tag) -> bool:
    names = " ".join([*tag.get_attribute_list("class", []), str(tag.get("id") or ""), str(tag.get("role") or "")])
    if tag.name in {"html", "body", "main", "article", "h1"} or tag.find("h1"):
        return False
    return bool(furniture.NAMES.search(names)) or is_navigation(tag)


def is_navigation(tag: Tag) -> bool:
    """A list of nothing but links."""
    if tag.name not in {"ul", "ol"} or len(tag.find_all("a")) < MIN_LINKS:
        return False
    words = len(tag.get_text(" ", strip=True))
    return sum(len(a.get_text(" ", strip=True)) for a in tag.find_all("a")) > words * LINKED


def drop(part: Tag, selectors: tuple[str, ...]) -> None:
    for selector in selectors:
        for unwanted in part.select(selector):
            if not (selector == "footer" and unwanted.find_parent("blockquote")):
                unwanted.decompose()
    for comment in part.find_all(string=lambda s: isinstance(s, Comment)):
        comment.extract()


def title_of(soup: BeautifulSoup, main: Tag, layout: Layout | None) -> str:
    """The words of the title element, or the title that the metadata give."""
    tag = main.select_one(layout.title if layout else "h1") or soup.select_one("h1")
    if tag and (words := squash(tag.get_text(" "))):
        return words
    meta = soup.select_one("meta[property='og:title'], meta[name='DC.title']")
    if meta and meta.get("content"):
        return squash(str(meta["content"]))
    return squash(re.split(r" [|–] ", soup.title.get_text())[0]) if soup.title else ""
