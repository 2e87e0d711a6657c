"""The database file: create, read and write. The only module that imports sqlite_utils."""

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from sqlite_utils import Database as Database  # noqa: PLC0414 (others take the type from here)

from output.schema import all_tables, all_views
from output.table import Row, Value

SCHEMA_VERSION = 5
# å is a letter of its own: remove_diacritics 0 keeps "på" from matching "pa"
TOKENIZER = "unicode61 remove_diacritics 0"


class WrongDatabaseError(Exception):
    """The file is no puljespor database, or one of another schema version."""


class RefusedRowError(Exception):
    """A row breaks a rule of its table; the transaction it stood in was taken back."""


class Difference(NamedTuple):
    """A row before and after; None where there was none, or is none any more."""

    before: Row | None
    after: Row | None


def open_database(path: Path | None, read_only: bool = False) -> Database:
    """Open the database, creating it if need be; None opens one in memory.

    Raises WrongDatabaseError if the file is something else, or none that can be opened.
    """
    db = connect(path, read_only)
    try:
        db.execute("PRAGMA foreign_keys = ON")
        check_version(db, path, read_only)
    except BaseException:
        db.close()
        raise
    return db


def connect(path: Path | None, read_only: bool) -> Database:
    """A connection, nothing looked at yet; SQLite itself does not say which file it means."""
    if path is None:
        return Database(memory=True)
    try:
        if path.is_dir():
            raise WrongDatabaseError(f"{path}: a folder, not a database; name a file with --db")
        if read_only and not path.exists():
            raise WrongDatabaseError(f"{path}: no such database")
        if read_only:
            return Database(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True))
        path.parent.mkdir(parents=True, exist_ok=True)
        return Database(path)
    except (OSError, sqlite3.OperationalError) as error:
        raise WrongDatabaseError(f"{path}: cannot be opened ({error})") from error


def copy_database(source: Path, target: Path) -> None:
    """A consistent copy of a database, even while somebody writes to it."""
    read = sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)
    write = sqlite3.connect(target)
    try:
        read.backup(write)
    finally:
        write.close()
        read.close()


def publish_database(source: Path, target: Path) -> None:
    """Put a database in the place of another, also under those who read it, or of a file that is none."""
    try:
        copy_database(source, target)
    except sqlite3.OperationalError:  # locked, or not to be opened
        raise
    except sqlite3.DatabaseError:
        source.replace(target)


def check_version(db: Database, path: Path | None, read_only: bool) -> None:
    """Create the schema in an empty file, accept our own version, refuse anything else."""
    try:
        version = scalar(db, "PRAGMA user_version")
        names = {row["name"] for row in rows(db, "SELECT name FROM sqlite_master")}
    except sqlite3.OperationalError:  # locked: worth another try
        raise
    except sqlite3.DatabaseError as error:
        raise WrongDatabaseError(f"{path}: not a SQLite database ({error})") from error
    ours = {table.name for table in all_tables()}
    if version == 0 and not names and not read_only:
        create_schema(db)
    elif version != SCHEMA_VERSION or not ours <= names:
        found = f"schema version {version}, this program writes {SCHEMA_VERSION}"
        why = found if names & ours else "a SQLite file without puljespor's tables"
        if version == SCHEMA_VERSION and names & ours:
            why = f"a table is missing: {', '.join(sorted(ours - names))}"
        advice = "make it again with: puljespor rebuild, or" if names & ours else ""
        raise WrongDatabaseError(f"{path}: {why}; {advice} name another file with --db".replace("  ", " "))


def create_schema(db: Database) -> None:
    with db.atomic():
        for table in all_tables():
            db.execute(table.sql)
            for sql in table.index_sql:
                db.execute(sql)
        for table in all_tables():
            if table.search:
                db.table(table.name).enable_fts(list(table.search), create_triggers=True, tokenize=TOKENIZER)
        for view in all_views():
            db.execute(f"CREATE VIEW {view.name} AS\n{view.sql}")
        db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


@contextlib.contextmanager
def transaction(db: Database) -> Iterator[None]:
    """All or nothing; a killed process leaves nothing.

    Raises RefusedRowError where a row breaks a rule of its table.
    """
    try:
        with db.atomic():
            yield
    except sqlite3.IntegrityError as error:
        raise RefusedRowError(f"a row breaks a rule of the database ({error})") from error
    except OverflowError as error:
        raise RefusedRowError(f"a number is too large for the database ({error})") from error


def rows(db: Database, sql: str, *values: Value) -> list[Row]:
    """The rows of a query as dicts."""
    return list(db.query(sql, values))


def scalar(db: Database, sql: str, *values: Value) -> Value:
    """The first column of the first row, or None."""
    row = db.execute(sql, values).fetchone()
    return row[0] if row else None


def insert(db: Database, table: str, new: Iterable[Row], shared: bool = False) -> None:
    """Insert rows; for a shared table leave the rows that are there already."""
    found = list(new)
    if found:
        db.table(table).insert_all(found, ignore=shared, batch_size=500)


def execute(db: Database, sql: str, *values: Value) -> None:
    db.execute(sql, values)


def copy_rows(source: Database, target: Database, table: str) -> None:
    """The rows of a table of another database, added to those that are there."""
    target.table(table).insert_all(source.query(f"SELECT * FROM {table}"), batch_size=500)


def keep_rows(db: Database, table: str, key: Sequence[str], wanted: Iterable[Row]) -> list[Difference]:
    """Make the table hold these rows and no others, touching only those that differ; which those were."""
    found = differences(key, rows(db, f"SELECT * FROM {table}"), wanted)
    where = " AND ".join(f"{k} IS ?" for k in key)
    for before, after in found:
        if before and not after:
            db.execute(f"DELETE FROM {table} WHERE {where}", [before[k] for k in key])
    changed = [after for _, after in found if after]
    if changed:
        db.table(table).upsert_all(changed, pk=tuple(key))
    return found


def differences(key: Sequence[str], old: Iterable[Row], new: Iterable[Row]) -> list[Difference]:
    """Rows that only one side has, or has otherwise, by their key."""
    before = {tuple(row[k] for k in key): row for row in old}
    after = {tuple(row[k] for k in key): row for row in new}
    gone = [Difference(row, None) for k, row in before.items() if k not in after]
    differ = [(before.get(k), row) for k, row in after.items() if not same_values(before.get(k), row)]
    return gone + [Difference(was, row) for was, row in differ]


def same_values(old: Row | None, new: Row) -> bool:
    """Does a row hold these values? Columns that `new` does not name are not its business."""
    return old is not None and all(old[name] == value for name, value in new.items())


def broken_rule(table: str, row: Row) -> str | None:
    """The rule of its table that a row breaks, in SQLite's words; None if none. References stay unseen."""
    sql = next(found.sql for found in all_tables() if found.name == table)
    with contextlib.closing(sqlite3.connect(":memory:")) as trial:
        trial.execute(sql)
        try:
            marks = ", ".join("?" * len(row))
            trial.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))
        except (sqlite3.IntegrityError, OverflowError) as error:
            return str(error).removeprefix("CHECK constraint failed: ")
    return None


def update(db: Database, table: str, key: str, wanted: Iterable[Row]) -> None:
    """Set columns of rows that exist, touching only rows that differ."""
    new = list(wanted)
    if not new:
        return
    columns = list(new[0])
    old = {row[key]: row for row in rows(db, f"SELECT {', '.join(columns)} FROM {table}")}
    for row in new:
        if old.get(row[key]) != row:
            pairs = ", ".join(f"{column} = :{column}" for column in columns if column != key)
            db.execute(f"UPDATE {table} SET {pairs} WHERE {key} = :{key}", row)
