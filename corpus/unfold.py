"""Elements made plain before a page is read: what is folded opened, captions off, quotations marked."""

from corpus import furniture
from corpus.html import HEADS, Tag, words_of

FOLDED = 40  # characters; a button before more than this folds it
FOLDS = ("aria-expanded", "aria-controls", "data-toggle", "data-bs-toggle", "for")
INLINE = frozenset({"a", "span", "time", "b", "strong", "em", "i"})
FRAMES = 3  # elements round the caption of an image, the image in the last of them


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


def make_plain(body: Tag) -> None:
    """Say in elements what an unknown page says only in names: captions, tabs, who is quoted."""
    for tag in body.find_all(class_=furniture.CAPTIONS):
        if not tag.decomposed and is_caption(tag):
            tag.decompose()
    for tag in body.find_all(class_=furniture.QUOTED):
        mark_quotation(tag)
    for tag in body.select("time, a[href^='tel:'], a[href^='mailto:']"):
        part_from_neighbours(tag)
    open_tabs(body)


def part_from_neighbours(tag: Tag) -> None:
    """Put a day, a number or an address on its own line where no character stands between elements."""
    before, after = tag.previous_sibling, tag.next_sibling
    if isinstance(before, Tag) and before.name in INLINE:
        tag.insert_before(Tag(name="br"))
    if isinstance(after, Tag) and after.name in INLINE:
        tag.insert_after(Tag(name="br"))


def is_caption(tag: Tag) -> bool:
    """Is an element round it just an image and these words?"""
    words = words_of(tag)
    for outer in [*tag.parents][:FRAMES]:
        if outer.find("img"):
            return words_of(outer) == words
    return False


def mark_quotation(tag: Tag) -> None:
    """Mark who is quoted, and the words before it as a quotation."""
    quote = tag.find_previous_sibling()
    if not quote or tag.find_parent("blockquote") or quote.find(HEADS) or not words_of(tag):
        return
    if quote.name in {"p", "div", "span"}:
        quote.name = "blockquote"
    if quote.name == "blockquote":
        tag.name = "cite"
        quote.append(tag.extract())


def open_tabs(body: Tag) -> None:
    """The label of a tab is the heading of its panel, if the panel has not that heading itself."""
    tabs, panels = body.find_all(role="tab"), body.find_all(role="tabpanel")
    for tab, panel in zip(tabs, panels, strict=True) if len(tabs) == len(panels) else ():
        if words_of(tab) and not words_of(panel).startswith(words_of(tab)):
            head = Tag(name="h3")
            head.string = words_of(tab)
            panel.insert(0, head)
    headed = {words_of(head) for head in body.find_all(HEADS)} if tabs else set()
    for tab in tabs:
        if not tab.decomposed and words_of(tab) in headed:
            tab.decompose()


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


def is_inside(tag: Tag, others: set[int]) -> bool:
    """Is the element one of the others, or in one of them?"""
    return any(id(outer) in others for outer in [tag, *tag.parents])
