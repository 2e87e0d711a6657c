"""The part of a page that holds the article: by its layout, or with the furniture taken off."""

from corpus import furniture
from corpus.decode import normalise
from corpus.html import HEADS, BeautifulSoup, NavigableString, Tag, named, words_of
from corpus.inline import squash
from corpus.metadata import TITLE_PARTS
from corpus.site import Layout

LINKED = 0.8  # a list whose words are links to this share is navigation
MIN_LINKS = 3
MOST = 0.4  # an element with this share of the words is no furniture, whatever it is called
ARTICLE = 0.8  # share of the sentences that the element of the article must hold
FOLDED = 40  # characters; a button before more than this folds it
FOLDS = ("aria-expanded", "aria-controls", "data-toggle", "data-bs-toggle", "for")


def layout_parts(soup: BeautifulSoup, layout: Layout) -> tuple[list[Tag], str]:
    """The main part of a declared layout, and the title."""
    main = soup.select_one(layout.main)
    assert main is not None  # find_layout looked
    clear(main, layout.drop)
    title = main.select_one(layout.title) or soup.select_one("h1")
    return [main], words_of(title) if title else said_title(soup)


def likely_parts(soup: BeautifulSoup) -> tuple[list[Tag], str]:
    """The article of an unknown page and its contact cards, and the title."""
    body = soup.body or soup
    clear(body)
    for margin in body.find_all("aside"):
        for card in contact_cards(margin):
            body.append(card.extract())
    title = title_tag(soup, body)
    drop_furniture(body, title)
    main = article_round(title, body) if title else fullest_part(body)
    cards = [card for card in contact_cards(body) if not is_inside(card, {id(main)})]
    return [main, *cards], words_of(title) if title else said_title(soup)


def drop_furniture(body: Tag, title: Tag | None) -> None:
    """Take off what is beside the article by its name, its role, or its links."""
    whole = len(body.get_text())
    kept = {id(tag) for tag in [title, *title.parents]} if title else set()
    pending = [body]
    while pending:
        for tag in pending.pop().find_all(True, recursive=False):
            if id(tag) not in kept and is_furniture(tag, whole):
                tag.decompose()
            else:
                pending.append(tag)


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
    if tag.name == "aside" or role == "complementary":
        return not (furniture.FACTS.search(names) or furniture.FACT_WORDS.match(words_of(tag)))
    beside = tag.name in furniture.MAYBE and not tag.find_parent("blockquote")
    called = role in furniture.ROLES or furniture.NAMES.search(names)
    return bool(beside or called) and len(tag.get_text()) < whole * MOST


def is_navigation(tag: Tag) -> bool:
    """A list of nothing but links."""
    if tag.name not in {"ul", "ol"} or len(links := tag.find_all("a")) < MIN_LINKS:
        return False
    return sum(len(words_of(a)) for a in links) > len(words_of(tag)) * LINKED


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
    return max(same or first, key=lambda head: len(head[0]), default=("", None))[1]


def said_title(soup: BeautifulSoup) -> str:
    """The title that the metadata give."""
    meta, page = said_titles(soup)
    return meta or TITLE_PARTS.split(page)[0]


def said_titles(soup: BeautifulSoup) -> tuple[str, str]:
    """The title in the meta elements, and the one in the head with the name of the site."""
    meta = soup.select_one("meta[property='og:title'], meta[name='DC.title']")
    said = squash(normalise(str(meta.get("content") or ""))) if meta else ""
    return said, words_of(soup.title) if soup.title else ""
