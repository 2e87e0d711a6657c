"""The command as its user meets it: exit codes, one clear line for bad input, nothing half done."""

import http.server
import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows import cli
from flows.environment import ALLOW, INTERVAL
from output.database import open_database, rows
from tests.support import ROOT, SAMPLES

RELEASE = (SAMPLES / "sm-uip-2023.html").read_bytes()
ENGLISH = "The government and the parties have agreed that the money is for the children of the town. " * 5


def run(*arguments: str | Path) -> int:
    return cli.main([str(argument) for argument in arguments])


def documents(db: Path) -> int:
    opened = open_database(db, read_only=True)
    try:
        return len(rows(opened, "SELECT id FROM documents"))
    finally:
        opened.close()


def test_help_imports_nothing_heavy() -> None:
    heavy = "{'spacy', 'prefect', 'bs4', 'rich', 'dateparser', 'sqlite_utils', 'httpx', 'datasette'}"
    code = f"import sys, flows.cli as c; c.parser().format_help(); sys.exit(bool({heavy} & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)
    assert result.returncode == 0


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nonsense"],
        ["show"],
        ["ingest", "--wrong", "x"],
        ["ingest", "--limit", "0"],
        ["ingest", "--since", "i går"],
    ],
)
def test_wrong_use_is_exit_code_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        cli.main(arguments)
    assert stop.value.code == 2


def bad_files(folder: Path) -> dict[str, str]:
    """File name -> a word of the reason, for every sort of input that cannot be read."""
    cut = RELEASE[: len(RELEASE) // 2]
    contents = {
        "empty.txt": (b"", "empty"),
        "blank.txt": (b" \n\t\n", "empty"),
        "binary.txt": (bytes(range(256)) * 40, "binary"),
        "agreement.pdf": (b"%PDF-1.7\n" + bytes(200), "PDF"),
        "cut.html": (cut, "cut off"),
        "huge.html": (b"<html><body><p>" + b"x" * 20_000_000 + b"</p></body></html>", "too large"),
        "english.txt": (("A title\n\n" + ENGLISH).encode(), "English"),
        "script.html": (
            b"<html><body><div id=app></div><script>go()</script></body></html>",
            "text",
        ),
    }
    for name, (body, _) in contents.items():
        (folder / name).write_bytes(body)
    return {name: word for name, (_, word) in contents.items()}


def test_bad_input_is_one_line_each_and_the_rest_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    reasons = bad_files(folder)
    good = "Aftale om børn\n\n02-11-2021\n\nPartierne er enige om at fordele 5 mio. kr. på ældreområdet."
    (folder / "vest.txt").write_bytes(good.encode("cp1252"))  # windows-1252 without a declaration
    db = tmp_path / "x.db"
    assert run("ingest", "--no-prefect", folder, tmp_path / "missing", "--db", db) == 1
    errors = [line for line in capsys.readouterr().err.splitlines() if line.startswith("failed: ")]
    for name, word in {**reasons, "missing": "no such"}.items():
        lines = [line for line in errors if name in line.split(": ")[1]]
        assert len(lines) == 1, name
        assert word in lines[0]
    assert documents(db) == 1
    opened = open_database(db, read_only=True)
    assert rows(opened, "SELECT title FROM documents")[0]["title"] == "Aftale om børn"
    assert rows(opened, "SELECT DISTINCT document_version_id FROM mentions")
    opened.close()


def test_the_same_file_given_twice_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = SAMPLES / "sm-temadag.html"
    run("ingest", "--no-prefect", file, file, "--db", tmp_path / "x.db")
    assert "given twice" in capsys.readouterr().err
    assert documents(tmp_path / "x.db") == 1


def test_someone_elses_database_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "other.db"
    other.write_text("not a database at all, only text " * 20)
    before = other.read_bytes()
    assert run("ingest", "--no-prefect", SAMPLES / "sm-temadag.html", "--db", other) == 1
    assert str(other) in capsys.readouterr().err
    assert other.read_bytes() == before


@pytest.mark.parametrize("command", [["show", "x"], ["export", "out"], ["browse"], ["evaluate", "gold"]])
def test_without_a_database_it_says_so(
    command: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(*command) == 1
    error = capsys.readouterr().err
    assert error.startswith("puljespor: ")
    assert len(error.splitlines()) == 1


def test_show_a_file_a_document_and_the_beginning_of_an_id(
    samples: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    db = shutil.copy(samples, tmp_path / "x.db")
    for name in (SAMPLES / "sm-uip-2023.html", "2023-06-29"):
        assert run("show", name, "--db", db) == 0
        assert "132,1 mio. kr." in capsys.readouterr().out
    assert run("show", "2", "--db", db) == 1
    assert "documents begin so" in capsys.readouterr().err
    assert run("show", "nothing-like-it", "--db", db) == 1


def test_show_an_agreement_and_an_initiative(
    samples: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    db = shutil.copy(samples, tmp_path / "x.db")
    opened = open_database(db, read_only=True)
    [initiative] = rows(opened, "SELECT id, title FROM initiatives WHERE agreement_id = 'uip-2023' LIMIT 1")
    opened.close()
    assert run("show", "uip-2023", "--db", db) == 0
    shown = capsys.readouterr().out
    for part in ("DKK 132,100,000", "2023–2026", "documents", "initiatives", str(initiative["id"])[:20]):
        assert part in shown
    assert run("show", initiative["id"], "--db", db) == 0
    assert str(initiative["title"])[:20] in capsys.readouterr().out


def test_add_dry_run_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    db = tmp_path / "x.db"
    run("ingest", "--no-prefect", SAMPLES / "sm-temadag.html", "--db", db)
    before = db.read_bytes()
    assert run("add", SAMPLES / "sm-uip-2023.html", "--dry-run", "--db", db) == 0
    shown = capsys.readouterr().out
    assert "new in agreements: uip-2023" in shown
    assert db.read_bytes() == before
    assert run("add", SAMPLES / "sm-uip-2023.html", "--db", db) == 0
    assert documents(db) == 2


class Page(http.server.BaseHTTPRequestHandler):
    """Serves the release, and nothing else."""

    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/release" else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(RELEASE)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def site() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_add_an_address(
    site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    db = tmp_path / "x.db"
    assert run("add", f"{site}/release", "--db", db) == 1
    assert "public" in capsys.readouterr().err  # loopback is not, unless it is allowed
    monkeypatch.setenv(ALLOW, "127.0.0.0/8")
    monkeypatch.setenv(INTERVAL, "0")
    assert run("add", f"{site}/nowhere", "--db", db) == 1
    assert "404" in capsys.readouterr().err
    assert run("add", f"{site}/release", "--db", db) == 0
    assert documents(db) == 1
    opened = open_database(db, read_only=True)
    assert rows(opened, "SELECT url FROM locations")[0]["url"] == f"{site}/release"
    opened.close()


def test_export_writes_a_codebook(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    db = tmp_path / "x.db"
    run("ingest", "--no-prefect", SAMPLES / "sm-uip-2023.html", "--db", db)
    assert run("export", tmp_path / "out", "--db", db) == 0
    assert "codebook.md" in capsys.readouterr().out
    assert (tmp_path / "out" / "amounts.csv").exists()


def test_evaluate_lists_errors_and_holds_floors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = ROOT / "tests" / "gold" / "samples"
    floors = tmp_path / "floors.toml"
    floors.write_text("amounts = 0.1\n")
    assert run("evaluate", gold, "--ingest", "--errors", "--floors", floors) == 0
    assert "amounts" in capsys.readouterr().out
    floors.write_text("amounts = 1.1\n")
    assert run("evaluate", gold, "--ingest", "--floors", floors) == 1
    assert "below its floor" in capsys.readouterr().err


@pytest.mark.slow
def test_a_pipe_that_closes_early_is_no_error(tmp_path: Path) -> None:
    show = f"{sys.executable} -m flows.cli show {SAMPLES / 'sm-uip-2023.html'}"
    command = f"{show} --db {tmp_path / 'x.db'} | head -1"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    result = subprocess.run(
        command,
        shell=True,
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.stderr == ""


@pytest.mark.slow
def test_browse_serves_on_loopback_and_stops(tmp_path: Path) -> None:
    pytest.importorskip("datasette", reason="the extra puljespor[browse] is not installed")
    db = tmp_path / "x.db"
    run("ingest", "--no-prefect", SAMPLES / "sm-uip-2023.html", "--db", db)
    command = [sys.executable, "-m", "flows.cli", "browse", "--port", "0", "--db", str(db)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert "http://127.0.0.1:" in line
        port = int(line.split("127.0.0.1:")[1].split("/")[0].split()[0])
        with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
            connection.sendall(b"GET /-/versions.json HTTP/1.0\r\n\r\n")
            assert b"200" in connection.recv(200)
    finally:
        process.terminate()
        process.wait(timeout=30)
