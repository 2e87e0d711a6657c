"""Corrections on their way through a run: what each changes in the database, and what becomes of it.

Facts and fields of documents come first, so that all that is made from them follows; then agreements
that are merged or split; then their fields and those of initiatives; then links.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from output.corrected import (
    THINGS,
    Edit,
    Item,
    Wish,
    correctable,
    echoes,
    fact_tables,
    find_fact,
    granted,
    wish_of,
)
from output.corrections import Correction, Judged, correction_rows, stored_correction
from output.database import Database, Difference, keep_rows, rows
from output.decisions import Decisions, Known, decide, decided_links
from output.identifiers import identifier_rows
from output.marked import with_edits, with_marks
from output.resolve import Resolved
from output.table import Row
from output.values import document_items, fact_items, value_row, values_before, write_edits

TEXTS = """
SELECT document_id AS id, text FROM document_versions
WHERE is_current = 1 AND document_id IN (SELECT value FROM json_each(?))
"""
NOTHING = Resolved((), (), (), (), (), (), (), {}, {})
RESOLVED = ("agreements", "initiatives")
DECISIONS = frozenset({"same", "agreement", "link"})


def stored_corrections(db: Database) -> list[Correction]:
    """The corrections that the database knows."""
    found = rows(db, "SELECT * FROM corrections ORDER BY id")
    return [stored_correction(number, row) for number, row in enumerate(found)]


def count_corrections(db: Database) -> dict[str, int]:
    """How many corrections became what."""
    found = rows(db, "SELECT status, count(*) AS n FROM corrections GROUP BY status ORDER BY status")
    return {str(row["status"]): int(str(row["n"])) for row in found}


def former_ids(db: Database, found: Resolved, names: Iterable[str]) -> dict[str, str]:
    """What each of these ids means now."""
    asked = set(names)
    return {
        str(row["id"]): str(row["document_id"] or row["agreement_id"] or row["initiative_id"])
        for row in identifier_rows(db, found)
        if row["id"] in asked
    }


class Replay:
    """One replay of all corrections. Its steps are called in the order in which they stand here."""

    def __init__(self, db: Database, corrections: Iterable[Correction]) -> None:
        self.db = db
        self.edits: list[Edit] = []
        self.judged: list[Judged] = []
        self.decisions = Decisions()
        asked = sorted(corrections, key=lambda correction: (correction.cells, correction.line))
        self.judged += [Judged(c, "invalid", c.problem) for c in asked if c.problem]
        self.asked = [replace(c, field=c.field.casefold()) if not c.problem else c for c in asked]
        self.open = [c for c in self.asked if not c.problem]
        names = {name for c in self.open for name in (c.target, c.quote, c.new)}
        self.aliases = former_ids(db, NOTHING, names) if names else {}
        self.latest: dict[str, str] = {}  # former ids after all decisions
        self.documents = self.present(
            "SELECT id FROM documents WHERE id IN (SELECT value FROM json_each(?))",
            {*names, *self.aliases.values()},
        )
        self.before = values_before(db)

    def present(self, sql: str, names: Iterable[str]) -> frozenset[str]:
        return frozenset(str(row["id"]) for row in rows(self.db, sql, json.dumps(sorted(names))))

    def document(self, key: str) -> str | None:
        """The document of an id; None if there is none."""
        found = key if key in self.documents else self.aliases.get(key, "")
        return found if found in self.documents else None

    def correct_documents(self) -> None:
        """Correct facts and fields of documents; restore what is corrected no longer."""
        facts = [c for c in self.open if "." in c.field]
        fields = [c for c in self.open if c.field in THINGS["documents"] and self.document(c.target)]
        named = {found for c in (*facts, *fields) if (found := self.document(c.target))}
        items = [*fact_items(self.db, named, self.before), *document_items(self.db, named)]
        texts = {str(row["id"]): str(row["text"]) for row in rows(self.db, TEXTS, json.dumps(sorted(named)))}
        by_id = {item.key: item for item in items if item.table == "documents"}
        columns = correctable()["documents"]
        self.grant(
            [
                *(self.fact_wish(c, items, texts) for c in facts),
                *(wish_of(c, by_id[self.document(c.target) or ""], columns[c.field]) for c in fields),
            ]
        )
        self.edits += echoes([edit for edit in self.edits if edit.table != "documents"], items)
        write_edits(self.db, self.edits, self.before)
        self.open = [c for c in self.open if c not in {*facts, *fields}]

    def fact_wish(
        self, correction: Correction, items: Sequence[Item], texts: Mapping[str, str]
    ) -> Wish | Judged:
        """The fact and the value that a correction means, or why it means none."""
        table, _, name = correction.field.partition(".")
        columns = correctable()
        if table not in fact_tables() or name not in columns[table]:
            can = ", ".join(columns[table]) if table in fact_tables() else ", ".join(fact_tables())
            return Judged(correction, "invalid", f"{correction.field} cannot be corrected; there are: {can}")
        document = self.document(correction.target)
        if document is None:
            return Judged(correction, "invalid", f"no document has the id {correction.target!r}")
        found = find_fact(correction, [i for i in items if i.document == document], texts[document])
        return found if isinstance(found, Judged) else wish_of(correction, found, columns[table][name])

    def grant(self, found: Iterable[Wish | Judged]) -> list[Edit]:
        """Note what becomes of these corrections; the values that they change."""
        every = list(found)
        edits, judged = granted(wish for wish in every if isinstance(wish, Wish))
        self.judged += [*judged, *(one for one in every if isinstance(one, Judged))]
        self.edits += edits
        return edits

    def resolved(
        self, claims: Sequence[Row], mentions: Sequence[Row], resolve: Callable[[Decisions], Resolved]
    ) -> Resolved:
        """Resolve with the decisions about agreements, and correct what comes of it."""
        found = resolve(Decisions())
        named = {key for c in self.open for key in (c.target, c.quote, c.new)}
        self.aliases |= former_ids(self.db, found, named) if named else {}
        asked = [c for c in self.open if c.field in {"same", "agreement"}]
        if asked:
            self.decisions, judged = decide(asked, self.known(found))
            found = resolve(self.decisions) if self.decisions != Decisions() else found
            self.judged += judged
            self.latest = former_ids(self.db, found, {way for key in named for way in self.ways(key)})
        return self.correct_things(with_marks(found, claims, mentions))

    def known(self, found: Resolved) -> Known:
        homes: dict[str, set[str]] = defaultdict(set)
        for row in found.agreement_documents:
            homes[str(row["document_id"])].add(str(row["agreement_id"]))
        return Known(
            self.documents,
            frozenset(str(row["id"]) for row in found.agreements),
            {key: frozenset(value) for key, value in homes.items()},
            self.aliases,
        )

    def correct_things(self, found: Resolved) -> Resolved:
        """Correct fields of agreements and initiatives."""
        things = {
            str(row["id"]): Item(table, str(row["id"]), row)
            for table in RESOLVED
            for row in getattr(found, table)
        }
        fields = [c for c in self.open if c.field not in DECISIONS]
        edits = self.grant([self.thing_wish(c, things) for c in fields])
        return with_edits(found, edits)

    def thing_wish(self, correction: Correction, things: Mapping[str, Item]) -> Wish | Judged:
        """The agreement or initiative and the value that a correction means, or why it means none."""
        item = next((things[key] for key in self.ways(correction.target) if key in things), None)
        table = "documents" if self.document(correction.target) else item.table if item else None
        if table is None:
            what = f"no document, agreement or initiative has the id {correction.target!r}"
            return Judged(correction, "invalid", f"{what}; copy it from the column id of its table")
        if item is None or correction.field not in THINGS[table]:
            can = ", ".join((*THINGS[table], "same" if table == "agreements" else "table.column of a fact"))
            return Judged(correction, "invalid", f"{correction.field} cannot be corrected; there are: {can}")
        return wish_of(correction, item, correctable()[table][correction.field])

    def ways(self, key: str) -> tuple[str, ...]:
        """The ids that an agreement or initiative may have now, the likeliest first."""
        old = self.aliases.get(key, key)
        found = (key, old, self.decisions.present(key), self.decisions.present(old))
        return (*found, *(self.latest[way] for way in found if way in self.latest))

    def decide_links(self, links: Sequence[Row]) -> list[Row]:
        """Links as the rules propose them, with a human's word about them."""
        ids = {str(row["id"]) for row in rows(self.db, "SELECT id FROM initiatives")}
        asked = [c for c in self.open if c.field == "link"]
        named = {key for c in asked for key in (c.target, c.quote)}
        present = {key: way for key in named for way in reversed(self.ways(key)) if way in ids}
        found, judged = decided_links(links, asked, present)
        self.judged += judged
        return found

    def keep(self) -> dict[str, list[Difference]]:
        """Write what became of every correction, and what was read where it applies; what is new of it."""
        key = ("table_name", "row_id", "field")
        return {
            "corrections": keep_rows(self.db, "corrections", ("id",), correction_rows(self.judged)),
            "corrected_values": keep_rows(self.db, "corrected_values", key, map(value_row, self.edits)),
        }
