"""What a title speaks of: its words without endings, the parts of compounds, ideas that have many names."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import log
from typing import NamedTuple

from output.lexicon import TABLE, Piece, pieces
from output.slug import fold

STOP, TURNS = frozenset(TABLE["stop"]), frozenset(TABLE["turns"])
ENDINGS = tuple(sorted(TABLE["endings"], key=len, reverse=True))
PEOPLE, MEANS = frozenset(TABLE["people"]), frozenset(TABLE["means"])
AGES, FAINT = frozenset(TABLE["ages"]), frozenset(TABLE["faint"])
BESIDE = frozenset(TABLE["beside"]["names"])
OPPOSITE = tuple(frozenset(pair) for pair in TABLE["opposite"]["pairs"])
KIN = {name: kin[0] for kin in TABLE["kin"]["groups"] for name in kin}
IDEAS = PEOPLE | MEANS | AGES | FAINT
WIDER = re.compile("|".join(rf"\b{word}\b" for word in TABLE["wider"]["words"]))

STEM = 4  # a stem or a part of a compound has at least so many letters
KNOWN_PART = 5  # and so many where only one part of a compound is a word of its own, or a generic one
PRIOR = 2000  # so many imagined titles without the word: rarity means something among few titles too
# worth of such words against others as rare
GENERIC, AGE, COMMON = 0.12, 0.2, 0.25
OF_PEOPLE, OF_MEANS = 0.7, 0.7

SHORT, LETTER, LONG = 0.45, 0.05, 1.25  # a long word says more than a short one as rare


class Cut(NamedTuple):
    """A compound in two parts; the best cut is the largest."""

    both: bool  # both parts are words of their own
    known: int  # letters in such parts
    left: str
    right: str


class Terms(NamedTuple):
    """The terms of a title: of the effort, and of those it is for, which follow the first preposition."""

    effort: frozenset[str]
    target: frozenset[str]

    @property
    def all(self) -> frozenset[str]:
        return self.effort | self.target


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """A word without its ending, at least four letters.

    >>> stem("stofmisbrugere"), stem("kommunernes"), stem("unge")
    ('stofmisbrug', 'kommun', 'unge')
    """
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= STEM:
            return single(word.removesuffix(ending))
    return single(word)


def single(word: str) -> str:
    """A double consonant at the end counts as one: hjemm(et) is hjem."""
    return word[:-1] if len(word) > STEM and word[-1] == word[-2] else word


GENERIC_STEMS = frozenset(stem(word) for word in TABLE["generic"])


@lru_cache(maxsize=1 << 16)
def is_generic(term: str) -> bool:
    return term in GENERIC_STEMS or term in AGES or term in FAINT or term.isdigit()


class Vocabulary:
    """The words of many titles: which compounds are made of which, and how rare each term is."""

    def __init__(self, titles: Iterable[str]) -> None:
        every = list(titles)
        read = {title: halves(title) for title in every}
        words = {word for half in read.values() for side in half for word in side.words}
        self.stems = frozenset(stem(word) for word in words) | GENERIC_STEMS
        self.parts = {word: self.split(word) for word in words}
        self.known = {title: self.of_halves(half) for title, half in read.items()}
        self.titles = len(every)
        self.seen = Counter(term for title in every for term in self.known[title].all)
        self.worths: dict[str, float] = {}

    def terms(self, title: str) -> Terms:
        """What a title speaks of, of these titles or like them."""
        return self.known.get(title) or self.of_halves(halves(title))

    def of_halves(self, sides: Sequence["Side"]) -> Terms:
        before, after = (
            frozenset[str]().union(*(self.parts.get(word) or self.split(word) for word in side.words))
            for side in sides
        )
        ideas = sides[0].ideas | sides[1].ideas
        people = ideas & (PEOPLE | AGES)
        effort = before | (ideas - people)
        return Terms(effort, (after | people) - effort)

    def split(self, word: str) -> frozenset[str]:
        """The parts of a compound whose parts are words of other titles, else the stem."""
        whole = stem(word)
        if whole in GENERIC_STEMS:
            return frozenset((whole,))
        cuts = [self.cut(word, place) for place in range(STEM, len(word) - STEM + 1)]
        best = max((cut for cut in cuts if cut and cut.left != whole), default=None)
        return self.split(best.left) | self.split(best.right) if best else frozenset((whole,))

    def cut(self, word: str, place: int) -> "Cut | None":
        """A compound cut in two, if these parts are known well enough."""
        left, right = joint(word[:place], self.stems), stem(word[place:])
        both = left in self.stems and right in self.stems
        known = sum(
            size
            for part, size in ((left, place), (right, len(word) - place))
            if part in GENERIC_STEMS or (part in self.stems and len(part) >= KNOWN_PART)
        )
        if word[place:] in ENDINGS or not (both or known):
            return None
        return Cut(both, known, left, right)

    def worth(self, term: str) -> float:
        """How much it says that two titles share a term, about 0 to 1: the rarer, the more."""
        if term not in self.worths:
            self.worths[term] = self.weigh(term)
        return self.worths[term]

    def weigh(self, term: str) -> float:
        rare = log((self.titles + PRIOR) / (self.seen[term] + 1)) / log((self.titles + PRIOR) / 2)
        kinds = ((PEOPLE, OF_PEOPLE), (MEANS, OF_MEANS), (AGES, AGE), (FAINT, COMMON))
        for names, worth in kinds:
            if term in names:
                return rare * worth
        return rare * (GENERIC if is_generic(term) else min(LONG, SHORT + LETTER * len(term)))


def joint(part: str, stems: frozenset[str]) -> str:
    """The first part of a compound without the letter that joins it to the next.

    >>> joint("mestrings", frozenset({"mestring"}))
    'mestring'
    """
    bare = part.removesuffix("s")
    if part not in stems and len(bare) >= STEM:
        return stem(bare)
    return stem(part)


class Side(NamedTuple):
    """One half of a title: its ideas and its other words."""

    ideas: frozenset[str]
    words: tuple[str, ...]


def halves(title: str) -> tuple[Side, Side]:
    """A title before and after its first preposition; a preposition inside an idea parts nothing.

    >>> [side.words for side in halves("Netværket Huset til sårbare mødre")]
    [('huset',), ('sårbare',)]
    >>> [sorted(side.ideas) for side in halves("Vold i nære relationer blandt ældre")]
    [['vold i nære relationer'], ['ældre']]
    """
    found = pieces(fold(title))
    turn = next((n for n, piece in enumerate(found) if n and piece in TURNS), len(found))
    return side(found[:turn]), side(found[turn:])


def side(found: Sequence[Piece]) -> Side:
    ideas = frozenset[str]().union(*(piece for piece in found if not isinstance(piece, str)))
    words = (piece for piece in found if isinstance(piece, str))
    return Side(ideas, tuple(word for word in words if word not in STOP and len(word) > 1))


def tells_of_more(title: str) -> bool:
    """Does a title tell of wider use of what was there before?

    >>> tells_of_more("Housing First i flere kommuner")
    True
    """
    return WIDER.search(fold(title)) is not None
