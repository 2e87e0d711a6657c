"""The markers of numbered lists, counted as a word processor counts them. No XML here."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

BULLET = "•"
DASHES = "-–—"  # bullets that are kept as they are
ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
HIGHEST_ROMAN = 3999
LETTERS = 26
PLACE = re.compile(r"%(\d)")


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered; `words` is its pattern, as '%1.%2)'."""

    form: str = "decimal"
    words: str = "%1."
    start: int = 1
    after: int | None = None  # the level that starts it again, from 1; 0: none does
    legal: bool = False  # levels above are written as decimals


@dataclass(frozen=True, slots=True)
class Numbering:
    """A list of the document: lists that share `counter` go on where the other one stopped."""

    counter: str
    levels: Mapping[int, Level]
    restarts: Mapping[int, int] = field(default_factory=dict)  # levels that begin anew in this list


@dataclass(slots=True)
class Counts:
    """Counts the items of all lists of one document."""

    reached: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def marker(self, name: str, numbering: Numbering, depth: int) -> str:
        """The marker of the next item of a list at a depth, from 0; empty if it has none.

        >>> counts, romans = Counts(), Numbering("a", {0: Level(), 1: Level("lowerLetter", "%2)")})
        >>> [counts.marker("1", romans, depth) for depth in (0, 1, 1, 0, 1)]
        ['1.', 'a)', 'b)', '2.', 'a)']
        """
        level = numbering.levels.get(depth, Level())
        if level.form == "bullet":
            return level.words if level.words in DASHES and level.words else BULLET
        if level.form == "none":
            return ""
        reached = self.reached.setdefault(numbering.counter, {})
        if depth in numbering.restarts and (name, depth) not in self.begun:
            self.begun.add((name, depth))
            reached[depth] = numbering.restarts[depth]
        else:
            reached[depth] = reached.get(depth, level.start - 1) + 1
        for deeper in [d for d in reached if d > depth and starts_again(numbering, d, depth)]:
            del reached[deeper]
        return written(numbering, level, reached)


def starts_again(numbering: Numbering, deeper: int, depth: int) -> bool:
    """Does an item at a depth make a deeper level begin again?"""
    after = numbering.levels.get(deeper, Level()).after
    return after is None or (after > 0 and depth < after)


def written(numbering: Numbering, level: Level, reached: Mapping[int, int]) -> str:
    """The pattern of a level with its numbers in place."""

    def number(place: re.Match[str]) -> str:
        depth = int(place[1]) - 1
        above = numbering.levels.get(depth, Level())
        return numeral(reached.get(depth, above.start), "decimal" if level.legal else above.form)

    return PLACE.sub(number, level.words).strip()


def numeral(number: int, form: str) -> str:
    """
    >>> numeral(4, "lowerLetter"), numeral(28, "upperLetter"), numeral(9, "lowerRoman")
    ('d', 'BB', 'ix')
    """
    if form.endswith("Letter") and number > 0:
        text = chr(ord("a") + (number - 1) % LETTERS) * min((number - 1) // LETTERS + 1, 9)
    elif form.endswith("Roman") and 0 < number <= HIGHEST_ROMAN:
        text = roman(number)
    else:
        text = f"{number:02}" if form == "decimalZero" else str(number)
    return text.upper() if form.startswith("upper") else text


def roman(number: int) -> str:
    text = ""
    for worth, letters in ROMAN:
        text += letters * (number // worth)
        number %= worth
    return text
