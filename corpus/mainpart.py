"""The part of a page that holds the article: by its layout, or with the furniture taken off."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus import furniture
from corpus.beside import drop_boxes, drop_furniture
from corpus.decode import normalise
from corpus.html import HEADS, BeautifulSoup, NavigableString, Tag, named, words_of
from corpus.inline import squash
from corpus.metadata import TITLE_PARTS
from corpus.places import outward
from corpus.shape import DAY, LONGEST_HEADING
from corpus.site import Layout
from corpus.unfold import clear, is_inside, make_plain

DAY_SAID = re.compile(DAY, re.I)
ARTICLE = 0.8  # share of the sentences that the element of the article must hold
FEWEST_SPACES = 2  # of a title; the name of a ministry may have so few words too


@dataclass(frozen=True, slots=True)
class Likely:
    """The parts of an unknown page: the article first, then contact cards; what else follows it."""

    parts: list[Tag]
    title: str
    others: list[Tag]


def layout_parts(soup: BeautifulSoup, layout: Layout) -> tuple[list[Tag], str]:
    """The main part of a declared layout, and the title."""
    main = soup.select_one(layout.main)
    assert main is not None  # find_layout looked
    clear(main, layout.drop)
    title = main.select_one(layout.title) or soup.select_one("h1")
    return [main], words_of(title) if title else said_title(soup)


def likely_parts(soup: BeautifulSoup) -> Likely:
    """The article of an unknown page, its contact cards, and what may belong to it."""
    body = soup.body or soup
    clear(body)
    make_plain(body)
    for margin in body.find_all("aside"):
        for card in contact_cards(margin):
            body.append(card.extract())
    title = title_tag(soup, body)
    drop_furniture(body, title)
    drop_boxes(body, title)
    main = article_round(title, body) if title else fullest_part(body)
    cards = [card for card in contact_cards(body) if not is_inside(card, {id(main)})]
    said = words_of(title) if title else said_title(soup)
    others = [
        tag for tag in after(main, body) if not is_teasing(tag) and not is_inside(tag, {*map(id, cards)})
    ]
    if others and is_imprint(others[-1]):
        del others[-1]
    return Likely([main, *cards], said, others)


def is_imprint(tag: Tag) -> bool:
    """Does the last element of a page say who made it: no heading, sum, day, list or table in it?"""
    words = words_of(tag)
    said = furniture.MONEY.search(words) or DAY_SAID.search(words) or tag.find([*HEADS, "li", "td"])
    return not said and not is_of_article(tag)


def after(main: Tag, body: Tag) -> Iterator[Tag]:
    """The elements of the body that follow its main part, in order, the outermost ones."""
    tag = main
    while tag is not body and tag.parent:
        yield from tag.find_next_siblings(True)
        tag = tag.parent


def is_teasing(tag: Tag) -> bool:
    """Does it lead to other pages: several links, and hardly more sentences than links?"""
    links = outward(tag)
    sentences = sum(furniture.is_sentence(words.strip()) for words in tag.find_all(string=True))
    return links > 1 and sentences <= links * 2


def is_of_article(tag: Tag) -> bool:
    """Does an element after the article surely belong to it?

    The page itself says that it is in its main part, or it speaks of money and leads nowhere else.
    """
    said = any(outer.name in {"main", "article"} or outer.get("role") == "main" for outer in tag.parents)
    return said or (not outward(tag) and furniture.MONEY.search(words_of(tag)) is not None)


def contact_cards(part: Tag) -> list[Tag]:
    """The elements that are named and headed as contacts."""
    cards: list[Tag] = []
    for tag in part.find_all(class_=True):
        if is_inside(tag, {id(card) for card in cards}):
            continue
        head = tag.find([*HEADS, "strong"]) if furniture.CONTACT_NAMES.search(named(tag)) else None
        if isinstance(head, Tag) and furniture.CONTACT.fullmatch(words_of(head)):
            cards.append(tag)
    return cards


def article_round(title: Tag, body: Tag) -> Tag:
    """The smallest element round the title that holds most sentences of the page."""
    ladder = [title, *title.parents]
    step = {id(tag): i for i, tag in enumerate(ladder)}
    held = [0] * len(ladder)
    for node in body.descendants:
        above = step[id(node.parent)]
        if isinstance(node, Tag):
            step.setdefault(id(node), above if node.name != "a" else len(ladder) - 1)
        elif type(node) is NavigableString and furniture.is_sentence(node.strip()):
            held[above] += len(node)
    inside, whole = 0, sum(held) * ARTICLE
    for tag, length in zip(ladder, held, strict=True):
        inside += length
        if tag is body or (tag is not title and inside >= whole):
            return tag
    return body


def fullest_part(body: Tag) -> Tag:
    """The element that is called the main part, if it holds more than half of the words."""
    for selector in furniture.PARTS:
        parts = sorted(body.select(selector), key=lambda part: len(part.get_text()), reverse=True)
        if parts and len(parts[0].get_text()) > len(body.get_text()) / 2:
            return parts[0]
    return body


def title_tag(soup: BeautifulSoup, body: Tag) -> Tag | None:
    """The heading that the page's <title> repeats, or the first h1."""
    meta, page = said_titles(soup)
    said = f"{meta} {page}"
    heads = [(words_of(tag), tag) for tag in body.find_all(["h1", "h2", "h3"])]
    same = [head for head in heads if head[0] and head[0] in said]
    first = [head for head in heads if head[0] and head[1].name == "h1"][:1]
    best = max(same or first, key=lambda head: len(head[0]), default=("", None))[1]
    if best:
        return best
    return unmarked_title(body, [meta, page, *TITLE_PARTS.split(page)]) or styled_title(body)


def styled_title(body: Tag) -> Tag | None:
    """The first element that is called the title by its name alone, though no heading."""
    for tag in body.find_all(["div", "span", "p", "font", "td"], class_=furniture.TITLES):
        words = words_of(tag)
        short = words.count(" ") >= FEWEST_SPACES and len(words) <= LONGEST_HEADING
        if short and not tag.find_parent("a") and not tag.find("a"):
            return tag
    return None


def unmarked_title(body: Tag, said: list[str]) -> Tag | None:
    """The first innermost element that says what the page is called, though no heading."""
    wanted = {words for words in said if words.count(" ") >= FEWEST_SPACES}
    for text in body.find_all(string=True):
        tag = text.parent
        short = tag is not None and tag.name != "a" and len(text) <= LONGEST_HEADING * 2
        if tag and short and (words := squash(normalise(text))) in wanted and words == words_of(tag):
            return tag
    return None


def said_title(soup: BeautifulSoup) -> str:
    """The title that the metadata give."""
    meta, page = said_titles(soup)
    return meta or TITLE_PARTS.split(page)[0]


def said_titles(soup: BeautifulSoup) -> tuple[str, str]:
    """The title in the meta elements, and the one in the head with the name of the site."""
    meta = soup.select_one("meta[property='og:title'], meta[name='DC.title']")
    said = squash(normalise(str(meta.get("content") or ""))) if meta else ""
    return said, words_of(soup.title) if soup.title else ""
