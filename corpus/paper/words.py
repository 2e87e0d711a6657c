"""Letters with positions to words, whatever the spacing between them. No PDF library here."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

SPREAD = (0.12, 0.6)  # an ordinary gap between letters set apart, in letter sizes
NARROW, WIDE = 0.13, 0.35  # no gap below parts words, any above does
FEWEST = 5  # letters in a line that show how it is spaced
BASELINE = 0.2  # letters on one line stand so near the same height
OVERLAP = 0.2  # the same letter drawn twice to look bold
SYMBOLS = re.compile(r"symbol|dingbats|webdings", re.I)
BOLD = re.compile(r"bold|black|heavy|semibold|demi(?!r)", re.I)
UNMAPPED = re.compile(r"\(cid:\d+\)")
UNKNOWN = "\ufffd"  # a letter whose font does not say what it means
LIGATURES = {chr(0xFB00 + i): text for i, text in enumerate(("ff", "fi", "fl", "ffi", "ffl", "st", "st"))}
HYPHENS = str.maketrans({"\u2010": "-", "\u2011": "-", "\u2212": "-", **LIGATURES})


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it is drawn: x to the right, y downwards, in points."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    font: str


@dataclass(frozen=True, slots=True)
class Word:
    """Letters without a space between them; `symbol` when they are pictures of a symbol font."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool = False
    symbol: bool = False

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2


def words_of(letters: list[Letter]) -> list[Word]:
    """The words of a page, line by line from the top."""
    return [word for line in baselines(letters) for word in line_words(line)]


def baselines(letters: list[Letter]) -> Iterator[list[Letter]]:
    """The letters that stand at the same height, from left to right."""
    line: list[Letter] = []
    for letter in sorted(letters, key=lambda letter: (letter.bottom, letter.x0)):
        if line and letter.bottom - line[0].bottom > BASELINE * min(letter.size, line[0].size):
            yield sorted(line, key=lambda letter: letter.x0)
            line = []
        line.append(letter)
    if line:
        yield sorted(line, key=lambda letter: letter.x0)


def line_words(line: list[Letter]) -> Iterator[Word]:
    """Part a line of letters where the gap is wide for this line, or a space says so."""
    letters = single(line)
    drawn = [letter for letter in letters if letter.text.strip()]
    least, most = thresholds(drawn)
    spaces = [letter.centre for letter in map(as_word, letters) if not letter.text.strip()]
    word: list[Letter] = []
    at = 0
    for letter in drawn:
        if word:
            last = word[-1]
            gap = (letter.x0 - last.x1) / max(letter.size, last.size, 1)
            while at < len(spaces) and spaces[at] < last.x0:
                at += 1
            spaced = at < len(spaces) and spaces[at] < letter.x1
            if gap > most or (spaced and gap > least) or pictures(letter) != pictures(last):
                yield as_word(*word)
                word = []
        word.append(letter)
    if word:
        yield as_word(*word)


def single(line: list[Letter]) -> list[Letter]:
    """Each letter once, also where it is drawn twice a hair apart to look bold."""
    kept: list[Letter] = []
    for letter in line:
        near = (old for old in kept[-3:] if abs(old.x0 - letter.x0) < OVERLAP * letter.size)
        if not any(old.text == letter.text and old.text.strip() for old in near):
            kept.append(letter)
    return kept


def thresholds(drawn: list[Letter]) -> tuple[float, float]:
    """From which gap a space parts words, and from which gap no space is needed.

    Of letters set apart the ordinary gap is wide; in a stretched line the gaps between words are,
    and the narrow ones among them come from the stretching.
    """
    gaps = [(b.x0 - a.x1) / max(a.size, b.size, 1) for a, b in pairwise(drawn)]
    lettered = sum(letter.text.isalpha() for letter in drawn) * 3 > len(drawn) * 2
    if len(gaps) < FEWEST or not lettered:
        return NARROW / 2, NARROW * 1.5
    common = median(gaps)
    if SPREAD[0] < common < SPREAD[1]:
        return common * 1.6, common * 1.6
    between = [gap for gap in gaps if NARROW < gap < 1]
    usual = median(between) if between else WIDE
    return NARROW / 2, min(max(NARROW, usual * 0.55), WIDE)


def pictures(letter: Letter) -> bool:
    return bool(SYMBOLS.search(letter.font)) or "\ue000" <= letter.text[:1] <= "\uf8ff"


def as_word(*letters: Letter) -> Word:
    """The word of some letters.

    >>> as_word(Letter("ﬁ", 0, 5, 0, 10, 10, "A"), Letter("n", 5, 9, 0, 10, 10, "A-Bold")).text
    'fin'
    """
    size = max(letter.size for letter in letters)
    bold = sum(BOLD.search(letter.font) is not None for letter in letters) * 2 > len(letters)
    return Word(
        "".join(UNMAPPED.sub(UNKNOWN, letter.text) for letter in letters).translate(HYPHENS),
        letters[0].x0,
        max(letter.x1 for letter in letters),
        min(letter.top for letter in letters),
        max(letter.bottom for letter in letters),
        round(size, 1),
        bold,
        pictures(letters[0]),
    )
