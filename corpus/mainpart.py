"""The part of a page that holds the article: by its layout, or with the furniture taken off."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from corpus import furniture
from corpus.decode import normalise
from corpus.html import HEADS, BeautifulSoup, NavigableString, Tag, named, words_of
from corpus.inline import squash
from corpus.metadata import TITLE_PARTS
from corpus.shape import LONGEST_HEADING
from corpus.site import Layout

FEW = 6  # a heading holds fewer elements and strings than this
HEADING_LIKE = (*HEADS, "strong", "b", "p", "div", "dt", "summary", "span")
HERE = ("#", "mailto:", "tel:")  # links that lead to no other page
LINK_LISTS = {"ul": 0.8, "ol": 0.8, "div": 0.9}  # if more of their words are links, they are navigation
MIN_LINKS = 3
MOST = 0.4  # an element with this share of the words is no furniture, whatever it is called
ARTICLE = 0.8  # share of the sentences that the element of the article must hold
FEWEST_SPACES = 2  # of a title; the name of a ministry may have so few words too
FOLDED = 40  # characters; a button before more than this folds it
FOLDS = ("aria-expanded", "aria-controls", "data-toggle", "data-bs-toggle", "for")


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
    return Likely([main, *cards], said, others)


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


def outward(tag: Tag) -> int:
    """How many links to other pages are in it."""
    return sum(not str(a["href"]).startswith(HERE) for a in tag.find_all("a", href=True))


def is_of_article(tag: Tag) -> bool:
    """Does an element after the article surely belong to it?

    The page itself says that it is in its main part, or it speaks of money and leads nowhere else.
    """
    said = any(outer.name in {"main", "article"} or outer.get("role") == "main" for outer in tag.parents)
    return said or (not outward(tag) and furniture.MONEY.search(words_of(tag)) is not None)


def drop_furniture(body: Tag, title: Tag | None) -> None:
    """Take off what is beside the article by its name, its role, or its links."""
    whole = len(body.get_text())
    kept = {id(tag) for tag in [title, *title.parents]} if title else set()
    pending = [body]
    while pending:
        for tag in pending.pop().find_all(True, recursive=False):
            if id(tag) not in kept and (is_furniture(tag, whole) or (title and is_end(tag))):
                tag.decompose()
            else:
                pending.append(tag)


def drop_boxes(body: Tag, title: Tag | None) -> None:
    """Take off boxes headed as other articles, and teasers: headings that are links, side by side."""
    kept = {id(tag) for tag in [title, *title.parents]} if title else set()
    most = len(body.get_text()) * MOST
    for head in body.find_all(HEADING_LIKE):
        small = not head.decomposed and id(head) not in kept and len([*islice(head.descendants, FEW)]) < FEW
        words = words_of(head) if small else ""
        if 0 < len(words) <= LONGEST_HEADING and furniture.AFTER.fullmatch(words.strip(" :")):
            box = box_of(head, words, kept)
            if box is not head and len(box.get_text()) < most:
                box.decompose()
    for group in [*teasers(body, kept)]:
        if sum(len(card.get_text()) for card in group) < most:
            drop_group(group, kept)


def box_of(head: Tag, words: str, kept: set[int]) -> Tag:
    """The largest element that begins with the heading and does not hold the title."""
    box = head
    for outer in head.parents:
        if id(outer) in kept or outer.name == "body" or not words_of(outer).startswith(words):
            break
        box = outer
    return box


def teasers(body: Tag, kept: set[int]) -> Iterator[list[Tag]]:
    """Groups of elements side by side that each are headed by a link to another page."""
    groups: dict[int, list[Tag]] = {}
    for head in body.find_all(["h2", "h3", "h4"]):
        link = head.find("a", href=True)
        inside = isinstance(link, Tag) and words_of(link) == words_of(head)
        if not words_of(head) or id(head) in kept or not (inside or head.find_parent("a", href=True)):
            continue
        card = box_of(head, words_of(head), kept) if inside else head.find_parent("a", href=True)
        for outer in [head, *head.parents]:  # the step below the element that several share
            if outer.parent and len(outer.parent.find_all(head.name, limit=2)) > 1:
                card = outer
                break
        if card and card.parent and id(card) not in kept:
            groups.setdefault(id(card.parent), []).append(card)
    yield from (group for group in groups.values() if len(group) > 1)


def drop_group(group: list[Tag], kept: set[int]) -> None:
    """Take off teasers, and the element round them if only headings are left in it."""
    around = group[0].parent
    for card in group:
        if not card.decomposed:
            card.decompose()
    while around and not around.decomposed and id(around) not in kept and around.name not in {"body", "main"}:
        outer, left = around.parent, words_of(around)
        heads = " ".join(words_of(head) for head in around.find_all(HEADS))
        if left and left != heads:
            return
        around.decompose()
        around = outer


def is_end(tag: Tag) -> bool:
    """The end of the page by its name, however long."""
    return tag.get("role") == "contentinfo" or furniture.ENDS.search(named(tag)) is not None


def clear(part: Tag, unwanted: tuple[str, ...] = ()) -> None:
    """Take off what is never text, and what a layout says is none; open what is folded."""
    for tag in [*part.find_all(furniture.TAGS), *part.select(", ".join(unwanted) or "script")]:
        tag.decompose()
    for tag in reversed(part.find_all(["button", "label"])):  # those inside others first
        open_fold(tag)
    for tag in reversed(part.find_all("figcaption")):
        figure = tag.find_parent("figure")
        quote = figure.find("blockquote") if figure else None
        if isinstance(quote, Tag) and not is_inside(quote, {id(tag)}):
            quote.append(tag.extract())  # it says who is quoted
        elif not (figure and figure.find("table")):
            tag.decompose()


def open_fold(button: Tag) -> None:
    """A button that folds the text after it is its heading; any other one is no text."""
    folded = button.find_next_sibling()
    long = isinstance(folded, Tag) and len(words_of(folded)) >= FOLDED
    if button.find_parent(HEADS):
        button.unwrap()
    elif any(button.get(name) for name in FOLDS) and long:
        button.name = "h3"
    else:
        button.decompose()


def is_furniture(tag: Tag, whole: int) -> bool:
    """Is this element beside the article? `whole` is the number of characters of the page."""
    if tag.name in {"html", "body", "main", "article", *HEADS}:
        return False
    if tag.get("rel") == ["tag"] or is_navigation(tag):
        return True
    names, role = named(tag), tag.get("role")
    if furniture.SHAPES.search(names) and not outward(tag):
        names = furniture.SHAPES.sub(" ", names)
    if tag.name == "aside" or role == "complementary":
        return not (furniture.FACTS.search(names) or furniture.FACT_WORDS.match(words_of(tag)))
    beside = tag.name in furniture.MAYBE and not tag.find_parent("blockquote")
    called = role in furniture.ROLES or furniture.NAMES.search(names)
    return bool(beside or called) and len(tag.get_text()) < whole * MOST


def is_navigation(tag: Tag) -> bool:
    """A list of links, or a row of nothing but links."""
    if tag.name not in LINK_LISTS or len(links := tag.find_all("a")) < MIN_LINKS:
        return False
    return sum(len(words_of(a)) for a in links) > len(words_of(tag)) * LINK_LISTS[tag.name]


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


def is_inside(tag: Tag, others: set[int]) -> bool:
    """Is the element one of the others, or in one of them?"""
    return any(id(outer) in others for outer in [tag, *tag.parents])


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
    return best or unmarked_title(body, [meta, page, *TITLE_PARTS.split(page)])


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
