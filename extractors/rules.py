"""Rules as data: reads extractors/rules/*.toml into compiled patterns.

A table has `values` (what a Danish word is worth) and rules. In a pattern `{scale}` stands for the
words of values.scale, longest first, and `{number}` for the pattern of that name under `parts`.
"""

import hashlib
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
RULES = FOLDER / "rules"
SLOT = re.compile(r"\{([a-z_]+)\}")

Worth = int | float | str


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of a rule table. Named groups of the pattern are read by the reader."""

    name: str
    pattern: re.Pattern[str]
    value: str | None
    examples: dict[str, str | list[str] | None]  # sentence with «matches» -> str(fact) of each
    rejects: tuple[str, ...]  # near misses: sentences in which this rule finds nothing


@dataclass(frozen=True, slots=True)
class RuleTable:
    name: str
    rules: tuple[Rule, ...]
    values: dict[str, dict[str, Worth]]
    audit: re.Pattern[str] | None  # looks like a fact; must lie inside one

    def rule(self, name: str) -> Rule:
        return next(rule for rule in self.rules if rule.name == name)

    def worth(self, kind: str, word: str) -> Worth:
        """What a word is worth, whatever its case and spacing."""
        return self.values[kind][squash(word)]


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where a rule's pattern matched."""

    rule: Rule
    match: re.Match[str]

    @property
    def start(self) -> int:
        return self.match.start()

    @property
    def end(self) -> int:
        return self.match.end()

    def group(self, name: str) -> str:
        """The words of a named group, lower case; empty if it took no part."""
        return squash(self.match.groupdict().get(name) or "")


def squash(word: str) -> str:
    return " ".join(word.lower().split())


@cache
def load_rules(name: str) -> RuleTable:
    """The rule table of that name, compiled. Raises KeyError for a row without name or pattern."""
    raw = tomllib.loads((RULES / f"{name}.toml").read_text(encoding="utf-8"))
    values = raw.get("values", {})
    slots = {kind: alternation(words) for kind, words in values.items()}
    for part, pattern in raw.get("parts", {}).items():
        slots[part] = fill(pattern, slots)
    rules = tuple(read_rule(row, slots) for row in raw.get("rule", []))
    audit = compiled(raw["audit"], slots) if "audit" in raw else None
    return RuleTable(name, rules, values, audit)


def read_rule(row: dict[str, object], slots: dict[str, str]) -> Rule:
    examples = row["examples"]
    assert isinstance(examples, dict | list)
    taught = dict(examples) if isinstance(examples, dict) else dict.fromkeys(examples)
    rejects = row["rejects"]
    assert isinstance(rejects, list)
    value = row.get("value")
    return Rule(
        name=str(row["name"]),
        pattern=compiled(str(row["pattern"]), slots),
        value=None if value is None else str(value),
        examples=taught,
        rejects=tuple(rejects),
    )


def alternation(words: dict[str, Worth]) -> str:
    """A pattern for any of the words, the longest first; a space may be any space."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered) + ")"


def fill(pattern: str, slots: dict[str, str]) -> str:
    return SLOT.sub(lambda slot: slots[slot[1]], pattern)


def compiled(pattern: str, slots: dict[str, str]) -> re.Pattern[str]:
    return re.compile(fill(pattern, slots), re.IGNORECASE | re.VERBOSE)


def find_hits(table: RuleTable, text: str, start: int = 0, end: int | None = None) -> list[Hit]:
    """All hits of a table, none overlapping another; an earlier rule wins over a later one."""
    found: list[Hit] = []
    taken = bytearray(len(text) + 1)
    stop = len(text) if end is None else end
    for rule in table.rules:
        for match in rule.pattern.finditer(text, start, stop):
            a, b = match.span()
            if a < b and not any(taken[a:b]):
                taken[a:b] = b"\x01" * (b - a)
                found.append(Hit(rule, match))
    return sorted(found, key=lambda hit: hit.start)


def all_values(table: RuleTable, text: str) -> Iterator[tuple[Rule, re.Match[str]]]:
    """Every rule of a table that is found in the text, with its first match."""
    for rule in table.rules:
        if match := rule.pattern.search(text):
            yield rule, match


@cache
def all_tables() -> tuple[RuleTable, ...]:
    return tuple(load_rules(path.stem) for path in sorted(RULES.glob("*.toml")))


@cache
def fingerprint() -> str:
    """A hash of everything that reads facts: rule tables and code. Other rules, other facts."""
    files = sorted([*FOLDER.rglob("*.py"), *FOLDER.rglob("*.toml")])
    joined = b"\0".join(path.read_bytes() for path in files)
    return hashlib.sha256(joined).hexdigest()
