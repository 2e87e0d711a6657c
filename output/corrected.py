"""Corrections of values: which may be corrected, whether a correction fits what was read, and what follows
from it. Pure.

A value is corrected only where the old value of the correction is what stands there; what the tables
do not allow, and what two people say differently, stays as it was read.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from output.cells import NoValueError, read_value, same_words, words_pattern
from output.corrections import Correction, Judged
from output.database import broken_rule
from output.schema import all_tables
from output.table import Column, Row, Value

MADE = frozenset({"id", "mention_id", "corrected", "position", "additive"})  # columns that nobody reads
THINGS = {
    "documents": ("title", "kind", "issuer", "published_on"),
    "agreements": (
        "title", "programme_year", "agreed_on", "total_min_dkk", "total_max_dkk", "start_year", "end_year",
        "initiative_count",
    ),
    "initiatives": ("title", "core_title", "area", "target_group"),
}  # fmt: skip
# one number or day in two columns: where they were equal, what corrects one corrects both
TWINS = (("min_dkk", "max_dkk"), ("start_on", "end_on"), ("total_min_dkk", "total_max_dkk"))
# what else in a document says the same: a sum in the role of its total is the total of its agreement
ECHOES = (
    ("amounts", "min_dkk", "role", "total", "agreement_mentions", "total_min_dkk"),
    ("amounts", "max_dkk", "role", "total", "agreement_mentions", "total_max_dkk"),
    ("amounts", "start_year", "role", "total", "agreement_mentions", "start_year"),
    ("amounts", "end_year", "role", "total", "agreement_mentions", "end_year"),
    ("count_claims", "number", "scope", "total", "agreement_mentions", "initiative_count"),
    ("dates", "start_on", "role", "agreed", "agreement_mentions", "agreed_on"),
    ("dates", "start_on", "role", "deadline", "pools", "deadline_on"),
    ("amounts", "min_dkk", "role", "pool", "pools", "amount_dkk"),
)


@dataclass(frozen=True, slots=True)
class Item:
    """A row whose values can be corrected, with its values as they were read."""

    table: str
    key: str  # mention_id of a fact, id of a thing
    values: Row
    document: str = ""  # of a fact
    quote: str = ""
    start: int = 0
    end: int = 0


class Wish(NamedTuple):
    """A correction that makes sense: this value in that column of that row."""

    correction: Correction
    item: Item
    field: str
    value: Value

    @property
    def place(self) -> tuple[str, str, str]:
        return self.item.table, self.item.key, self.field


class Edit(NamedTuple):
    """One value that a correction replaces."""

    table: str
    key: str
    field: str
    before: Value
    after: Value
    correction_id: str


def correctable() -> dict[str, dict[str, Column]]:
    """The columns that can be corrected, by table: what was read, and the fields of things."""
    found = {}
    for table in all_tables():
        columns = {column.name: column for column in table.columns}
        if table.name in THINGS:
            found[table.name] = {name: columns[name] for name in THINGS[table.name]}
        elif {"mention_id", "corrected"} <= columns.keys():
            found[table.name] = {
                name: column
                for name, column in columns.items()
                if name not in MADE and not name.endswith("_id")
            }
    return found


def fact_tables() -> list[str]:
    """The tables of facts with values that can be corrected."""
    return [name for name in correctable() if name not in THINGS]


def find_fact(correction: Correction, facts: Sequence[Item], text: str) -> Item | Judged:
    """The fact that has these words, or else the only one inside them in the text."""
    table = correction.field.partition(".")[0]
    own = [fact for fact in facts if fact.table == table]
    found = [fact for fact in own if fact.key == correction.quote or same_words(fact.quote, correction.quote)]
    if not found and correction.quote:
        places = [m.span() for m in words_pattern(correction.quote).finditer(text)]
        found = [f for f in own if any(start <= f.start and f.end <= end for start, end in places)]
    if len(found) == 1:
        return found[0]
    if found:
        advice = "quote more of the sentence around the one that is meant, or its mention_id"
        return Judged(correction, "invalid", f"{len(found)} {table} have these words; {advice}")
    if not correction.quote:
        return Judged(correction, "invalid", "quote is empty; copy the words of the fact from the view facts")
    advice = "see the document's facts with: puljespor show"
    return Judged(correction, "stale", f"the document has no {table} with these words any more; {advice}")


def wish_of(correction: Correction, item: Item, column: Column) -> Wish | Judged:
    """The correction as a value for this column of this row, or why it is none."""
    read = item.values[column.name]
    try:
        value = read_value(correction.new, column)
        fits = same_value(correction.old, read, column)
    except NoValueError as error:
        return Judged(correction, "invalid", str(error))
    if fits:
        return Wish(correction, item, column.name, value)
    now = "nothing" if read is None else repr(read)
    if read == value:
        return Judged(correction, "stale", f"{now} is what is read there now; the line can go")
    return Judged(
        correction, "stale", f"what is read there is {now}; look again, and write that as the old value"
    )


def same_value(cell: str, value: Value, column: Column) -> bool:
    """Does a cell say this value? Raises NoValueError for one that no value can be."""
    if isinstance(value, str) and same_words(cell, value):
        return True
    return (read_value(cell, column) if cell else None) == value


def granted(wishes: Iterable[Wish]) -> tuple[list[Edit], list[Judged]]:
    """The values to write, and what becomes of each correction; the order of the wishes does not matter."""
    agreed, judged = without_conflicts(wishes)
    edits: list[Edit] = []
    by_row: dict[tuple[str, str], list[Wish]] = defaultdict(list)
    for wish in agreed:
        by_row[wish.place[:2]].append(wish)
    for group in by_row.values():
        kept, broken = allowed(group)
        edits += edits_of(kept)
        judged += broken
        judged += [Judged(w.correction, "applied", note_of(w)) for w in kept]
    return edits, judged


def note_of(wish: Wish) -> str:
    read = wish.item.values[wish.field]
    return f"read as {'nothing' if read is None else repr(read)}"


def without_conflicts(wishes: Iterable[Wish]) -> tuple[list[Wish], list[Judged]]:
    """The wishes for each value that agree with each other, and the others, each naming its contrary."""
    by_place: dict[tuple[str, str, str], list[Wish]] = defaultdict(list)
    for wish in wishes:
        by_place[wish.place].append(wish)
    agreed: list[Wish] = []
    judged: list[Judged] = []
    for group in by_place.values():
        if len({wish.value for wish in group}) == 1:
            agreed += group
            continue
        for wish in group:
            others = [w.correction for w in group if w.value != wish.value]
            judged.append(conflict(wish.correction, others))
    return agreed, judged


def conflict(correction: Correction, others: Sequence[Correction]) -> Judged:
    """A correction that others contradict: none of them is applied."""
    words = "; ".join(sorted({other.words for other in others}))
    return Judged(correction, "conflicting", f"contradicts {words}; neither is applied: remove one")


def allowed(group: Sequence[Wish]) -> tuple[list[Wish], list[Judged]]:
    """The wishes for one row that its table's rules allow together; else those that they allow alone."""
    if broken(group) is None:
        return list(group), []
    alone = [wish for wish in group if broken([wish]) is None]
    kept = alone if alone and broken(alone) is None else []
    judged = [
        Judged(wish.correction, "invalid", f"the table does not allow it: {broken([wish]) or broken(group)}")
        for wish in group
        if wish not in kept
    ]
    return kept, judged


def broken(group: Sequence[Wish]) -> str | None:
    """The rule of its table that a row breaks with these values."""
    item = group[0].item
    values = {edit.field: edit.after for edit in edits_of(group)}
    return broken_rule(item.table, {**item.values, **values})


def edits_of(group: Sequence[Wish]) -> list[Edit]:
    """The values of one row that change, with the twin of one that was corrected alone."""
    edits: dict[str, Edit] = {}
    for wish in sorted(group, key=lambda wish: wish.correction.cells):
        read, key = wish.item.values, wish.correction.id
        new = Edit(wish.item.table, wish.item.key, wish.field, read[wish.field], wish.value, key)
        edits.setdefault(wish.field, new)
    for edit in list(edits.values()):
        twin = twin_of(edit.field)
        if twin and group[0].item.values.get(twin, edit) == edit.before is not None:
            edits.setdefault(twin, edit._replace(field=twin))
    return list(edits.values())


def twin_of(field: str) -> str | None:
    return next((two[1 - two.index(field)] for two in TWINS if field in two), None)


def echoes(edits: Sequence[Edit], facts: Iterable[Item]) -> list[Edit]:
    """What follows in the same document, where nothing else in it still says the old value."""
    by_document: dict[str, list[Item]] = defaultdict(list)
    home: dict[tuple[str, str], str] = {}
    for fact in facts:
        by_document[fact.document].append(fact)
        home[fact.table, fact.key] = fact.document
    places = {edit[:3] for edit in edits}
    found: dict[tuple[str, str, str], Edit] = {}
    for edit in sorted(edits, key=lambda edit: (edit[:3], edit.correction_id)):
        for new in echoes_of(edit, by_document[home[edit.table, edit.key]], places):
            found.setdefault(new[:3], new)
    return list(found.values())


def echoes_of(edit: Edit, facts: Sequence[Item], places: set[tuple[str, str, str]]) -> list[Edit]:
    """The same value in other tables of the document."""
    found: list[Edit] = []
    own = next(fact.values for fact in facts if (fact.table, fact.key) == (edit.table, edit.key))
    for table, field, mark, word, target, column in ECHOES:
        if (table, field) != (edit.table, edit.field) or own[mark] != word or edit.before is None:
            continue
        again = [f for f in facts if f.table == table and says(f.values, {field: edit.before, mark: word})]
        if all((table, fact.key, field) in places for fact in again):
            found += [
                Edit(target, fact.key, column, edit.before, edit.after, edit.correction_id)
                for fact in facts
                if fact.table == target and fact.values[column] == edit.before
                and (target, fact.key, column) not in places
            ]  # fmt: skip
    return found


def says(values: Row, wanted: Mapping[str, Value]) -> bool:
    return all(values[name] == value for name, value in wanted.items())
