"""Scores of extracted facts against gold, by the contract of shared/gold/README.md.

A gold file and a prediction have the same shape; predictions carry "start" and "end", the place of
the quote in the text, instead of being found by their words.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from output.slug import fold

Item = dict[str, Any]
Place = tuple[int, int]
Same = Callable[[Item, Item], bool]
SIMILAR = 0.8  # share of words two titles in prose must have in common
ROUNDING = 0.01  # a third is written in many ways
DOCUMENT_FIELDS = ("title", "published_on", "updated_on", "issuer", "kind")
AGREEMENT_FIELDS = (
    "kind", "programme_year", "total_min_dkk", "total_max_dkk", "start_year", "end_year",
    "initiative_count",
)  # fmt: skip
KINDS = (
    "amounts", "dates", "counts", "initiatives", "parties", "people", "pools", "effects", "methods",
)  # fmt: skip
UNSHOWN = frozenset({"places", "start", "end", "quote", "title", "name", "aliases"})
QUALITIES = {
    "amounts": ("role", "qualifier", "per", "years"),
    "dates": ("role",),
    "initiatives": ("phases", "area"),
}


@dataclass(slots=True)
class Score:
    """Hits among predictions and among gold, of one kind."""

    hits: int = 0
    predicted: int = 0
    gold: int = 0

    @property
    def precision(self) -> float:
        return self.hits / self.predicted if self.predicted else 1.0

    @property
    def recall(self) -> float:
        return self.hits / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Mistake:
    """A gold fact that was missed, a prediction that is none, or a value that differs."""

    file: str
    kind: str
    what: str  # "missed", "false", "wrong"
    text: str


@dataclass(slots=True)
class Scores:
    """Scores by kind, and every mistake; add documents one by one."""

    by_kind: dict[str, Score] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)

    def of(self, kind: str) -> Score:
        return self.by_kind.setdefault(kind, Score())

    def quality(self, file: str, kind: str, wanted: object, got: object, text: str) -> None:
        """Count one value of a matched fact."""
        score = self.of(kind)
        score.gold += 1
        score.predicted += 1
        score.hits += wanted == got
        if wanted != got:
            differs = f"{text}: {got!r} instead of {wanted!r}"
            self.mistakes.append(Mistake(file, kind, "wrong", differs))


def score_document(scores: Scores, gold: Item, found: Item, text: str) -> None:
    """Add one document: `found` has lists like the gold's, each item with start and end."""
    ignored = [place for quote in gold.get("ignore", []) for place in occurrences(text, quote)]
    for kind in KINDS:
        listed = gold.get(kind) or []
        wanted = [{"name": i} if kind == "methods" else dict(i) for i in listed]
        put_places(text, wanted, ignored)
        matched = match(kind, wanted, found.get(kind) or [])
        extra = [i for i in matched.extra if not overlaps((i["start"], i["end"]), ignored)]
        count(scores, gold["file"], kind, matched._replace(extra=extra))
    for name in DOCUMENT_FIELDS:
        scores.quality(gold["file"], f"document.{name}", gold.get(name), found.get(name), name)
    score_agreement(scores, gold, found)


def score_agreement(scores: Scores, gold: Item, found: Item) -> None:
    """Every field of the agreement; a document about none has the one field, that it has none."""
    wanted, got = gold.get("agreement") or {}, found.get("agreement") or {}
    for name in AGREEMENT_FIELDS if wanted else AGREEMENT_FIELDS[:1]:
        scores.quality(gold["file"], f"agreement.{name}", wanted.get(name), got.get(name), name)


def count(scores: Scores, file: str, kind: str, matched: "Matched") -> None:
    """Count hits, misses and false hits, also under the kind's subdivisions."""
    for item, other in matched.pairs:
        for name in {kind, *parts_of(kind, item)}:
            scores.of(name).hits += 1
            scores.of(name).gold += 1
            scores.of(name).predicted += 1
        for quality in QUALITIES.get(kind, ()):
            wanted, got = value(item, quality), value(other, quality)
            scores.quality(file, f"{kind}.{quality}", wanted, got, words_of(item))
    for item in matched.missed:
        for name in {kind, *parts_of(kind, item)}:
            scores.of(name).gold += 1
        scores.mistakes.append(Mistake(file, kind, "missed", describe(item)))
    for item in matched.extra:
        for name in {kind, *parts_of(kind, item)}:
            scores.of(name).predicted += 1
        scores.mistakes.append(Mistake(file, kind, "false", describe(item)))


def parts_of(kind: str, item: Item) -> tuple[str, ...]:
    """Subdivisions scored apart: text and tables, explicit and inferred, lists and prose."""
    if kind == "amounts":
        cell = re.fullmatch(r"[\d.,]+", str(item.get("quote", "")))
        return ("amounts in tables",) if cell else ("amounts in text",)
    if kind == "dates":
        return (f"dates {item.get('basis')}",)
    if kind == "initiatives":
        return ("initiatives in prose" if item.get("form") == "prose" else "initiatives in lists",)
    return ()


def value(item: Item, quality: str) -> object:
    if quality == "years":
        return item.get("start_year"), item.get("end_year")
    if quality == "phases":
        return list(item.get("phases") or [])
    return item.get(quality)


def words_of(item: Item) -> str:
    return str(item.get("quote") or item.get("title") or item.get("name"))


def describe(item: Item) -> str:
    """One line for a list of mistakes."""
    shown = {k: v for k, v in item.items() if k not in UNSHOWN and v not in (None, [], "")}
    return f"{words_of(item)} {shown}"


class Matched(NamedTuple):
    """Pairs one to one, what of the gold is left, what of the predictions is left."""

    pairs: list[tuple[Item, Item]]
    missed: list[Item]
    extra: list[Item]


def match(kind: str, wanted: Sequence[Item], found: Sequence[Item]) -> Matched:
    """Pair gold with predictions, by the kind's strictest test first."""
    pairs: list[tuple[Item, Item]] = []
    missed, left = list(wanted), list(found)
    for same in SAME[kind]:
        waiting, missed = missed, []
        for item in waiting:
            place = next((i for i, other in enumerate(left) if same(item, other)), None)
            if place is None:
                missed.append(item)
            else:
                pairs.append((item, left.pop(place)))
    return Matched(pairs, missed, left)


def same_amount(item: Item, other: Item) -> bool:
    equal = all(item[name] == other[name] for name in ("min_dkk", "max_dkk"))
    return equal and overlap(item, other)


def same_date(item: Item, other: Item) -> bool:
    equal = (item["start"], item["end"]) == (other["start_on"], other["end_on"])
    return equal and overlap(item, other)


def same_count(item: Item, other: Item) -> bool:
    equal = (item["number"], item["scope"]) == (other["number"], other["scope"])
    return equal and overlap(item, other)


def same_title(item: Item, other: Item) -> bool:
    return fold(item["title"]) == fold(other["title"])


def like_title(item: Item, other: Item) -> bool:
    """Prose has no title of its own: most words in common are enough."""
    prose = "prose" in {item["form"], other["form"]}
    return prose and similarity(item["title"], other["title"]) >= SIMILAR


def same_party(item: Item, other: Item) -> bool:
    return (item["name"], item["role"]) == (other["name"], other["role"])


def same_name(item: Item, other: Item) -> bool:
    return fold(item["name"]) in {fold(name) for name in (other["name"], *other.get("aliases", ()))}


def same_pool(item: Item, other: Item) -> bool:
    return (item["amount_dkk"], item["deadline"]) == (other["amount_dkk"], other["deadline"])


def same_effect(item: Item, other: Item) -> bool:
    return bool(abs(item["value"] - other["value"]) < ROUNDING)


SAME: Mapping[str, tuple[Same, ...]] = {
    "amounts": (same_amount,),
    "dates": (same_date,),
    "counts": (same_count,),
    "initiatives": (same_title, like_title),
    "parties": (same_party,),
    "people": (same_name,),
    "pools": (same_pool,),
    "effects": (same_effect,),
    "methods": (same_name,),
}


def similarity(one: str, other: str) -> float:
    """Twice the words in common by the words of both (Dice), as sets.

    >>> similarity("nyt initiativ om vold", "initiativ om vold")
    0.8571428571428571
    """
    a, b = set(fold(one).split()), set(fold(other).split())
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 0.0


def overlap(item: Item, other: Item) -> bool:
    """Does the prediction's place overlap one of the places of the gold quote?"""
    return overlaps((other["start"], other["end"]), item.get("places", ()))


def put_places(text: str, wanted: Sequence[Item], ignored: Sequence[Place]) -> None:
    """Give every quoted gold item its places: the n-th of equal quotes stands at the n-th place,
    longer quotes first so that '4 mio. kr.' is not found inside '13,4 mio. kr.'"""
    taken: list[Place] = []
    for quote in sorted({i["quote"] for i in wanted if "quote" in i}, key=lambda q: (-len(q), q)):
        items = [i for i in wanted if i.get("quote") == quote]
        spots = [p for p in occurrences(text, quote) if not overlaps(p, taken)]
        free = [p for p in spots if not inside(p, ignored)]
        spots = free if len(free) >= len(items) else spots
        for n, item in enumerate(items):
            item["places"] = spots[n : n + 1] or spots
        taken += spots


def overlaps(place: Place, others: Sequence[Place]) -> bool:
    return any(a < place[1] and place[0] < b for a, b in others)


def inside(place: Place, others: Sequence[Place]) -> bool:
    """Is the place a piece of a longer one?"""
    longer = (o for o in others if o[1] - o[0] > place[1] - place[0])
    return any(a <= place[0] and place[1] <= b for a, b in longer)


def occurrences(text: str, quote: str) -> list[Place]:
    """Where a quote stands as words of its own; spaces in it match any space."""
    pattern = r"\s+".join(re.escape(word) for word in quote.split())
    found = re.finditer(pattern, text) if pattern else iter(())
    return [m.span() for m in found if whole_words(text, *m.span())]


def whole_words(text: str, start: int, end: int) -> bool:
    """Is text[start:end] no piece of a longer word or number?"""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    if text[start].isdigit() and re.search(r"\d$|\d[.,]$", before):
        return False
    if text[end - 1].isdigit() and re.match(r"\d|[.,]\d", after):
        return False
    joined_left = text[start].isalnum() and before[-1:].isalpha()
    joined_right = text[end - 1].isalnum() and after[:1].isalpha()
    return not (joined_left or joined_right)


def table(scores: Scores) -> Iterator[tuple[str, Score]]:
    """The scores in a fixed order: kinds, their parts and qualities, document, agreement."""
    order = [*KINDS, "document", "agreement"]
    for name in sorted(scores.by_kind, key=lambda n: (order.index(re.split(r"[. ]", n)[0]), n)):
        yield name, scores.by_kind[name]
