"""What stands beside an article whose layout nobody has declared, found by name, role and links."""

from collections.abc import Iterator
from itertools import islice

from corpus import furniture
from corpus.html import HEADS, Tag, named, words_of
from corpus.places import Places, is_enumeration, outward, places_of
from corpus.shape import LONGEST_HEADING
from corpus.walk import is_data

FEW = 6  # a heading holds fewer elements and strings than this
HEADING_LIKE = (*HEADS, "strong", "b", "p", "div", "dt", "summary", "span")
LINK_LISTS = {"ul": 0.8, "ol": 0.8, "div": 0.9}  # if more of their words are links, they are navigation
MIN_LINKS = 3
HEADED_LINKS = 2  # under a heading of their own so many are enough
MOST = 0.4  # an element with this share of the words is no furniture, whatever it is called
TABLE_PARTS = frozenset({"thead", "tbody", "tfoot", "tr", "th", "td"})


def drop_furniture(body: Tag, title: Tag | None) -> None:
    """Take off what is beside the article by its name, its role, or its links."""
    whole = len(body.get_text())
    kept = {id(tag) for tag in [title, *title.parents]} if title else set()
    places = places_of(body, title)
    pending = [body]
    while pending:
        for tag in pending.pop().find_all(True, recursive=False):
            if tag.decomposed:
                continue
            if id(tag) not in kept and (is_furniture(tag, whole, places) or (title and is_end(tag, places))):
                drop_with_heading(tag, kept)
            else:
                pending.append(tag)


def drop_with_heading(tag: Tag, kept: set[int]) -> None:
    """Take off an element, and the heading right before a list that thereby heads nothing."""
    head, after = tag.find_previous_sibling(), tag.find_next_sibling()
    listed = tag.name in LINK_LISTS and head is not None and head.name in HEADS[1:] and id(head) not in kept
    tag.decompose()
    if head and listed and (after is None or (after.name in HEADS and after.name <= head.name)):
        head.decompose()


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


def is_end(tag: Tag, places: Places) -> bool:
    """The end of the page by its name, however long; the last row of a table is none."""
    if tag.name in TABLE_PARTS and is_row_of_data(tag, places):
        return False
    return tag.get("role") == "contentinfo" or furniture.ENDS.search(named(tag)) is not None


def is_furniture(tag: Tag, whole: int, places: Places) -> bool:
    """Is this element beside the article? `whole` is the number of characters of the page."""
    if tag.name in {"html", "body", "main", "article", *HEADS}:
        return False
    if tag.get("rel") == ["tag"] or is_navigation(tag, places):
        return True
    names, role = called(tag), tag.get("role")
    if furniture.SHAPES.search(names) and not outward(tag):
        names = furniture.SHAPES.sub(" ", names)
    if tag.name == "aside" or role == "complementary":
        return not (furniture.FACTS.search(names) or furniture.FACT_WORDS.match(words_of(tag)))
    beside = tag.name in furniture.MAYBE and not tag.find_parent("blockquote")
    named_so = role in furniture.ROLES or furniture.NAMES.search(names)
    if not (beside or named_so) or len(tag.get_text()) >= whole * MOST:
        return False
    return not (tag.name in TABLE_PARTS and is_row_of_data(tag, places))


def called(tag: Tag) -> str:
    """The names of an element, without an id that only says where its section begins."""
    names, anchor = named(tag), str(tag.get("id") or "")
    section = tag.name in {"section", "div"} and not tag.get("class") and not outward(tag)
    first = tag.find(True) if anchor and section else None
    if first and first.name in HEADS[1:] and any(map(furniture.is_sentence, tag.stripped_strings)):
        return ""
    return names


def is_row_of_data(tag: Tag, places: Places) -> bool:
    """Is it a part of a table of values? Such a part is called a footer for its looks."""
    table = tag.find_parent("table")
    if table is not None and id(table) not in places.data:
        places.data[id(table)] = is_data(table)
    return table is not None and places.data[id(table)]


def is_navigation(tag: Tag, places: Places) -> bool:
    """A list of links, or a row of nothing but links; a list that is of the article is none."""
    if tag.name not in LINK_LISTS or len(links := tag.find_all("a")) < HEADED_LINKS:
        return False
    linked, words = sum(len(words_of(a)) for a in links), len(words_of(tag))
    if tag.name == "div" and tag.find(HEADS[1:]):
        loose = sum(len(words_of(a)) for a in links if is_leading(a))
        heads = sum(len(words_of(head)) for head in tag.find_all(HEADS))
        found = loose > (words - heads) * LINK_LISTS["div"]
    else:
        found = len(links) >= MIN_LINKS and linked > words * LINK_LISTS[tag.name]
    return found and not any(is_enumeration(part, places) for part in [tag, *tag.find_all(["ul", "ol"])])


def is_leading(link: Tag) -> bool:
    """Does a link outside of headings lead to another page, as far as one can see?"""
    return not link.find_parent(HEADS) and not str(link.get("href") or "").startswith(("mailto:", "tel:"))
