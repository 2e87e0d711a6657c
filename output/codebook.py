"""The codebook: what stands in every column of every table and view, as they describe it."""

import re
from collections.abc import Iterator
from functools import cache

from output.database import open_database, rows
from output.schema import all_tables, all_views
from output.table import Column, Row, Table, View

CHOICES = re.compile(r"CHECK \(\w+ IN \((.+)\)\)")
CONDITION = re.compile(r"CHECK \((.+)\)")
REFERENCE = re.compile(r"REFERENCES (\w+)\s*\((\w+)\)")
KEY = re.compile(r"PRIMARY KEY \(([\w, ]+)\)")
# the lines of a view's SELECT list: "x AS name, -- what it is" and "alias.column AS name,"
COMMENTED = re.compile(r"^.*?(\w+),? *-- (.+)$", re.M)
TAKEN_OVER = re.compile(r"^ *(\w+)\.(\w+)(?: AS (\w+))?,?(?: *--.*)?$", re.M)
ALIAS = re.compile(r"(?:FROM|JOIN) (\w+) (\w+)")

INTRODUCTION = """\
# Codebook

Every table and view of the database, column by column. Money is whole Danish kroner, days are ISO
dates, booleans are 0 or 1. Offsets (`start_char`, `end_char`) count the characters of
`document_versions.text` from 0. Columns in bold are the primary key.

## The files

- Every table and view is there twice: `.csv` for spreadsheets, `.jsonl` (JSON Lines: one JSON
  object per row, UTF-8) for programs. Rows of tables are ordered by primary key, rows of views by
  all their columns from the left.
- The CSV files are UTF-8 with a byte order mark, without which Excel garbles æ, ø and å; columns
  are separated by commas, decimals have a point. An Excel set to Danish expects semicolons and
  decimal commas: open the files with *Data → From Text/CSV*, which finds the comma itself, not
  with a double click. In Python read them as `utf-8-sig`, in base R with `fileEncoding =
  "UTF-8-BOM"`; pandas and readr need nothing.
- An empty CSV cell is an absent value; the JSON Lines say `null`.
- The texts come from web pages, and a spreadsheet runs a cell that begins with `=`, `+`, `-` or
  `@` as a formula. Such a cell (also one that begins with a tab or a line break) gets an
  apostrophe before it in the CSV files, and only there: `- det er godt` becomes `'- det er godt`.
  To undo it, take one apostrophe from each cell that begins with apostrophes followed by one of
  these characters. The JSON Lines hold every text exactly as it is.
- A spreadsheet cell holds 32 767 characters: read whole texts (`document_versions.text`) from the
  JSON Lines.
- `codebook.csv` is this list as a table.
"""


def codebook_markdown() -> str:
    """The codebook for people to read."""
    parts = [INTRODUCTION, "## Tables\n"]
    parts += [section(table.name, "", table.description) for table in all_tables()]
    parts.append("## Views\n")
    parts += [section(view.name, view.title, view.description) for view in all_views()]
    return "\n".join(parts)


@cache
def codebook_rows() -> tuple[Row, ...]:
    """The codebook as a table: one row per column of every table and view, in their order."""
    found = [column_row(table, column) for table in all_tables() for column in table.columns]
    return (*found, *view_rows())


def columns_of(name: str) -> tuple[Row, ...]:
    """The codebook's rows of one table or view."""
    return tuple(row for row in codebook_rows() if row["table"] == name)


def primary_key(table: Table) -> tuple[str, ...]:
    """The columns of the primary key.

    >>> from output.table import Column
    >>> primary_key(Table("t", 0, "", (Column("id", "TEXT PRIMARY KEY", ""),)))
    ('id',)
    >>> primary_key(Table("t", 0, "", (), constraints=("PRIMARY KEY (a, b)",)))
    ('a', 'b')
    """
    for constraint in table.constraints:
        if match := KEY.search(constraint):
            return tuple(match[1].split(", "))
    return tuple(column.name for column in table.columns if "PRIMARY KEY" in column.sql)


def column_row(table: Table, column: Column) -> Row:
    in_key = column.name in primary_key(table)
    reference = REFERENCE.search(column.sql)
    return {
        "table": table.name,
        "column": column.name,
        "type": column.sql.split()[0],
        "primary_key": int(in_key),
        "nullable": int(not in_key and "NOT NULL" not in column.sql),
        "allowed_values": allowed_values(column.sql),
        "references": f"{reference[1]}.{reference[2]}" if reference else None,
        "description": column.description,
    }


def allowed_values(sql: str) -> str | None:
    """What a column's CHECK lets in: its values, joined by |, or the condition itself.

    >>> allowed_values("TEXT NOT NULL CHECK (per IN ('total', 'year'))")
    'total | year'
    >>> allowed_values("TEXT CHECK (agreed_on IS date(agreed_on))")
    'YYYY-MM-DD'
    >>> allowed_values("INTEGER NOT NULL CHECK (number > 0)")
    'number > 0'
    """
    if match := CHOICES.search(sql):
        return " | ".join(value.strip().strip("'") for value in match[1].split(","))
    if match := CONDITION.search(sql):
        return "YYYY-MM-DD" if " IS date(" in match[1] else match[1]
    return None


def view_rows() -> Iterator[Row]:
    """The columns of the views: names and types as SQLite sees them, the rest from their origin."""
    db = open_database(None)
    for view in all_views():
        comments = dict(COMMENTED.findall(view.sql))
        origins = view_origins(view)
        for found in rows(db, f"PRAGMA table_info({view.name})"):
            name = str(found["name"])
            origin = column_row(*origins[name]) if name in origins else Row()
            yield {
                "table": view.name,
                "column": name,
                "type": found["type"] or None,
                "primary_key": 0,
                "nullable": None,
                "allowed_values": origin.get("allowed_values"),
                "references": reference_of(*origins[name]) if name in origins else None,
                "description": comments.get(name) or origin.get("description") or "",
            }
    db.close()


def reference_of(table: Table, column: Column) -> str | None:
    """Where a column that a view took over leads: to what it references, or to its own table."""
    if primary_key(table) == (column.name,) and "REFERENCES" not in column.sql:
        return f"{table.name}.{column.name}"
    reference = REFERENCE.search(column.sql)
    return f"{reference[1]}.{reference[2]}" if reference else None


def view_origins(view: View) -> dict[str, tuple[Table, Column]]:
    """The columns of a view that are columns of a table, by their name in the view."""
    columns = {(t.name, column.name): (t, column) for t in all_tables() for column in t.columns}
    tables = {alias: table for table, alias in ALIAS.findall(view.sql)}
    found: dict[str, tuple[Table, Column]] = {}
    for alias, column, name in TAKEN_OVER.findall(view.sql):
        if origin := columns.get((tables.get(alias, ""), column)):
            found.setdefault(name or column, origin)
    return found


def section(name: str, title: str, description: str) -> str:
    """One table or view in Markdown."""
    lines = [f"### {name}\n", f"{title}. {description}\n" if title else f"{description}\n"]
    lines.append("| column | type | may be empty | values | points to | meaning |")
    lines.append("|---|---|---|---|---|---|")
    for row in columns_of(name):
        values = str(row["allowed_values"] or "").replace(" | ", ", ")
        cells = (
            f"**{row['column']}**" if row["primary_key"] else f"{row['column']}",
            str(row["type"] or "").lower(),
            "yes" if row["nullable"] else "",
            values,
            str(row["references"] or ""),
            str(row["description"]),
        )
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"
