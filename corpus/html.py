"""HTML to elements. The only module that imports bs4; the others take its names from here."""

import re

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from corpus.decode import normalise
from corpus.document import UnreadableError
from corpus.inline import BLOCKS, squash

__all__ = ["HEADS", "BeautifulSoup", "NavigableString", "Tag", "named", "parsed", "words_of"]

HEADS = ("h1", "h2", "h3", "h4", "h5", "h6")
# An element costs 1-2 kB and a character of text 30 bytes until the page is read: the worst page
# within these limits adds about 100 MB. Real pages have under 20,000 tags and are 60 elements deep.
MOST_TAGS = 60_000
MOST_TEXT = 3_000_000
MOST_ATTRIBUTES = 100_000
LONG = 500_000  # characters; a shorter page cannot have so many that it matters
OPEN_TAG = re.compile(r"<[a-zA-Z][^<>]*")
QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
DEEPEST = 250  # the way out of an element is walked often: a page must not be as deep as it is long
PARTING = BLOCKS | {"br"}
HUMP = re.compile(r"(?<=[a-zæøå])(?=[A-ZÆØÅ])")
XML_HEAD = re.compile(r"^\s*<\?xml[^>]*>")


def parsed(html: str) -> BeautifulSoup:
    """The elements of a page. Raises UnreadableError for more of them than any page has, and for frames."""
    if html.count("<") > MOST_TAGS:
        raise UnreadableError(f"too large for a page (over {MOST_TAGS:,} tags); split it")
    if len(html) > LONG and attributes(html) > MOST_ATTRIBUTES:
        raise UnreadableError(f"no page (over {MOST_ATTRIBUTES:,} attributes); look at it in a browser")
    soup = BeautifulSoup(XML_HEAD.sub("", html), "lxml", huge_tree=True)
    flatten(soup)
    if soup.find("frameset"):
        raise UnreadableError("a frameset without text of its own; give the page inside its frame")
    return soup


def attributes(html: str) -> int:
    """How many attributes the elements of a page have, about.

    >>> attributes("<p class='a b' hidden><a href=x>")
    3
    """
    return sum(len(QUOTED.sub("", tag.group()).split()) - 1 for tag in OPEN_TAG.finditer(html))


def flatten(soup: BeautifulSoup) -> None:
    """Make mere words of what lies too deep. Raises UnreadableError for text without end."""
    depths = {id(soup): 0}
    deep: list[Tag] = []
    length = 0
    for node in soup.descendants:
        if isinstance(node, Tag):
            depths[id(node)] = depth = depths[id(node.parent)] + 1
            if depth == DEEPEST:
                deep.append(node)
        elif type(node) is NavigableString:
            length += len(node)
    if length > MOST_TEXT:
        raise UnreadableError(f"too large for a page (over {MOST_TEXT:,} characters of text); split it")
    for tag in deep:
        tag.string = words_of(tag)


def words_of(tag: Tag) -> str:
    """The words of an element on one line; inline elements do not part a word, blocks do."""
    parts: list[str] = []
    for node in tag.descendants:
        if any(isinstance(near, Tag) and near.name in PARTING for near in (node, node.previous_sibling)):
            parts.append(" ")
        if type(node) is NavigableString:
            parts.append(node)
    return squash(normalise("".join(parts)))


def named(tag: Tag) -> str:
    """The class names and the id of an element, 'siteFooter' as 'site-Footer'."""
    names = " ".join([*filter(None, tag.get_attribute_list("class")), str(tag.get("id") or "")])
    return HUMP.sub("-", names)
