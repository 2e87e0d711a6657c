"""HTML to elements. The only module that imports bs4; the others take its names from here."""

import re

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from corpus.decode import normalise
from corpus.document import UnreadableError
from corpus.inline import BLOCKS, squash

__all__ = ["HEADS", "BeautifulSoup", "NavigableString", "Tag", "named", "parsed", "words_of"]

HEADS = ("h1", "h2", "h3", "h4", "h5", "h6")
PARTING = BLOCKS | {"br"}
XML_HEAD = re.compile(r"^\s*<\?xml[^>]*>")


def parsed(html: str) -> BeautifulSoup:
    soup = BeautifulSoup(XML_HEAD.sub("", html), "lxml", huge_tree=True)
    if soup.find("frameset"):
        raise UnreadableError("a frameset without text of its own; give the page inside its frame")
    return soup


def words_of(tag: Tag) -> str:
    """The words of an element on one line; inline elements do not part a word."""
    parts = [
        node if type(node) is NavigableString else " "
        for node in tag.descendants
        if type(node) is NavigableString or (isinstance(node, Tag) and node.name in PARTING)
    ]
    return squash(normalise("".join(parts)))


def named(tag: Tag) -> str:
    """The class names and the id of an element."""
    return " ".join([*filter(None, tag.get_attribute_list("class")), str(tag.get("id") or "")])
