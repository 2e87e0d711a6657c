"""Rows of facts and documents as they were read, and with what a human says instead."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping

from output.corrected import Edit, Item, correctable, fact_tables
from output.database import Database, execute, rows
from output.table import Row, Value

FACTS = """
SELECT f.*, m.quote AS m_quote, m.start_char AS m_start, m.end_char AS m_end, v.document_id AS m_document
FROM {table} f
JOIN mentions m ON m.id = f.mention_id
JOIN document_versions v ON v.id = m.document_version_id AND v.is_current = 1
WHERE v.document_id IN (SELECT value FROM json_each(?))
"""
DOCUMENTS = """
SELECT d.id, d.body_sha256, d.corrected, v.title, v.kind, v.issuer, v.published_on, v.updated_on, v.language
FROM documents d JOIN document_versions v ON v.document_id = d.id AND v.is_current = 1
WHERE d.id IN (SELECT value FROM json_each(?))
"""
THINGS = frozenset({"agreements", "initiatives"})  # made anew from facts in every run


def values_before(db: Database) -> dict[tuple[str, str], Row]:
    """What was read where corrections apply at present: by row, each column with its value as text."""
    found: dict[tuple[str, str], Row] = defaultdict(dict)
    for row in rows(db, "SELECT * FROM corrected_values"):
        found[str(row["table_name"]), str(row["row_id"])][str(row["field"])] = row["before"]
    return found


def as_read(table: str, row: Row, before: Row) -> Row:
    """A row with the values that were read. One that was read anew since says that it is not corrected."""
    if not row["corrected"]:
        return row
    columns = correctable()[table]
    return {**row, "corrected": None} | {
        name: number(before[name], columns[name].sql) for name in before if name in columns
    }


def number(text: Value, sql: str) -> Value:
    """A value that is kept as text, as its column has it."""
    if text is None or sql.startswith("TEXT"):
        return text
    return int(str(text)) if sql.startswith("INTEGER") else float(str(text))


def fact_items(db: Database, documents: Iterable[str], before: Mapping[tuple[str, str], Row]) -> list[Item]:
    """The facts of the current versions of documents, as they were read."""
    names = json.dumps(sorted(documents))
    return [
        fact_item(table, row, before)
        for table in fact_tables()
        for row in rows(db, FACTS.format(table=table), names)
    ]


def fact_item(table: str, row: Row, before: Mapping[tuple[str, str], Row]) -> Item:
    quote, start, end, document = (row.pop(f"m_{name}") for name in ("quote", "start", "end", "document"))
    key = str(row["mention_id"])
    values = as_read(table, row, before.get((table, key), {}))
    return Item(table, key, values, str(document), str(quote), int(str(start)), int(str(end)))


def document_items(db: Database, documents: Iterable[str]) -> list[Item]:
    """Documents as their current versions have them."""
    found = rows(db, DOCUMENTS, json.dumps(sorted(documents)))
    return [Item("documents", str(row["id"]), row) for row in found]


def write_edits(db: Database, edits: Iterable[Edit], before: Mapping[tuple[str, str], Row]) -> None:
    """Bring the rows of facts and documents up to date: corrected, or again as they were read."""
    wanted: dict[tuple[str, str], Row] = {key: {} for key in before if key[0] not in THINGS}
    for edit in edits:
        wanted.setdefault((edit.table, edit.key), {})[edit.field] = edit.after
    for (table, key), values in wanted.items():
        write_row(db, table, key, before.get((table, key), {}), values)


def write_row(db: Database, table: str, key: str, before: Row, values: Row) -> None:
    """One row with these values in place of what was read, if it is not so already."""
    name = "id" if table == "documents" else "mention_id"
    for row in rows(db, f"SELECT * FROM {table} WHERE {name} = ?", key):
        read = as_read(table, row, before)
        if table == "documents":
            read = document_items(db, [key])[0].values
        new = {**read, **values, "corrected": ", ".join(sorted(values)) or None}
        changed = {column: value for column, value in new.items() if row[column] != value}
        if changed:
            pairs = ", ".join(f"{column} = ?" for column in changed)
            execute(db, f"UPDATE {table} SET {pairs} WHERE {name} = ?", *changed.values(), key)


def value_row(edit: Edit) -> Row:
    return {
        "table_name": edit.table,
        "row_id": edit.key,
        "field": edit.field,
        "before": None if edit.before is None else str(edit.before),
        "after": None if edit.after is None else str(edit.after),
        "correction_id": edit.correction_id,
    }
