"""Agreements and initiatives that say which of their values a human corrected. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from output.corrected import Edit
from output.resolve import Resolved
from output.table import Row

Marks = dict[str, set[str]]  # id of a thing -> its corrected columns


def with_marks(found: Resolved, claims: Sequence[Row], mentions: Sequence[Row]) -> Resolved:
    """Things marked where a value came from a corrected fact, or the title from a corrected document."""
    agreements: Marks = marks(claims, found.mentions, "mention_id", found.agreements)
    best = {row["preferred_document_id"]: str(row["id"]) for row in found.agreements}
    for claim in claims:
        if claim["document_id"] in best and "title" in columns(claim["document_corrected"]):
            agreements[best[claim["document_id"]]].add("title")
    initiatives = marks(mentions, found.initiative_mentions, "id", found.initiatives)
    return replace(
        found,
        agreements=tuple(marked(row, agreements) for row in found.agreements),
        initiatives=tuple(marked(row, initiatives) for row in found.initiatives),
    )


def marks(facts: Iterable[Row], meant: Mapping[str, str], key: str, things: Iterable[Row]) -> Marks:
    """The columns in which a thing holds the value of a corrected fact."""
    by_id = {str(row["id"]): row for row in things}
    found: Marks = defaultdict(set)
    for fact in facts:
        thing = by_id.get(meant.get(str(fact[key]), ""))
        if thing and fact["corrected"]:
            names = columns(fact["corrected"]) & thing.keys()
            found[str(thing["id"])] |= {name for name in names if thing[name] == fact[name]}
    return found


def columns(corrected: object) -> set[str]:
    return set(str(corrected).split(", ")) if corrected else set()


def marked(row: Row, found: Marks) -> Row:
    names = columns(row.get("corrected")) | found.get(str(row["id"]), set())
    return {**row, "corrected": ", ".join(sorted(names)) or None}


def with_edits(found: Resolved, edits: Iterable[Edit]) -> Resolved:
    """Agreements and initiatives with the values that a human corrected."""
    wanted: dict[tuple[str, str], Row] = defaultdict(dict)
    for edit in edits:
        wanted[edit.table, edit.key][edit.field] = edit.after

    def corrected(table: str, row: Row) -> Row:
        values = wanted.get((table, str(row["id"])), {})
        return marked({**row, **values}, {str(row["id"]): set(values)})

    return replace(
        found,
        agreements=tuple(corrected("agreements", row) for row in found.agreements),
        initiatives=tuple(corrected("initiatives", row) for row in found.initiatives),
    )
