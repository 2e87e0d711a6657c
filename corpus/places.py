"""Where the sentences and links of a page are, to tell a list of links that is of the article."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from corpus import furniture
from corpus.complete import FIGURE
from corpus.html import HEADS, NavigableString, Tag, words_of

HERE = ("#", "mailto:", "tel:")  # links that lead to no other page
PLAIN = frozenset({"p", "ul", "ol", "dl", "table", "blockquote", "pre", *HEADS})
MOST_ITEMS = 0.5  # share of the items of a list that carry sums


@dataclass(frozen=True, slots=True)
class Places:
    """The elements of a page in order: where each one ends, and which hold sentences or are links."""

    tags: list[Tag]
    order: dict[int, int]
    ends: list[int]
    sentences: list[int]
    links: list[int]
    title: int
    data: dict[int, bool] = field(default_factory=dict)  # tables asked for: do they hold values?

    def has(self, outer: Tag, place: int) -> bool:
        """Is the element at a place another one, or in it?"""
        first = self.order.get(id(outer), 0)
        return first <= place <= self.ends[first]

    def count(self, tag: Tag) -> int:
        """How many links are in an element."""
        first = self.order.get(id(tag), 0)
        return bisect_right(self.links, self.ends[first]) - bisect_left(self.links, first)


def places_of(body: Tag, title: Tag | None) -> Places:
    """The places of a page whose title is known; without a title nothing is surely of the article."""
    tags = [body, *body.find_all(True)]
    order = {id(tag): i for i, tag in enumerate(tags)}
    ends = [*range(len(tags))]
    for i in range(len(tags) - 1, 0, -1):
        above = order[id(tags[i].parent)]
        ends[above] = max(ends[above], ends[i])
    sentences = [
        order[id(node.parent)]
        for node in body.descendants
        if type(node) is NavigableString and furniture.is_sentence(node.strip()) and not node.find_parent("a")
    ]
    links = [i for i, tag in enumerate(tags) if tag.name == "a"]
    at = order[id(title)] if title and id(title) in order else len(tags)
    return Places(tags, order, ends, sorted(sentences), links, at)


def outward(tag: Tag) -> int:
    """How many links to other pages are in it."""
    return sum(not str(a["href"]).startswith(HERE) for a in tag.find_all("a", href=True))


def is_enumeration(tag: Tag, places: Places) -> bool:
    """Is a list of links of the article: headed in it, beside its text, with sums or more text after it?"""
    place = places.order.get(id(tag), 0)
    at = bisect_left(places.sentences, place) - 1
    if place < places.title or at < 0 or places.sentences[at] < places.title or not is_headed(tag):
        return False
    said = places.tags[places.sentences[at]]
    around = next((outer for outer in tag.parents if places.has(outer, places.sentences[at])), None)
    own = branch(tag, around)
    if around is None or places.count(own) > places.count(tag):
        return False
    next_at = bisect_right(places.sentences, places.ends[place])
    following = places.sentences[next_at : next_at + 1]
    after = [branch(places.tags[i], around) for i in following if places.has(around, i)]
    before = branch(said, around)
    if after and before is not after[0] and is_alike(before, after[0], around):
        return True  # it stands between its paragraphs
    if not is_alike(before, own, around):
        return False
    return has_sums(tag) or any(is_alike(text, own, around) for text in after)


def is_headed(tag: Tag) -> bool:
    """Does a heading, other than of other articles, or a line that ends with a colon introduce it?"""
    before = next((text for text in tag.find_all_previous(string=True, limit=9) if text.strip()), None)
    if before is None:
        return False
    head = before.find_parent(HEADS[1:])
    words = words_of(head) if head else before.strip()
    return not furniture.AFTER.fullmatch(words.strip(" :")) and (head is not None or words.endswith(":"))


def branch(tag: Tag, around: Tag | None) -> Tag:
    """The element right below another one, on the way down to a third."""
    own = tag
    while own is not around and own.parent and own.parent is not around:
        own = own.parent
    return own


def is_alike(text: Tag, own: Tag, around: Tag) -> bool:
    """Are two parts of one element of one kind, so that both are of the article if one of them is?"""
    if text is around or text.name in PLAIN:
        return True
    shared = {*filter(None, text.get_attribute_list("class"))} & {*own.get_attribute_list("class")}
    unnamed = not text.get("class") and not own.get("class")
    return text.name == own.name and (bool(shared) or (unnamed and around.name != "body"))


def has_sums(tag: Tag) -> bool:
    """Do most of its items say an amount or a share?"""
    items = tag.find_all("li", recursive=False)
    return sum(FIGURE.search(words_of(item)) is not None for item in items) > len(items) * MOST_ITEMS
