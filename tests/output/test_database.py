"""The database file: what it accepts, what it refuses, and what a search finds."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from output.database import (
    SCHEMA_VERSION,
    Database,
    RefusedRowError,
    WrongDatabaseError,
    execute,
    insert,
    keep_rows,
    open_database,
    rows,
    scalar,
    transaction,
    update,
)
from output.schema import all_tables, all_views
from output.table import Row
from output.write import write
from tests.output import danish


@pytest.fixture
def db() -> Iterator[Database]:
    opened = open_database(None)
    write(opened, danish.extraction(danish.UIP), danish.arrival())
    yield opened
    opened.close()


def sqlite_file(path: Path, *statements: str) -> Path:
    with sqlite3.connect(path) as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()
    return path


def test_every_table_and_view_is_made_and_every_table_is_strict(db: Database) -> None:
    strict = {row["name"]: row["strict"] for row in rows(db, "PRAGMA table_list")}
    assert all(strict[table.name] == 1 for table in all_tables())
    for view in all_views():
        rows(db, f"SELECT * FROM {view.name}")
    assert scalar(db, "PRAGMA user_version") == SCHEMA_VERSION
    assert scalar(db, "PRAGMA foreign_keys") == 1


def test_opening_again_finds_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "a.db"
    first = open_database(path)
    write(first, danish.extraction(danish.UIP), danish.arrival())
    before = danish.dump(first)
    first.close()
    second = open_database(path, read_only=True)
    assert danish.dump(second) == before
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        execute(second, "DELETE FROM documents")
    second.close()


@pytest.mark.parametrize("read_only", [False, True])
class TestRefusesWhatIsNotOurs:
    def refused(self, path: Path, read_only: bool, why: str) -> None:
        before = path.read_bytes() if path.is_file() else None
        with pytest.raises(WrongDatabaseError, match=why) as error:
            open_database(path, read_only)
        assert str(path) in str(error.value)
        assert "\n" not in str(error.value)
        assert (path.read_bytes() if path.is_file() else None) == before

    def test_not_sqlite(self, tmp_path: Path, read_only: bool) -> None:
        path = tmp_path / "brev.txt"
        path.write_text("Kære minister. " * 100, encoding="utf-8")
        self.refused(path, read_only, "not a SQLite database")

    def test_a_broken_page_one(self, tmp_path: Path, read_only: bool) -> None:
        path = tmp_path / "a.db"
        open_database(path).close()
        path.write_bytes(b"x" * 100 + path.read_bytes()[100:])
        self.refused(path, read_only, "not a SQLite database")

    @pytest.mark.parametrize("version", [0, SCHEMA_VERSION, 17])
    def test_another_programs_file(self, tmp_path: Path, read_only: bool, version: int) -> None:
        made = ("CREATE TABLE bookmarks (url TEXT)", f"PRAGMA user_version = {version}")
        path = sqlite_file(tmp_path / "places.sqlite", *made)
        self.refused(path, read_only, "without puljespor's tables")

    @pytest.mark.parametrize("version", [SCHEMA_VERSION - 1, SCHEMA_VERSION + 1])
    def test_another_schema_version(self, tmp_path: Path, read_only: bool, version: int) -> None:
        path = tmp_path / "a.db"
        open_database(path).close()
        sqlite_file(path, f"PRAGMA user_version = {version}")
        self.refused(path, read_only, f"schema version {version}")

    def test_a_table_is_missing(self, tmp_path: Path, read_only: bool) -> None:
        path = tmp_path / "a.db"
        open_database(path).close()
        sqlite_file(path, "DROP TABLE checks")
        self.refused(path, read_only, "a table is missing: checks")

    def test_a_folder(self, tmp_path: Path, read_only: bool) -> None:
        self.refused(tmp_path, read_only, "a folder")

    def test_below_a_file(self, tmp_path: Path, read_only: bool) -> None:
        (tmp_path / "brev.txt").write_text("Kære minister")
        self.refused(tmp_path / "brev.txt" / "a.db", read_only, "no such|cannot be opened")


def test_missing_is_made_for_writing_and_refused_for_reading(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with pytest.raises(WrongDatabaseError, match="no such database"):
        open_database(path, read_only=True)
    assert not path.exists()
    path.touch()  # an empty file is an empty database
    with pytest.raises(WrongDatabaseError):
        open_database(path, read_only=True)
    open_database(path).close()
    open_database(path, read_only=True).close()


def test_a_busy_database_is_not_called_a_wrong_one(tmp_path: Path) -> None:
    """The flow tries again when SQLite says that it is locked."""
    path = tmp_path / "a.db"
    open_database(path).close()
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    impatient = sqlite3.connect

    def connect(name: str, **options: object) -> sqlite3.Connection:
        return impatient(name, timeout=0.01, **options)  # type: ignore[call-overload, no-any-return]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite3, "connect", connect)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            open_database(path)
    holder.close()


AMOUNT = "UPDATE amounts SET "
REFUSED = (
    # a type, a NULL, a reference, a vocabulary, a number, a date, an order: one rule each
    (f"{AMOUNT} min_dkk = '90 mio.'", "cannot store TEXT"),
    (f"{AMOUNT} min_dkk = 12.5", "cannot store REAL"),
    (f"{AMOUNT} role = NULL", "NOT NULL"),
    (f"{AMOUNT} agreement_id = 'uip-1999'", "FOREIGN KEY"),
    (f"{AMOUNT} role = 'gave'", "CHECK"),
    (f"{AMOUNT} min_dkk = -1", "CHECK"),
    (f"{AMOUNT} max_dkk = min_dkk - 1", "CHECK"),
    (f"{AMOUNT} start_year = 2026, end_year = 2023", "CHECK"),
    (f"{AMOUNT} additive = 2", "CHECK"),
    ("UPDATE dates SET start_on = '12-10-2022'", "CHECK"),
    ("UPDATE dates SET end_on = '1999-01-01'", "CHECK"),
    ("UPDATE documents SET kind = 'brev'", "CHECK"),
    ("UPDATE documents SET published_on = 'i går'", "CHECK"),
    ("UPDATE document_versions SET is_current = 2", "CHECK"),
    ("UPDATE document_versions SET media_type = 'image/png'", "CHECK"),
    ("UPDATE locations SET status = 'måske'", "CHECK"),
    ("UPDATE locations SET site_id = 'sm.dk'", "FOREIGN KEY"),
    ("UPDATE mentions SET start_char = -1", "CHECK"),
    ("UPDATE mentions SET end_char = start_char", "CHECK"),
    ("UPDATE blocks SET position = 0", "UNIQUE"),
    ("UPDATE initiative_mention_phases SET phase = 'drift'", "FOREIGN KEY"),
    ("UPDATE count_claims SET number = -1", "CHECK"),
    ("DELETE FROM parties", None),  # nobody speaks of a party here: nothing is refused
    ("DELETE FROM people", "FOREIGN KEY"),
    ("DELETE FROM document_versions", "FOREIGN KEY"),  # an address still points at it
)


def half_a_change(db: Database, sql: str) -> None:
    with transaction(db):
        execute(db, "UPDATE documents SET title = 'halvt'")
        execute(db, sql)


@pytest.mark.parametrize(("sql", "why"), REFUSED)
def test_tables_refuse_bad_rows(db: Database, sql: str, why: str | None) -> None:
    before = danish.dump(db)
    if why is None:
        execute(db, sql)
        return
    with pytest.raises(RefusedRowError, match=why):
        half_a_change(db, sql)
    assert danish.dump(db) == before


def test_keep_and_update_touch_only_what_differs(db: Database) -> None:
    wanted: list[Row] = [{"id": "uip", "name": "UIP"}, {"id": "reserve", "name": "Reserven"}]
    keep_rows(db, "programmes", ("id",), wanted)
    changes = db.conn.total_changes
    keep_rows(db, "programmes", ("id",), wanted[::-1])
    update(db, "programmes", "id", wanted)
    assert db.conn.total_changes == changes
    update(db, "programmes", "id", [{"id": "uip", "name": "Programmerne"}])
    keep_rows(db, "programmes", ("id",), [{"id": "uip", "name": "Programmerne"}])
    assert rows(db, "SELECT * FROM programmes") == [{"id": "uip", "name": "Programmerne"}]


def test_columns_that_are_not_named_are_kept(db: Database) -> None:
    insert(db, "checks", [{"id": "a", "kind": "count_vs_list", "status": "pass", "note": "x", "claimed": 3}])
    keep_rows(db, "checks", ("id",), [{"id": "a", "kind": "count_vs_list", "status": "fail", "note": "x"}])
    assert [(row["status"], row["claimed"]) for row in rows(db, "SELECT * FROM checks")] == [("fail", 3)]


def found(db: Database, words: str, table: str = "document_versions") -> int:
    sql = f"SELECT count(*) FROM {table}_fts WHERE {table}_fts MATCH ?"
    return int(str(scalar(db, sql, words)))


def test_search_knows_danish_letters() -> None:
    db = open_database(None)
    write(db, danish.extraction(danish.DAY_OUT), danish.arrival())
    assert found(db, "BØRN") == found(db, "børn") == found(db, "Æg") == 1
    assert found(db, "på") == found(db, "PÅ") == 1
    assert [found(db, word) for word in ("pa", "born", "aeg", "bøern")] == [0, 0, 0, 0]
    assert found(db, "børn", "documents") == found(db, "NEAR(rebild bakker)", "documents") == 1


def test_search_follows_a_document_that_changes(db: Database) -> None:
    assert found(db, '"90 mio"') == 1
    assert found(db, '"90 millioner"', "documents") == 1
    write(db, danish.extraction(danish.CHANGED), danish.arrival("2026-02-01T00:00:00+00:00"))
    assert found(db, '"90 mio"') == 1  # the old version is still there
    assert found(db, '"95 mio"') == 1
    assert found(db, '"90 millioner"', "documents") == 0  # but the title is the new one
    assert found(db, '"95 millioner"', "documents") == 1
    for table in (table for table in all_tables() if table.search):
        execute(db, f"INSERT INTO {table.name}_fts({table.name}_fts) VALUES ('integrity-check')")
