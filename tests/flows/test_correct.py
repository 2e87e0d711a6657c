"""`puljespor correct`, and the corrections file beside a database in every other run."""

from pathlib import Path

import pytest

from flows import add, pipeline
from flows.cli import main
from flows.correct import asked_for, file_of
from flows.order import Order
from output.corrections import COLUMNS
from output.database import open_database, rows
from tests.output.danish import POOL, UIP, write_files

TARGET = "2022-10-12-aftale-fordeler-90-millioner-kroner-til-udsatte-boern"
GOOD = f"{TARGET};count_claims.number;fem nye initiativer;5;6;Åse;talt efter;02-11-2026"
STALE = GOOD.replace(";5;", ";4;")


def lines(*found: str) -> bytes:
    return "\r\n".join((";".join(COLUMNS), *found, ";;;;;;;;")).encode("cp1252")


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "p.db"
    write_files(tmp_path / "texts", {"uip.txt": UIP})
    pipeline.ingest(Order(paths=(tmp_path / "texts",)), path)
    return path


def numbers(db: Path) -> list[object]:
    opened = open_database(db, read_only=True)
    found = [row["number"] for row in rows(opened, "SELECT number FROM count_claims")]
    opened.close()
    return found


def test_the_command_begins_a_file_and_replays_it(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["correct", "--db", str(db)]) == 0
    assert "begun" in capsys.readouterr().out
    file_of(db).write_bytes(lines(GOOD))
    assert main(["correct", "--db", str(db)]) == 0
    assert numbers(db) == [6]
    assert "line 2: applied" in capsys.readouterr().out
    before = db.read_bytes()
    assert main(["correct", "--db", str(db)]) == 0
    assert db.read_bytes() == before
    file_of(db).write_bytes(lines(GOOD, STALE))
    assert main(["correct", "--db", str(db)]) == 1
    assert "1 applied, 1 stale" in capsys.readouterr().out
    assert main(["show", TARGET, "--db", str(db)]) == 0
    assert "corrected" in capsys.readouterr().out


def test_every_run_replays_the_file(db: Path) -> None:
    file_of(db).write_bytes(lines(GOOD))
    folder = db.parent / "texts"
    report = pipeline.ingest(Order(paths=(folder,)), db)
    assert (report.corrections, numbers(db)) == ({"applied": 1}, [6])
    before = db.read_bytes()
    pipeline.ingest(Order(paths=(folder,)), db)
    assert db.read_bytes() == before
    assert ("corrections applied", 1) in pipeline.rebuild(db).rows()
    assert numbers(db) == [6]
    [pool] = write_files(db.parent / "new", {"pulje.txt": POOL})
    assert not [line for line in add.try_source(str(pool), db).changes if "uip" in line]
    add.add_source(str(pool), db)
    assert numbers(db) == [6]
    file_of(db).write_bytes(lines())
    pipeline.rebuild(db)
    assert numbers(db) == [5]


@pytest.mark.parametrize("spoilt", ["folder", "image", "nul", "large", "headless", "gone"])
def test_a_spoilt_file_takes_nothing_back(db: Path, spoilt: str, capsys: pytest.CaptureFixture[str]) -> None:
    file = file_of(db)
    file.write_bytes(lines(GOOD))
    main(["correct", "--db", str(db)])
    before = db.read_bytes()
    file.unlink()
    content = {"image": b"\x89PNG\0", "nul": lines(GOOD) + b"\0", "headless": GOOD.encode()}
    if spoilt == "folder":
        file.mkdir()
    elif spoilt != "gone":
        file.write_bytes(content.get(spoilt, b"x;" * 25_000_000))
    report = pipeline.ingest(Order(), db)
    assert bool(report.failures) == (spoilt != "gone")
    assert db.read_bytes() == before
    assert len(asked_for(db).corrections) == 1
    assert pipeline.rebuild(db).exit_code == (spoilt != "gone")
    assert numbers(db) == [6]
    capsys.readouterr()
    if spoilt != "gone":
        assert main(["correct", "--db", str(db)]) == 1
        assert str(file) in capsys.readouterr().err
    else:
        assert main(["correct", "--db", str(db)]) == 0
        assert "6" in file.read_text(encoding="utf-8")


def test_what_a_correction_changes_is_told_as_changes(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file_of(db).write_bytes(lines(GOOD))
    assert main(["correct", "--db", str(db)]) == 0
    opened = open_database(db, read_only=True)
    sql = "SELECT c.kind FROM changes c JOIN runs r ON r.id = c.run_id WHERE r.kind = 'correct'"
    assert {"correction", "corrected_value"} <= {str(row["kind"]) for row in rows(opened, sql)}
    assert all(row["ended_at"] for row in rows(opened, "SELECT ended_at FROM runs"))
    opened.close()
    capsys.readouterr()
    assert main(["changes", "--since", "2026-01-01", "--db", str(db)]) == 0
    assert "count_claims" in capsys.readouterr().out
