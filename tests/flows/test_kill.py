"""A run that is killed leaves whole documents or none, and frees its lock; never two at once."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from flows import lock, pipeline
from flows.order import Order
from output.database import rows, scalar
from output.table import Row
from tests.flows.test_pipeline import dump, opened
from tests.output import danish

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four documents and a copy of one without its date line."""
    danish.write_files(tmp_path / "tekster", danish.TEXTS | {"a.txt": danish.UNDATED})
    return tmp_path / "tekster"


HOLDER = """
import sys, time
from pathlib import Path
from flows.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def python(code: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)


def test_two_runs_never_write_at_once(folder: Path, tmp_path: Path) -> None:
    db = tmp_path / "new" / "a.db"
    with python(HOLDER, db) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(lock.Locked, match=r"another run.*try again"):
            pipeline.ingest(Order(paths=(folder,)), db)
        assert not db.exists()
        holder.kill()
    assert pipeline.ingest(Order(paths=(folder / "tur.txt",)), db).exit_code == 0
    with lock.locked(db):
        pass


# runs the ingest once, then in forks that kill themselves at a statement
KILLED = """
import os, signal, sys
from pathlib import Path
from flows import pipeline
from flows.order import Order
from output import database

made = database.Database
folder, scratch, steps = Path(sys.argv[1]), Path(sys.argv[2]), [float(s) for s in sys.argv[3:]]

def run(db, limit, count):
    def step(sql):
        count.append(sql)
        if len(count) == limit:
            os.kill(os.getpid(), signal.SIGKILL)
    def traced(*arguments, **options):
        opened = made(*arguments, **options)
        opened.conn.set_trace_callback(step)
        return opened
    database.Database = traced
    pipeline.ingest(Order(paths=(folder,)), db)

statements = []
run(scratch / "clean.db", 0, statements)
for n, share in enumerate(steps):
    pid = os.fork()
    if pid == 0:
        run(scratch / f"{n}.db", max(1, int(share * len(statements))), [])
        os._exit(0)
    assert os.waitpid(pid, 0)[1] == signal.SIGKILL
print(len(statements))
"""
SHARES = (0.0, 0.05, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.85, 0.95, 1.0)  # of all statements
WHOLE = ("blocks", "mentions", "issues")


def test_a_kill_leaves_whole_documents_or_none(folder: Path, tmp_path: Path) -> None:
    with python(KILLED, folder, tmp_path, *SHARES) as killed:
        assert killed.stdout is not None
        assert int(killed.stdout.read()) > 500
    assert killed.returncode == 0
    clean = dump(tmp_path / "clean.db")
    sizes = set()
    for n in range(len(SHARES)):
        db = tmp_path / f"{n}.db"
        sizes.add(whole_documents(db, tmp_path / "clean.db"))
        pipeline.ingest(Order(paths=(folder,)), db)
        assert dump(db) == clean, f"killed at {SHARES[n]}"
    assert {0, 1, 2, 3} <= sizes  # kills fell between documents and after the last


def unnamed(found: list[Row], version: str) -> list[str]:
    """Rows without the id of their version."""
    return [str(row).replace(version, "@") for row in found]


def whole_documents(db: Path, clean: Path) -> int:
    """How many versions a killed run left, each with all that a clean database has of it."""
    with closing(sqlite3.connect(db)) as left:
        assert left.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        if not left.execute("SELECT 1 FROM sqlite_master").fetchall():
            return 0  # killed before the tables were there: none of them is
    with opened(db) as killed, opened(clean) as whole:
        danish.sound(killed)
        versions = [str(row["id"]) for row in rows(killed, "SELECT id FROM document_versions")]
        for version in versions:
            text = version.partition("@")[2]  # a copy with a date may rename the document
            same = str(scalar(whole, "SELECT id FROM document_versions WHERE id LIKE '%@' || ?", text))
            for table in WHOLE:
                sql = f"SELECT * FROM {table} WHERE document_version_id = ? ORDER BY 1, 2"
                assert unnamed(rows(killed, sql, version), version) == unnamed(rows(whole, sql, same), same)
            for table in pipeline.FACTS.values():
                sql = f"SELECT count(*) FROM {table} WHERE mention_id LIKE ? || ':%'"
                assert scalar(killed, sql, version) == scalar(whole, sql, same)
        return len(versions)
