"""How it came about: runs, what they changed, a human's corrections, the rules."""

from output.table import Column, Table, one_of

RUN = "TEXT NOT NULL REFERENCES runs(id)"

RUNS = Table(
    name="runs",
    order=0,
    description="Each run that brought or changed something; a run without news leaves the database as it was.",
    columns=(
        Column("id", "TEXT PRIMARY KEY", "when it began; with a number where several began in one moment"),
        Column("started_at", "TEXT NOT NULL", "when it began, ISO, UTC"),
        Column("ended_at", "TEXT", "when it was done; empty for one that was stopped"),
        Column("kind", one_of("kind", "ingest", "rebuild", "correct"), "what was asked for"),
        Column("rules_sha256", "TEXT NOT NULL", "the rules and readers it read with"),
    ),
    facets=("kind",),
)

RUN_DOCUMENTS = Table(
    name="run_documents",
    order=1,
    description="What became of each input in a run.",
    columns=(
        Column("run_id", RUN, "the run"),
        Column("url", "TEXT NOT NULL", "the address or path"),
        Column("document_id", "TEXT", "the document; empty for what could not be read"),
        Column(
            "outcome",
            one_of("outcome", "new", "changed", "unchanged", "duplicate", "failed", "gone"),
            "what became of it",
        ),
        Column("reason", "TEXT", "why it failed"),
    ),
    constraints=("PRIMARY KEY (run_id, url)",),
    indexes=("document_id",),
    facets=("outcome",),
)

CHANGES = Table(
    name="changes",
    order=1,
    description="What a run added, changed or removed, fact by fact and thing by thing.",
    columns=(
        Column("id", "TEXT PRIMARY KEY", "the run, the record it comes from, and a number"),
        Column("run_id", RUN, "the run"),
        Column("document_id", "TEXT", "the document of a fact; empty for a thing of several documents"),
        Column(
            "kind",
            "TEXT NOT NULL",
            "sort of fact as in the view facts (with a document), or document, agreement, initiative, link, check …",
        ),
        Column("thing", "TEXT NOT NULL", "the words of a fact, the id of a thing"),
        Column("thing_before", "TEXT", "the words of a changed fact before, where they were others"),
        Column("field", "TEXT", "which value of a thing; empty for a fact, and for all of a thing"),
        Column("action", one_of("action", "added", "changed", "removed"), "what happened"),
        Column("before", "TEXT", "what was said before"),
        Column("after", "TEXT", "what is said now"),
    ),
    indexes=("run_id", "document_id"),
    facets=("kind", "action"),
)

CORRECTIONS = Table(
    name="corrections",
    order=0,
    description="A human's corrections out of the corrections file, replayed on every run, and what became of each.",
    columns=(
        Column("id", "TEXT PRIMARY KEY", "a hash of the row; where it stands in the file does not matter"),
        Column("target", "TEXT NOT NULL", "id of the document, agreement or initiative"),
        Column("field", "TEXT NOT NULL", "which value, or same, agreement, link"),
        Column("quote", "TEXT", "the words of the fact, or the other thing's id"),
        Column("old_value", "TEXT", "what the database says without the correction"),
        Column("new_value", "TEXT", "what it shall say"),
        Column("who", "TEXT NOT NULL", "who corrected it"),
        Column("why", "TEXT NOT NULL", "why"),
        Column("made_on", "TEXT NOT NULL", "when, ISO; as written where it is no day"),
        Column(
            "status",
            one_of("status", "applied", "stale", "conflicting", "invalid"),
            "applied; stale: the source says something else now; conflicting with another; or a row that makes no sense",
        ),
        Column("note", "TEXT NOT NULL", "the status in words, and what to do"),
    ),
    facets=("status", "field"),
)

CORRECTED_VALUES = Table(
    name="corrected_values",
    order=9,
    description="The values that corrections replaced: what the rules had read stays to be seen.",
    columns=(
        Column("table_name", "TEXT NOT NULL", "the table"),
        Column("row_id", "TEXT NOT NULL", "the row: its mention or id"),
        Column("field", "TEXT NOT NULL", "the column"),
        Column("before", "TEXT", "what was read, as text"),
        Column("after", "TEXT", "what stands there now, as text"),
        Column("correction_id", "TEXT NOT NULL REFERENCES corrections(id)", "the correction"),
    ),
    constraints=("PRIMARY KEY (table_name, row_id, field)",),
    indexes=("row_id", "correction_id"),
    facets=("table_name", "field"),
)

RULES = Table(
    name="rules",
    order=0,
    description="Each extraction rule, its version and how many of today's facts it gave; 0 also where a rule only tells a role or years.",
    columns=(
        Column("id", "TEXT PRIMARY KEY", "table/rule, as in mentions.rule"),
        Column(
            "version",
            "TEXT NOT NULL",
            "changes when the rule's words or pattern change; empty where the program itself is the rule",
        ),
        Column("fired", "INTEGER NOT NULL", "facts of current versions that it gave"),
        Column("documents", "INTEGER NOT NULL", "documents in which it gave any"),
    ),
)

TABLES = (RUNS, RUN_DOCUMENTS, CHANGES, CORRECTIONS, CORRECTED_VALUES, RULES)
