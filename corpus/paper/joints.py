"""The upright rules of a table whose level rules were drawn cell by cell. No PDF library here."""

from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from corpus.paper.lines import Page, Rule, lines_of
from corpus.paper.words import Word

MEET = 1.6  # points between the ends of two pieces of one line
NEAR = 3  # points between the joints of one column
MOST_PIECES = 6_000  # more is a drawing
APART = 1.3  # letter sizes of white between a line and the words of a row, at most
DEEPEST = 3  # lines in a row outside the lines of a table, at most
FEWEST = 2  # pieces of a line that has a joint


@dataclass(frozen=True, slots=True)
class Chain:
    """A level line of several pieces: its height, its ends, and where the pieces meet."""

    y: float
    x0: float
    x1: float
    joints: tuple[float, ...]


def joint_rules(page: Page) -> Iterator[Rule]:
    """What parts the columns of a table that has no upright rules: lines from joint to joint.

    A browser and a word processor draw the border of each cell for itself; where the pieces
    of two lines meet above each other, and no word stands across, is the end of a column.
    """
    level = [rule for rule in page.rules if rule.top == rule.bottom]
    chains = [*chains_of(level)] if FEWEST < len(level) <= MOST_PIECES else []
    for i, chain in enumerate(chains):
        if not any(is_under(other, chain) for other in chains[:i]):
            yield from outer_rules(page, chain, up=True)
        below = next((other for other in chains[i + 1 :] if is_under(chain, other)), None)
        if below is None:
            yield from outer_rules(page, chain, up=False)
            continue
        words = [word for word in page.words if chain.y < word.middle < below.y]
        places = [x for x in chain.joints if any(abs(x - other) <= NEAR for other in below.joints)]
        free = [x for x in places if not any(is_across(word, x) for word in words)]
        if places and len(free) * 2 > len(places):
            yield from (Rule(x, x, chain.y, below.y) for x in (chain.x0, *free, chain.x1))


def outer_rules(page: Page, chain: Chain, up: bool) -> Iterator[Rule]:
    """The same for a row outside the first or last line of a table: a header without a border."""
    beside = [word for word in page.words if chain.x0 - NEAR < word.centre < chain.x1 + NEAR]
    words = [word for word in beside if (word.middle < chain.y) == up]
    lines = lines_of(words, page.number)[:: -1 if up else 1]
    edge, row = chain.y, list[Word]()
    for line in lines[:DEEPEST]:
        near = (edge - line.bottom if up else line.top - edge) < APART * line.size
        if not near or any(is_across(word, x) for word in line.words for x in chain.joints):
            break
        edge = line.top if up else line.bottom
        row += line.words
    filled = {bisect(chain.joints, word.centre) for word in row}
    if len(filled) * 2 > len(chain.joints) + 1:
        top, bottom = (edge - 1, chain.y) if up else (chain.y, edge + 1)
        yield from (Rule(x, x, top, bottom) for x in (chain.x0, *chain.joints, chain.x1))


def chains_of(level: list[Rule]) -> Iterator[Chain]:
    """The lines that consist of pieces, from the top."""
    pieces = sorted(level, key=lambda rule: (round(rule.top), rule.x0))
    for _, row in groupby(pieces, key=lambda rule: round(rule.top)):
        chain: list[Rule] = []
        for piece in row:
            if chain and abs(piece.x0 - chain[-1].x1) > MEET:
                if piece.x1 <= chain[-1].x1 + MEET:
                    continue  # the same piece drawn again
                yield from linked(chain)
                chain = []
            chain.append(piece)
        yield from linked(chain)


def linked(pieces: list[Rule]) -> Iterator[Chain]:
    if len(pieces) >= FEWEST:
        joints = tuple((a.x1 + b.x0) / 2 for a, b in pairwise(pieces))
        yield Chain(pieces[0].top, pieces[0].x0, pieces[-1].x1, joints)


def is_under(chain: Chain, other: Chain) -> bool:
    """Does another line stand lower, over most of the same width?"""
    return other.y > chain.y + NEAR and min(chain.x1, other.x1) - max(chain.x0, other.x0) > (
        (chain.x1 - chain.x0) / 2
    )


def is_across(word: Word, x: float) -> bool:
    return word.x0 + 1 < x < word.x1 - 1
