"""What differs between two states of a document, or of what is made from documents: functions over rows."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import NamedTuple

from output.database import Database, Difference, rows
from output.table import Row, Value

DOCUMENT = "SELECT * FROM documents WHERE id = ?"
VERSION = "SELECT id, text FROM document_versions WHERE document_id = ? AND is_current = 1"
# the ids of a version's mentions begin with its own id: a range that every table's key can search.
# What is additive is decided when all documents are known, and is nothing that a text says.
FACTS = """
SELECT kind, quote, rule, value, replace(coalesce(detail, ''), ', additive', '') AS detail, start_char
FROM facts WHERE mention_id > ? || ':' AND mention_id < ? || ';'
ORDER BY start_char, kind, mention_id
"""
AROUND = 30  # characters on either side that tell where in a sentence a fact stands
FIGURES = re.compile(r"\d[\d.,]*")
MEASURED = frozenset({"amount", "date", "count", "effect"})  # one may take another's place
NAMES = frozenset({"party", "person", "organisation", "method", "target_group"})  # one may not


class Tracked(NamedTuple):
    """A table of things whose changes are told: their name, their key, the columns that are news."""

    kind: str
    key: tuple[str, ...]
    told: tuple[str, ...]
    about: tuple[str, ...] = ()  # where a key tells a value too: the columns that say what it is about


DOCUMENTS = Tracked("document", ("id",), ("id", "title", "kind", "issuer", "published_on", "updated_on"))
TRACKED = {
    "agreements": Tracked(
        "agreement",
        ("id",),
        (
            "title",
            "programme_year",
            "agreed_on",
            "total_min_dkk",
            "total_max_dkk",
            "start_year",
            "end_year",
            "initiative_count",
            "preferred_document_id",
        ),
    ),
    "agreement_documents": Tracked("agreement_document", ("agreement_id", "document_id"), ("relation",)),
    "agreement_parties": Tracked("agreement_party", ("agreement_id", "party_id"), ("role",)),
    "document_links": Tracked("document_link", ("from_document_id", "to_document_id"), ("relation",)),
    "initiatives": Tracked("initiative", ("id",), ("title", "agreement_id", "area", "target_group")),
    "initiative_phases": Tracked("initiative_phase", ("initiative_id", "phase"), ()),
    "initiative_links": Tracked("link", ("from_initiative_id", "to_initiative_id"), ("relation", "status")),
    "checks": Tracked("check", ("id",), ("status",), about=("kind", "agreement_id", "document_id")),
    "corrections": Tracked("correction", ("id",), ("target", "field", "new_value", "status")),
    "corrected_values": Tracked("corrected_value", ("table_name", "row_id", "field"), ("after",)),
}


class Fact(NamedTuple):
    """A fact as it is compared: its words, what was read, and the words around it, figures left out."""

    kind: str
    quote: str
    said: str
    detail: str
    rule: str
    around: tuple[str, str]


class State(NamedTuple):
    """A document as the database has it: its row, and the facts of its current version in text order."""

    document: Row | None
    facts: list[Fact]


Key = Callable[[Fact], Hashable | None]
Pairs = list[tuple[Fact, Fact]]


def state_of(db: Database, document_id: str) -> State:
    """The document and its facts; nothing for one that is not there (yet)."""
    document = next(iter(rows(db, DOCUMENT, document_id)), None)
    facts = [
        read_fact(fact, str(version["text"]))
        for version in rows(db, VERSION, document_id)
        for fact in rows(db, FACTS, version["id"], version["id"])
    ]
    return State(document, facts)


def read_fact(row: Row, text: str) -> Fact:
    """A row of the view `facts` with the words around it, on its own line."""
    quote, start = str(row["quote"]), int(str(row["start_char"]))
    end = start + len(quote)
    before = text[max(0, start - AROUND) : start].rpartition("\n")[2]
    after = text[end : end + AROUND].partition("\n")[0]
    said = f"{row['value']} ({row['detail']})" if row["detail"] else str(row["value"])
    around = (FIGURES.sub("0", before), FIGURES.sub("0", after))
    return Fact(str(row["kind"]), quote, said, str(row["detail"]), str(row["rule"]), around)


def document_changes(before: State, after: State) -> list[Row]:
    """What became of a document and of its facts: rows of `changes` without run and id."""
    document = after.document or before.document
    if document is None:
        return []
    own = thing_changes(DOCUMENTS, [Difference(before.document, after.document)])
    found = [*own, *fact_changes(before.facts, after.facts)]
    return [{**row, "document_id": document["id"]} for row in found]


def fact_changes(before: Sequence[Fact], after: Sequence[Fact]) -> list[Row]:
    """Facts added, changed and removed. What is the same falls out first; then one fact is another
    changed where they have the same words, or stand between the same words, or where both are the
    only ones left of their kind, rule and role.
    """
    _, old, new = pair(before, after, lambda fact: (fact.kind, fact.quote, fact.said))
    changed: Pairs = []
    for key in (same_words, same_place):
        found, old, new = pair(old, new, key)
        changed += found
    found, old, new = pair(old, new, alone(old, new))
    told = [fact_row("changed", was, now) for was, now in [*changed, *found]]
    told += [fact_row("removed", was, None) for was in old]
    told += [fact_row("added", None, now) for now in new]
    return sorted(told, key=in_order)


def same_words(fact: Fact) -> Hashable:
    return fact.kind, fact.quote


def same_place(fact: Fact) -> Hashable | None:
    """A name in the place of another is another name, not a changed one."""
    return (fact.kind, fact.around) if fact.kind not in NAMES and any(fact.around) else None


def alone(*sides: Sequence[Fact]) -> Key:
    """A key for measures that are the only ones of their kind, rule and role on each side."""
    counts = [Counter((fact.kind, fact.rule, fact.detail) for fact in facts) for facts in sides]

    def key(fact: Fact) -> Hashable | None:
        role = (fact.kind, fact.rule, fact.detail)
        return role if fact.kind in MEASURED and all(count[role] == 1 for count in counts) else None

    return key


def pair(old: Sequence[Fact], new: Sequence[Fact], key: Key) -> tuple[Pairs, list[Fact], list[Fact]]:
    """Facts of both sides with the same key, in text order, and those left over; key None has no partner."""
    waiting: dict[Hashable, list[int]] = defaultdict(list)
    for index in range(len(new) - 1, -1, -1):
        waiting[key(new[index])].append(index)
    waiting.pop(None, None)
    pairs: Pairs = []
    left, taken = [], set[int]()
    for fact in old:
        partners = waiting.get(key(fact))
        if partners:
            taken.add(partners[-1])
            pairs.append((fact, new[partners.pop()]))
        else:
            left.append(fact)
    return pairs, left, [fact for index, fact in enumerate(new) if index not in taken]


def fact_row(action: str, was: Fact | None, now: Fact | None) -> Row:
    fact = now or was
    assert fact
    return {
        "document_id": None,
        "kind": fact.kind,
        "thing": fact.quote,
        "thing_before": was.quote if was and was.quote != fact.quote else None,
        "field": None,
        "action": action,
        "before": was.said if was else None,
        "after": now.said if now else None,
    }


def thing_changes(tracked: Tracked, differences: Iterable[Difference]) -> list[Row]:
    """Things added and removed, a row each; a row for every told column that changed."""
    found = rejoined(tracked, list(differences)) if tracked.about else differences
    return sorted((row for each in found for row in told(tracked, each)), key=in_order)


def rejoined(tracked: Tracked, differences: Sequence[Difference]) -> list[Difference]:
    """A thing whose key changed with its value is one thing: the only one gone and the only one new
    about the same."""
    groups: dict[tuple[Value, ...], list[Difference]] = defaultdict(list)
    for found in differences:
        row = found.after or found.before or {}
        groups[tuple(row[column] for column in tracked.about)].append(found)
    joined = []
    for group in groups.values():
        gone = [found.before for found in group if found.after is None]
        new = [found.after for found in group if found.before is None]
        one = len(group) == len(("gone", "new")) and len(gone) == len(new) == 1
        joined += [Difference(gone[0], new[0])] if one else group
    return joined


def told(tracked: Tracked, found: Difference) -> Iterator[Row]:
    before, after = found
    row = after or before
    if row is None:
        return
    thing: Row = {
        "document_id": row.get("document_id"),
        "kind": tracked.kind,
        "thing": " ".join(str(row[column]) for column in tracked.key),
        "thing_before": None,
        "field": None,
    }
    if before is None or after is None:
        action = "added" if before is None else "removed"
        yield {
            **thing,
            "action": action,
            "before": summary(tracked, before),
            "after": summary(tracked, after),
        }
        return
    for column in tracked.told:
        was, now = before.get(column), after.get(column, before.get(column))  # not named: not touched
        if was != now:
            values = {"before": as_text(was), "after": as_text(now)}
            yield {**thing, "field": column, "action": "changed", **values}


def summary(tracked: Tracked, row: Row | None) -> str | None:
    """What a thing says of itself, on one line."""
    if row is None:
        return None
    columns = [column for column in tracked.told if column not in tracked.key]
    known = [(column, row[column]) for column in columns if row.get(column) is not None]
    if len(columns) == 1:
        return ", ".join(str(value) for _, value in known)
    return ", ".join(f"{column} {value}" for column, value in known)


def as_text(value: Value) -> str | None:
    return None if value is None else str(value)


def in_order(row: Row) -> tuple[str, ...]:
    """By content: a run that finds the same tells it in the same order."""
    names = ("kind", "thing", "field", "action", "before", "after", "thing_before")
    return tuple(str(row[name] or "") for name in names)
