"""The export: everything, twice, stable, and safe to open in a spreadsheet."""

import csv
import json
from pathlib import Path

import pytest

from output import export as module
from output.database import open_database, rows
from output.export import CannotExportError, csv_cell, export
from output.schema import all_tables, all_views
from tests.output.tiny import QUOTATION, tiny_database


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "tiny.db"
    tiny_database(path).close()
    return path


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def read_lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_every_table_and_view_is_there_in_both_formats(database: Path, tmp_path: Path) -> None:
    db = open_database(database, read_only=True)
    files = export(db, tmp_path / "deep" / "export")
    names = {found.name for found in (*all_tables(), *all_views())}
    expected = {f"{name}.{kind}" for name in names for kind in ("csv", "jsonl")}
    assert {path.name for path in files} == expected | {"codebook.md", "codebook.csv"}
    assert {path.name for path in (tmp_path / "deep" / "export").iterdir()} == {path.name for path in files}
    for name in names:
        stored = rows(db, f"SELECT * FROM {name}")
        lines = read_lines(tmp_path / "deep" / "export" / f"{name}.jsonl")
        cells = read_csv(tmp_path / "deep" / "export" / f"{name}.csv")
        assert len(lines) == len(cells) == len(stored)
        assert all(row in lines for row in stored)


def test_same_database_same_bytes_whatever_stood_there(database: Path, tmp_path: Path) -> None:
    db = open_database(database, read_only=True)
    first = {path.name: path.read_bytes() for path in export(db, tmp_path / "export")}
    (tmp_path / "export" / "sites.csv").write_text("old")
    (tmp_path / "export" / "amounts.csv.puljespor-part").write_text("half")
    (tmp_path / "export" / "my notes.txt").write_text("mine")
    assert {path.name: path.read_bytes() for path in export(db, tmp_path / "export")} == first
    names = {path.name for path in (tmp_path / "export").iterdir()}
    assert names == set(first) | {"my notes.txt"}


def test_rows_are_in_the_order_of_the_primary_key(database: Path, tmp_path: Path) -> None:
    export(open_database(database, read_only=True), tmp_path / "export")
    ids = [row["id"] for row in read_csv(tmp_path / "export" / "mentions.csv")]
    assert ids == sorted(ids)
    phases = [row["phase"] for row in read_csv(tmp_path / "export" / "initiative_phases.csv")]
    assert phases == ["modning", "udbredelse"]


def test_excel_finds_the_letters(database: Path, tmp_path: Path) -> None:
    export(open_database(database, read_only=True), tmp_path / "export")
    found = (tmp_path / "export" / "initiatives.csv").read_bytes()
    assert found.startswith(b"\xef\xbb\xbfid,agreement_id,")
    assert "Åben Dialog til børn".encode() in found


def test_formulas_are_defused_in_csv_and_only_there(database: Path, tmp_path: Path) -> None:
    export(open_database(database, read_only=True), tmp_path / "export")
    assert {row["text"] for row in read_csv(tmp_path / "export" / "statements.csv")} == {
        f"'{QUOTATION}",
        "'=1+1 er to.",
    }
    assert {row["text"] for row in read_lines(tmp_path / "export" / "statements.jsonl")} == {
        QUOTATION,
        "=1+1 er to.",
    }


@pytest.mark.parametrize("text", ["=1", "+45", "-x", "@x", "\tx", "'=1", "''=1"])
def test_a_defused_formula_can_be_restored(text: str) -> None:
    assert csv_cell(text) == f"'{text}"


@pytest.mark.parametrize("value", ["142 mio. kr.", "'t er godt", "", "–", "a=1", -5, 0.5, None])
def test_other_values_stay(value: str | float | None) -> None:
    assert csv_cell(value) == value


def test_absent_and_empty_differ_in_json_lines(database: Path, tmp_path: Path) -> None:
    export(open_database(database, read_only=True), tmp_path / "export")
    assert read_lines(tmp_path / "export" / "documents.jsonl")[0]["updated_on"] is None


def test_a_file_in_place_of_the_folder(database: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    db = open_database(database, read_only=True)
    for folder in (tmp_path / "taken", tmp_path / "taken" / "below"):
        with pytest.raises(CannotExportError, match="taken"):
            export(db, folder)
    assert (tmp_path / "taken").read_text() == "a file"


def test_a_failed_export_leaves_the_former_one(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    db = open_database(database)
    before = {path.name: path.read_bytes() for path in export(db, tmp_path / "export")}
    db.execute("DELETE FROM issues")
    db.commit()

    def disk_full(_: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "write_codebook", disk_full)
    with pytest.raises(CannotExportError, match="No space left"):
        export(db, tmp_path / "export")
    after = {path.name: path.read_bytes() for path in (tmp_path / "export").iterdir()}
    assert after == before
