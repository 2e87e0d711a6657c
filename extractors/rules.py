"""Rules as data: reads extractors/rules/*.toml into patterns.

A table has `values` (what a Danish word is worth) and rules; `longest` bounds their matches. In a
pattern `{scale}` stands for the words of values.scale, longest first, and `{number}` for the
pattern of that name under `parts`.
"""

import hashlib
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from extractors import quick
from extractors.patterns import Pattern

FOLDER = Path(__file__).parent
RULES = FOLDER / "rules"
FLAGS = int(re.IGNORECASE | re.VERBOSE)

ELSEWHERE = frozenset({"relevance", "agreement_links", "languages", "sentences"})  # read other texts

Worth = int | float | str


@dataclass(frozen=True)
class Rule:
    """One row of a rule table. Named groups of the pattern are read by the reader."""

    key: str  # table/name
    name: str
    source: Pattern
    longest: int  # characters from where a match begins to a word that it needs; 0 where not known
    near: frozenset[str]  # words of which every match has one, in lower case; empty where not known
    value: str | None
    examples: dict[str, str | list[str] | None]  # sentence with «matches» -> str(fact) of each
    rejects: tuple[str, ...]  # near misses: sentences in which this rule finds nothing

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Compiled when it is first tried: that takes milliseconds, and few texts need all rules."""
        return quick.compiled(self.source)


@dataclass(frozen=True, slots=True)
class RuleTable:
    name: str
    rules: tuple[Rule, ...]
    values: dict[str, dict[str, Worth]]
    audit: Rule | None  # looks like a fact; must lie inside one
    rule: Callable[[str], Rule]  # the rule of that name

    def worth(self, kind: str, word: str) -> Worth:
        """What a word is worth, whatever its case and spacing."""
        return self.values[kind][squash(word)]


@dataclass(frozen=True)
class Hit:
    """One place where a rule's pattern matched."""

    rule: Rule
    match: re.Match[str]

    @cached_property
    def groups(self) -> dict[str, str]:
        """The words of every named group, empty for those that took no part."""
        return self.match.groupdict("")

    @property
    def start(self) -> int:
        return self.match.start()

    @property
    def end(self) -> int:
        return self.match.end()

    def group(self, name: str) -> str:
        """The words of a named group, lower case; empty if it took no part."""
        taken = self.groups.get(name)
        return squash(taken) if taken else ""


def squash(word: str) -> str:
    return " ".join(word.lower().split())


@cache
def load_rules(name: str) -> RuleTable:
    """The rule table of that name. Raises KeyError for a row without name or pattern."""
    raw = tomllib.loads((RULES / f"{name}.toml").read_text(encoding="utf-8"))
    values = raw.get("values", {})
    slots: dict[str, Pattern] = {}
    written = {kind: alternation(words) for kind, words in values.items()} | raw.get("parts", {})
    slots.update({slot: Pattern(pattern, slots, FLAGS) for slot, pattern in written.items()})
    rules = tuple(read_rule(name, row, slots, raw.get("longest", 0)) for row in raw.get("rule", []))
    audit: dict[str, object] = {"name": "audit", "pattern": raw.get("audit"), "examples": [], "rejects": []}
    return RuleTable(
        name,
        rules,
        values,
        read_rule(name, audit, slots) if "audit" in raw else None,
        {rule.name: rule for rule in rules}.__getitem__,
    )


def read_rule(table: str, row: dict[str, object], slots: dict[str, Pattern], longest: int = 0) -> Rule:
    examples = row["examples"]
    assert isinstance(examples, dict | list)
    taught = dict(examples) if isinstance(examples, dict) else dict.fromkeys(examples)
    rejects, near = row["rejects"], row.get("near", [])
    assert isinstance(rejects, list)
    assert isinstance(near, list)
    value = row.get("value")
    return Rule(
        key=f"{table}/{row['name']}",
        name=str(row["name"]),
        source=Pattern(str(row["pattern"]), slots, FLAGS),
        longest=int(str(row.get("longest", longest))),
        near=frozenset(str(word) for word in near),
        value=None if value is None else str(value),
        examples=taught,
        rejects=tuple(rejects),
    )


def alternation(words: dict[str, Worth]) -> str:
    """A pattern for any of the words, the longest first; a space may be any space."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered) + ")"


@cache
def all_tables() -> tuple[RuleTable, ...]:
    return tuple(load_rules(path.stem) for path in sorted(RULES.glob("*.toml")))


@cache
def sieved_rules() -> tuple[Rule, ...]:
    """The rules and audits that are matched on whole documents."""
    tables = [table for table in all_tables() if table.name not in ELSEWHERE]
    return tuple(rule for table in tables for rule in (*table.rules, *filter(None, [table.audit])))


@cache
def versions() -> dict[str, str]:
    """A short hash of each rule that gives facts, by its id: other words or another pattern, another hash."""
    tables = [table for table in all_tables() if table.name not in ELSEWHERE]
    return {rule.key: version(rule, table) for table in tables for rule in table.rules}


def version(rule: Rule, table: RuleTable) -> str:
    """What the rule says, and what the words in its pattern are worth."""
    pattern = rule.source.text
    words = {kind: worth for kind, worth in table.values.items() if alternation(worth) in pattern}
    said = repr((pattern, rule.value, rule.longest, sorted(rule.near), words))
    return hashlib.sha256(said.encode()).hexdigest()[:8]


@cache
def fingerprint() -> str:
    """A hash of everything that reads facts: rule tables and code. Other rules, other facts."""
    files = sorted([*FOLDER.rglob("*.py"), *FOLDER.rglob("*.toml")])
    joined = b"\0".join(path.read_bytes() for path in files)
    return hashlib.sha256(joined).hexdigest()
