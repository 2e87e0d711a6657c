"""The history of the database: each run, what became of each input, and what it changed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from output.changes import DOCUMENTS, TRACKED, document_changes, state_of, thing_changes
from output.database import Database, copy_rows, differences, execute, insert, rows, scalar, transaction
from output.table import Row

RunKind = Literal["ingest", "rebuild", "correct"]
THINGS = tuple(tracked.kind for tracked in (DOCUMENTS, *TRACKED.values()))
HISTORY = ("runs", "run_documents", "changes")
NOTE = """
INSERT INTO run_documents (run_id, url, document_id, outcome, reason) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (run_id, url) DO UPDATE
SET document_id = excluded.document_id, outcome = excluded.outcome, reason = excluded.reason
WHERE excluded.outcome <> 'unchanged'
"""
INPUTS = """
SELECT c.id, c.location_url AS url, v.document_id, c.outcome, c.reason
FROM captures c LEFT JOIN document_versions v ON v.id = c.document_version_id
ORDER BY c.position
"""
# facts have a document; of the things that have one too, none is called as a fact is
FACTS_CHANGED = f"""
SELECT action, count(*) AS n FROM changes
WHERE run_id = ? AND document_id IS NOT NULL
    AND (kind IN ('agreement', 'initiative') OR kind NOT IN ({", ".join("?" * len(THINGS))}))
GROUP BY action
"""
SINCE = """
SELECT * FROM what_changed_since WHERE run_id = ?
ORDER BY document_id IS NULL, document_id, kind <> 'document', kind, thing, field, change_id
"""


@dataclass(frozen=True, slots=True)
class Run:
    """A run, as the table has it once it brought or changed something."""

    id: str
    started_at: str  # ISO, UTC
    kind: RunKind
    rules_sha256: str


@dataclass(frozen=True, slots=True)
class Input:
    """What became of one address or path in a run."""

    url: str
    document_id: str | None
    outcome: str
    reason: str | None = None


def free_id(db: Database, started_at: str) -> str:
    """An id for a run that begins now: its time, with a number where another began in that moment."""
    same = scalar(db, "SELECT count(*) FROM runs WHERE started_at = ?", started_at)
    return f"{started_at}#{int(str(same)) + 1}" if same else started_at


def begin(db: Database, run: Run) -> None:
    """Give the run its row, at its first news."""
    row: Row = {
        "id": run.id,
        "started_at": run.started_at,
        "ended_at": None,
        "kind": run.kind,
        "rules_sha256": run.rules_sha256,
    }
    insert(db, "runs", [row], shared=True)


def record(db: Database, run: Run | None, source: str, changes: Sequence[Row]) -> None:
    """Changes of a run, in the transaction that makes them; `source` names it among those of the run."""
    if run is None or not changes:
        return
    begin(db, run)
    stem = f"{run.id} {source}"
    new: list[Row] = [
        {"id": f"{stem} {number:06}", "run_id": run.id, **row} for number, row in enumerate(changes, 1)
    ]
    insert(db, "changes", new)


def note_inputs(db: Database, run: Run, inputs: Iterable[Input]) -> None:
    """What became of inputs; of an input that came twice what was news stays."""
    begin(db, run)
    for each in inputs:
        execute(db, NOTE, run.id, each.url, each.document_id, each.outcome, each.reason)


def end(db: Database, run: Run, ended_at: str, inputs: Iterable[Input]) -> None:
    """Close a run that brought something; one without news leaves the database as it was."""
    if not scalar(db, "SELECT 1 FROM runs WHERE id = ?", run.id):
        return
    with transaction(db):
        note_inputs(db, run, inputs)
        execute(db, "UPDATE runs SET ended_at = ? WHERE id = ?", ended_at, run.id)


def facts_changed(db: Database, run_id: str) -> dict[str, int]:
    """How many facts a run added, changed and removed."""
    return {str(row["action"]): int(str(row["n"])) for row in rows(db, FACTS_CHANGED, run_id, *THINGS)}


def carry_over(old: Database, new: Database, run: Run) -> None:
    """Give a database that was made anew the history of the old one, and tell what differs as this run's."""
    with transaction(new):
        for table in HISTORY:
            copy_rows(old, new, table)
        known = {row["id"] for row in rows(old, "SELECT id FROM captures")}
        inputs = [
            Input(str(row["url"]), text(row["document_id"]), str(row["outcome"]), text(row["reason"]))
            for row in rows(new, INPUTS)
            if row["id"] not in known
        ]
        if inputs:
            note_inputs(new, run, inputs)
        for source, changes in differ(old, new):
            record(new, run, f"anew {source}", changes)


def text(value: object) -> str | None:
    return None if value is None else str(value)


def differ(old: Database, new: Database) -> Iterator[tuple[str, list[Row]]]:
    """All that two databases say otherwise: document by document with its facts, then their things."""
    ids = {str(row["id"]) for db in (old, new) for row in rows(db, "SELECT id FROM documents")}
    for key in sorted(ids):
        yield key, document_changes(state_of(old, key), state_of(new, key))
    for table, tracked in TRACKED.items():
        sql = f"SELECT * FROM {table}"
        yield table, thing_changes(tracked, differences(tracked.key, rows(old, sql), rows(new, sql)))


def runs_since(db: Database, day: str) -> list[Row]:
    """The runs that began on this day (ISO, UTC) or later."""
    return rows(db, "SELECT * FROM runs WHERE started_at >= ? ORDER BY started_at, id", day)


def last_run(db: Database) -> Row | None:
    """The last run that brought or changed something."""
    return next(iter(rows(db, "SELECT * FROM runs ORDER BY started_at DESC, id DESC LIMIT 1")), None)


def changes_of(db: Database, run_id: str) -> Iterator[Row]:
    """What a run changed, document by document, then what belongs to none."""
    return iter(rows(db, SINCE, run_id))


def inputs_of(db: Database, run_id: str) -> list[Row]:
    """What became of the inputs of a run."""
    return rows(db, "SELECT * FROM run_documents WHERE run_id = ? ORDER BY outcome, url", run_id)
