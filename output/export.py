"""The whole database as files for spreadsheets and programs: CSV, JSON Lines and the codebook."""

import csv
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from output.codebook import codebook_markdown, codebook_rows, columns_of, primary_key
from output.database import Database, transaction
from output.schema import all_tables, all_views
from output.table import Row, Value

UNFINISHED = ".puljespor-part"  # ends the name of a file that is being written
# what a spreadsheet takes for a formula; apostrophes before it keep the mark reversible
FORMULA = re.compile(r"'*[=+\-@\t\r\n]")


class CannotExportError(Exception):
    """The folder cannot be made or written."""


def export(db: Database, folder: Path) -> list[Path]:
    """Write every table and view as CSV and JSON Lines, and the codebook; returns the files.

    All files are written under other names and renamed when the last one is complete: a killed
    export leaves no half file. The same database gives the same bytes.
    Raises CannotExportError if the folder cannot be made or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with transaction(db):  # one snapshot, whoever writes meanwhile
            files = [path for name, sql in queries() for path in write_both(db, folder, name, sql)]
        files += write_codebook(folder)
        for path in files:
            unfinished(path).replace(path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise CannotExportError(f"{folder}: cannot export there ({reason})") from error
    finally:
        remove_unfinished(folder)
    return files


def queries() -> Iterator[tuple[str, str]]:
    """Every table and view by name, with the SQL that gives its rows in a stable order."""
    for table in all_tables():
        order = ", ".join(primary_key(table))
        yield table.name, f"SELECT * FROM {table.name} ORDER BY {order}"
    for view in all_views():
        order = ", ".join(str(n + 1) for n in range(len(columns_of(view.name))))
        yield view.name, f"SELECT * FROM {view.name} ORDER BY {order}"


def write_both(db: Database, folder: Path, name: str, sql: str) -> tuple[Path, Path]:
    """One table in both formats, read once and row by row."""
    columns = [str(row["column"]) for row in columns_of(name)]
    table, lines = folder / f"{name}.csv", folder / f"{name}.jsonl"
    with (
        unfinished(table).open("w", encoding="utf-8-sig", newline="") as csv_file,
        unfinished(lines).open("w", encoding="utf-8", newline="") as json_file,
    ):
        writer = csv.writer(csv_file, lineterminator="\n")
        writer.writerow(columns)
        for row in db.query(sql):
            writer.writerow([csv_cell(value) for value in row.values()])
            json_file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return table, lines


def write_codebook(folder: Path) -> tuple[Path, Path]:
    text, table = folder / "codebook.md", folder / "codebook.csv"
    unfinished(text).write_text(codebook_markdown(), encoding="utf-8", newline="")
    write_csv(unfinished(table), codebook_rows())
    return text, table


def write_csv(path: Path, new: Sequence[Row]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(new[0])
        writer.writerows([csv_cell(value) for value in row.values()] for row in new)


def csv_cell(value: Value) -> Value:
    """A text that a spreadsheet would run as a formula gets an apostrophe before it.

    >>> csv_cell("=1+1"), csv_cell("- Det er godt"), csv_cell("142 mio. kr."), csv_cell(-5)
    ("'=1+1", "'- Det er godt", '142 mio. kr.', -5)
    """
    return f"'{value}" if isinstance(value, str) and FORMULA.match(value) else value


def unfinished(path: Path) -> Path:
    return path.with_name(path.name + UNFINISHED)


def remove_unfinished(folder: Path) -> None:
    """Clear away what this export or a killed one began to write."""
    if folder.is_dir():
        for path in folder.glob(f"*{UNFINISHED}"):
            path.unlink()
