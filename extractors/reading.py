"""A text with an index of its words, so that a rule is tried only where it can match.

A release has thousands of places and hundreds of rules, and most rules can match at few of the
places or at none. The index knows for every word which rules can begin there and which need it.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from corpus.document import Span
from extractors.literals import DIGITS, RUN, Heads, Literals, literals
from extractors.rules import Hit, Rule, RuleTable, sieved_rules

LONG = 5  # letters
UNKNOWN = Literals(None, frozenset(), frozenset())
PIECES = frozenset(  # tables that read lines, clauses and cells one by one: an index of the text is no help
    {"clause_parts", "layout", "phases", "stakes", "tables", "time_direction", "weekdays"}
)
MOST_WORDS = 500_000  # remembered between texts; a bound on memory, not on texts

Keys = tuple[str, ...]
Places = dict[str, list[int]]  # by rule


class Sorted(dict[str, list[int]]):
    """Places by rule, put in order when they are first asked for."""

    def __init__(self, places: Places) -> None:
        super().__init__()
        self.places = places

    def __missing__(self, key: str) -> list[int]:
        found = self[key] = sorted(self.places.get(key, ()))
        return found


@dataclass(frozen=True, eq=False)
class Reading:
    """A text to be read. Cached, so built once a document."""

    text: str

    @cached_property
    def lower(self) -> str:
        """The text in lower case, letter by letter at the same places."""
        lower = self.text.lower()
        if len(lower) == len(self.text):
            return lower
        return "".join(low if len(low := letter.lower()) == 1 else letter for letter in self.text)

    @cached_property
    def words(self) -> dict[str, list[int]]:
        """Every word and number with the places where it stands."""
        found: dict[str, list[int]] = defaultdict(list)
        for run in RUN.finditer(self.lower):
            found[run[0]].append(run.start())
        return dict(found)

    @cached_property
    def by_rule(self) -> tuple[Places, Places]:
        """By rule where words stand that it needs, and where words stand that it can begin with."""
        known = vocabulary()
        if len(known) > MOST_WORDS:
            vocabulary.cache_clear()
            known = vocabulary()
        needed: Places = defaultdict(list)
        begun: Places = defaultdict(list)
        for word, places in self.words.items():
            needing, beginning = known.get(word) or known.setdefault(word, rules_of(word))
            for key in needing:
                needed[key] += places
            for key in beginning:
                begun[key] += places
        for sign, keys in index().signs.items():
            if sign in self.lower:
                places = [match.start() for match in re.finditer(re.escape(sign), self.lower)]
                for key in keys:
                    needed[key] += places
        return needed, begun

    @cached_property
    def present(self) -> frozenset[str]:
        """The rules of which the text holds a word that they need, and those that need none."""
        return index().needless.union(self.by_rule[0])

    @cached_property
    def needs(self) -> Sorted:
        return Sorted(self.by_rule[0])

    def needed(self, rule: Rule) -> list[int]:
        """Where the words stand of which every match of a rule holds one, in order."""
        return self.needs[rule.key]

    def may_have(self, rule: Rule) -> bool:
        """False if no words of the text hold a match of the rule, whatever its figures are."""
        return rule.key in self.present

    def search(self, rule: Rule, words: str, within: Span | None = None) -> re.Match[str] | None:
        """The first match of a rule in some words of this text, which stand `within` a span of it."""
        if rule.key not in self.present or (within and not self.has_needed(rule, within)):
            return None
        return rule.pattern.search(words)

    def has_needed(self, rule: Rule, within: Span) -> bool:
        """Does a word that the rule needs stand there? True where nothing is known of its needs."""
        if rule.key in index().needless:
            return True
        places = self.needs[rule.key]
        at = bisect_left(places, within.start)
        return at < len(places) and places[at] < within.end

    def matches(self, rule: Rule, taken: bytes | bytearray = b"") -> Iterator[re.Match[str]]:
        """Every match of a rule in the text, none overlapping another, in order. Those that begin where
        a character is `taken` may be left out."""
        if rule.key not in self.present:
            return iter(())
        if rule.key in index().begins:
            places = self.candidates(rule)
            return self.matches_at(rule, [p for p in places if not taken[p]] if taken else places)
        if rule.key in index().needless:
            return rule.pattern.finditer(self.text)
        return self.matches_near(rule)

    def matches_near(self, rule: Rule) -> Iterator[re.Match[str]]:
        for start, end in self.stretches(self.needed(rule), rule.longest):
            yield from rule.pattern.finditer(self.text, start, end)

    @cached_property
    def numbers(self) -> list[int]:
        """Where numbers stand, in order."""
        return sorted(place for word, places in self.words.items() if word[0] in DIGITS for place in places)

    def candidates(self, rule: Rule) -> list[int]:
        """Where a rule can begin, with a word that it needs no farther on than it is long."""
        places = self.by_rule[1].get(rule.key, [])
        if rule.key in index().any_number:
            places = [*places, *self.numbers]
        places = sorted(places)
        if not (rule.longest and places and rule.key not in index().needless):
            return places
        found: list[int] = []
        last = 0
        for place in self.needed(rule):
            first = bisect_left(places, place - rule.longest, last)
            last = bisect_right(places, place, first)
            found += places[first:last]
        return found

    def matches_at(self, rule: Rule, places: Iterable[int]) -> Iterator[re.Match[str]]:
        free, text, match_at = 0, self.text, rule.pattern.match
        for place in places:
            if place >= free and (match := match_at(text, place)):
                yield match
                free = match.end()

    def stretches(self, places: Iterable[int], longest: int) -> Iterator[tuple[int, int]]:
        """The text round some places: as far as a match reaches, and not over an empty line."""
        first = last = -1
        for place in places:
            start, end = self.stretch(place, longest)
            if start > last >= 0:
                yield first, last
                first = start
            elif last < 0:
                first = start
            last = max(last, end)
        if last >= 0:
            yield first, last

    def stretch(self, place: int, longest: int) -> tuple[int, int]:
        reach = longest or len(self.text)
        start, end = max(0, place - reach), min(len(self.text), place + reach)
        gap = self.text.find("\n\n", place, end)
        return max(self.text.rfind("\n\n", start, place), start), end if gap < 0 else gap


@dataclass(frozen=True, slots=True)
class Index:
    """Which words let a rule begin or meet its need, for the rules of all tables."""

    begins: frozenset[str]  # rules of which it is known with which words they begin
    needless: frozenset[str]  # rules of which no need is known
    any_number: frozenset[str]  # rules that can begin with any number
    whole: dict[str, Keys]  # word -> rules that can begin with exactly it
    first: dict[str, Keys]  # letters a word begins with -> rules
    inner: dict[str, Keys]  # letters inside a word -> rules that need them
    lengths: tuple[int, ...]  # of the letters in `inner`
    signs: dict[str, Keys]  # signs -> rules that need them
    near: dict[str, Keys]  # word -> rules that need exactly it


@cache
def index() -> Index:
    """The index of all rules, made once."""
    whole: dict[str, set[str]] = defaultdict(set)
    first: dict[str, set[str]] = defaultdict(set)
    inner: dict[str, set[str]] = defaultdict(set)
    signs: dict[str, set[str]] = defaultdict(set)
    near: dict[str, set[str]] = defaultdict(set)
    heads = Heads({}, {})  # of the nodes that patterns share
    known = {
        rule.key: UNKNOWN if rule.key.partition("/")[0] in PIECES else literals(rule.source, heads)
        for rule in sieved_rules()
    }
    for rule in sieved_rules():
        found = known[rule.key]
        for head in found.begins or ():
            run = RUN.match(head)
            assert run  # or `begins` would be None
            (first if run.end() == len(head) else whole)[run[0]].add(rule.key)
        for word in rule.near:  # long ones stand in compounds too: "ottetusinde"
            (inner if len(word) >= LONG else near)[word].add(rule.key)
        for letters in found.needs if not rule.near else ():
            (inner if letters[0].isalpha() else signs)[letters].add(rule.key)
        for word in found.words if not rule.near else ():
            near[word].add(rule.key)
    return Index(
        frozenset(key for key, found in known.items() if found.begins is not None),
        frozenset(r.key for r in sieved_rules() if not (r.near or known[r.key].needs or known[r.key].words)),
        frozenset(key for key, found in known.items() if found.begins and found.begins >= set(DIGITS)),
        frozen(whole),
        frozen(first),
        frozen(inner),
        tuple(sorted({len(letters) for letters in inner})),
        frozen(signs),
        frozen(near),
    )


def frozen(found: dict[str, set[str]]) -> dict[str, Keys]:
    return {word: tuple(sorted(keys)) for word, keys in found.items()}


@cache
def vocabulary() -> dict[str, tuple[Keys, Keys]]:
    """The words seen so far: the rules that need letters of each, and those that can begin with it."""
    return {}


def rules_of(word: str) -> tuple[Keys, Keys]:
    """The rules that need letters of a word, and those that can begin with it, but for those that can
    begin with any number."""
    known = index()
    begins = set(known.whole.get(word, ()))
    for end in range(1, len(word) + 1):
        begins.update(known.first.get(word[:end], ()))
    if word[0] in DIGITS:
        begins -= known.any_number
    needs = set(known.near.get(word, ()))
    if word[0].isalpha():
        for length in known.lengths:
            for start in range(len(word) - length + 1):
                needs.update(known.inner.get(word[start : start + length], ()))
    return tuple(needs), tuple(begins)


def find_hits(table: RuleTable, reading: Reading) -> list[Hit]:
    """All hits of a table, none overlapping another; an earlier rule wins over a later one."""
    found: list[Hit] = []
    taken = bytearray(len(reading.text))
    for rule in table.rules:
        for match in reading.matches(rule, taken):
            start, end = match.span()
            if start < end and taken.find(1, start, end) < 0:
                taken[start:end] = b"\x01" * (end - start)
                found.append(Hit(rule, match))
    return sorted(found, key=lambda hit: hit.start)
