"""Scores of extracted facts against gold. The contract is shared/gold/README.md; both sides are plain dicts.

A gold file and a prediction have the same shape; predictions carry "start" and "end", the place of
the quote in the text, instead of being found by their words.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from output.slug import fold

Item = dict[str, Any]
Place = tuple[int, int]
SIMILAR = 0.8  # share of words two titles in prose must have in common
DOCUMENT_FIELDS = ("title", "published_on", "updated_on", "issuer", "kind")
AGREEMENT_FIELDS = (
    "kind", "programme_year", "total_min_dkk", "total_max_dkk", "start_year", "end_year", "initiative_count",
)  # fmt: skip
KINDS = ("amounts", "dates", "counts", "initiatives", "parties", "people", "pools", "effects", "methods")
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
            self.mistakes.append(Mistake(file, kind, "wrong", f"{text}: {got!r} instead of {wanted!r}"))


def score_document(scores: Scores, gold: Item, found: Item, text: str) -> None:
    """Add one document: `found` has lists like the gold's, each item with start and end."""
    ignored = [place for quote in gold.get("ignore", []) for place in occurrences(text, quote)]
    for kind in KINDS:
        wanted = gold.get(kind) or []
        wanted = [{"name": name} for name in wanted] if kind == "methods" else [dict(item) for item in wanted]
        put_places(text, wanted, ignored)
        pairs, missed, extra = match(kind, wanted, found.get(kind) or [])
        extra = [item for item in extra if not is_ignored(item, ignored)]
        count(scores, gold["file"], kind, pairs, missed, extra)
    for name in DOCUMENT_FIELDS:
        scores.quality(gold["file"], f"document.{name}", gold.get(name), found.get(name), name)
    score_agreement(scores, gold, found)


def score_agreement(scores: Scores, gold: Item, found: Item) -> None:
    """Every field of the agreement; a document about none has the one field, that it has none."""
    wanted, got = gold.get("agreement"), found.get("agreement")
    if wanted is None or got is None:
        scores.quality(gold["file"], "agreement.kind", wanted and wanted["kind"], got and got["kind"], "agreement")
        for name in AGREEMENT_FIELDS[1:] if wanted else ():
            scores.quality(gold["file"], f"agreement.{name}", wanted[name] if wanted else None, None, name)
        return
    for name in AGREEMENT_FIELDS:
        scores.quality(gold["file"], f"agreement.{name}", wanted.get(name), got.get(name), name)


def count(scores: Scores, file: str, kind: str, pairs: Sequence[tuple[Item, Item]], missed: Sequence[Item], extra: Sequence[Item]) -> None:
    """Count hits, misses and false hits, also under the kind's subdivisions."""
    for item, other in pairs:
        for name in {kind, *parts_of(kind, item)}:
            score = scores.of(name)
            score.hits, score.gold, score.predicted = score.hits + 1, score.gold + 1, score.predicted + 1
        for quality in QUALITIES.get(kind, ()):
            scores.quality(file, f"{kind}.{quality}", value(item, quality), value(other, quality), words_of(item))
    for item in missed:
        for name in {kind, *parts_of(kind, item)}:
            scores.of(name).gold += 1
        scores.mistakes.append(Mistake(file, kind, "missed", describe(item)))
    for item in extra:
        for name in {kind, *parts_of(kind, item)}:
            scores.of(name).predicted += 1
        scores.mistakes.append(Mistake(file, kind, "false", describe(item)))


def parts_of(kind: str, item: Item) -> tuple[str, ...]:
    """Subdivisions that are scored apart: text and tables, explicit and inferred, lists and prose."""
    if kind == "amounts":
        cell = re.fullmatch(r"[\d.,]+", str(item.get("quote", "")))
        return ("amounts in tables",) if cell else ("amounts in text",)
    if kind == "dates":
        return (f"dates {item.get('basis')}",)
    if kind == "initiatives":
        return ("initiatives in prose",) if item.get("form") == "prose" else ("initiatives in lists",)
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
    shown = {k: v for k, v in item.items() if k not in {"places", "start", "end", "quote", "title", "name", "aliases"} and v not in (None, [], "")}
    return f"{words_of(item)} {shown}"


Same = Callable[[Item, Item], bool]


def match(kind: str, wanted: Sequence[Item], found: Sequence[Item]) -> tuple[list[tuple[Item, Item]], list[Item], list[Item]]:
    """Pairs one to one, what of the gold is left, what of the predictions is left."""
    same = SAME[kind]
    left = list(found)
    pairs, missed = [], []
    for item in wanted:
        partner = next((other for other in left if same(item, other)), None)
        if partner is None:
            missed.append(item)
        else:
            left.remove(partner)
            pairs.append((item, partner))
    return pairs, missed, left


def same_amount(item: Item, other: Item) -> bool:
    return (item["min_dkk"], item["max_dkk"]) == (other["min_dkk"], other["max_dkk"]) and overlap(item, other)


def same_date(item: Item, other: Item) -> bool:
    return (item["start"], item["end"]) == (other["start_on"], other["end_on"]) and overlap(item, other)


def same_count(item: Item, other: Item) -> bool:
    return (item["number"], item["scope"]) == (other["number"], other["scope"]) and overlap(item, other)


def same_initiative(item: Item, other: Item) -> bool:
    if fold(item["title"]) == fold(other["title"]):
        return True
    return "prose" in {item["form"], other["form"]} and similarity(item["title"], other["title"]) >= SIMILAR


def same_party(item: Item, other: Item) -> bool:
    return (item["name"], item["role"]) == (other["name"], other["role"])


def same_name(item: Item, other: Item) -> bool:
    return fold(item["name"]) in {fold(name) for name in (other["name"], *other.get("aliases", ()))}


def same_pool(item: Item, other: Item) -> bool:
    return (item["amount_dkk"], item["deadline"]) == (other["amount_dkk"], other["deadline"])


def same_effect(item: Item, other: Item) -> bool:
    return abs(item["value"] - other["value"]) < 0.01  # noqa: PLR2004 a third is written in many ways


SAME: Mapping[str, Same] = {
    "amounts": same_amount,
    "dates": same_date,
    "counts": same_count,
    "initiatives": same_initiative,
    "parties": same_party,
    "people": same_name,
    "pools": same_pool,
    "effects": same_effect,
    "methods": same_name,
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
    return any(a < other["end"] and other["start"] < b for a, b in item.get("places", ()))


def is_ignored(item: Item, ignored: Sequence[Place]) -> bool:
    return any(a < item["end"] and item["start"] < b for a, b in ignored)


def put_places(text: str, wanted: Sequence[Item], ignored: Sequence[Place]) -> None:
    """Give every quoted gold item its places: the n-th of equal quotes stands at the n-th place,
    longer quotes first so that '4 mio. kr.' is not found inside '13,4 mio. kr.'"""
    taken: list[Place] = []
    for quote in sorted({i["quote"] for i in wanted if "quote" in i}, key=lambda q: (-len(q), q)):
        items = [i for i in wanted if i.get("quote") == quote]
        spots = [p for p in occurrences(text, quote) if not any(a < p[1] and p[0] < b for a, b in taken)]
        free = [p for p in spots if not any(a <= p[0] and p[1] <= b and b - a > len(quote) for a, b in ignored)]
        spots = free if len(free) >= len(items) else spots
        for n, item in enumerate(items):
            item["places"] = spots[n : n + 1] or spots
        taken += spots


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
    yield from sorted(scores.by_kind.items(), key=lambda kv: (order.index(re.split(r"[. ]", kv[0])[0]), kv[0]))
