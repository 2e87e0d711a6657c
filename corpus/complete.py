"""Is everything that counts in the text: list items, table cells, figures of the visible main part?"""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from corpus import furniture
from corpus.shape import Draft

DROPPED = re.compile(r"[\W_]+")
# a figure that says an amount or a share
FIGURE = re.compile(
    r"\d[\d.,]*\s?(?:kr\b|kroner|,-|mio\b|mia\b|mill|t?dkk|%|pct\b|procent)|(?:kr\.?|dkk)\s?\d", re.I
)
COUNTED = frozenset({"list_item", "cell"})
LOWEST = 6  # level of a heading
SHORTEST = 8  # letters and digits; shorter words stand in any text by chance

Opinion = Callable[[], str]  # a text to compare with, made only when it is needed


def squeezed(text: str) -> str:
    """Letters and digits alone: what two readers of one page agree on.

    >>> squeezed("• 5,5 mio. kr. til café")
    '55miokrtilcafé'
    """
    return DROPPED.sub("", text).casefold()


def counts(draft: Draft) -> bool:
    """Is it a block whose loss is a loss: a list item, a cell, a sentence, anything with an amount?"""
    if draft.kind == "heading" or furniture.is_line(draft.text):
        return False
    return draft.kind in COUNTED or bool(FIGURE.search(draft.text)) or furniture.is_sentence(draft.text)


def lost(
    visible: list[Draft], text: str, opinion: Opinion, sure: frozenset[int] = frozenset()
) -> list[Draft]:
    """The blocks of the visible main part that count and are not in the text.

    Only those that the page itself calls its main part (`sure` are their ids), or that a second
    opinion finds in the main text too: a box with other news is in neither.
    """
    has = squeezed(text)
    missing = [row for row in rows(open_part(visible)) if any(map(counts, row)) and said(row) not in has]
    if not missing:
        return []
    if all(id(row[0]) in sure for row in missing):
        return [draft for row in missing for draft in row]
    other = squeezed(opinion())
    return [draft for row in missing if id(row[0]) in sure or is_in(said(row), other) for draft in row]


def is_in(words: str, other: str) -> bool:
    return len(words) >= SHORTEST and words in other


def rows(drafts: Iterable[Draft]) -> Iterator[list[Draft]]:
    """The drafts, the cells of a row together: a single '2' is in any text."""
    for row, group in groupby(drafts, lambda draft: draft.row):
        if row is not None:
            yield [*group]
        else:
            yield from map(alone, group)


def alone(draft: Draft) -> list[Draft]:
    return [draft]


def said(row: list[Draft]) -> str:
    return squeezed("".join(draft.text for draft in row))


def open_part(drafts: list[Draft]) -> Iterator[Draft]:
    """The drafts that stand under no heading of other articles or services."""
    closed: int | None = None  # the level of such a heading
    for draft in drafts:
        headed = draft.kind == "heading" or draft.bold
        if headed and furniture.AFTER.fullmatch(draft.text.strip(" :")):
            closed = draft.level or LOWEST
        elif draft.kind == "heading" and closed is not None and (draft.level or LOWEST) <= closed:
            closed = None
        if closed is None:
            yield draft


def restored(found: list[Draft], kept: list[Draft], missing: list[Draft]) -> list[Draft]:
    """The kept drafts with the missing ones put back where they stand among all that was found."""
    wanted, have = {id(d) for d in missing}, {id(d): i for i, d in enumerate(kept)}
    after: dict[int, list[Draft]] = {}
    at = 0
    for before, draft in zip([None, *found], found, strict=False):
        at = have.get(id(draft), at)
        if id(draft) in wanted:
            headed = before is not None and before.kind == "heading" and id(before) not in have
            after.setdefault(at, []).extend([before, draft] if headed and before else [draft])
    return [d for i, own in enumerate(kept) for d in [own, *after.get(i, [])]]
