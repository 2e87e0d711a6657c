"""A scheduled run really fires, and nothing is left running afterwards.

A newer SQLAlchemy once broke the schedule without a word, so this starts the real thing.
"""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from flows import server

ROOT = Path(__file__).parents[2]
PATIENCE = 240  # seconds; a cold start on a slow machine plus the minute the schedule waits for
TEXT = "Aftale om en stærkere indsats\n\n12. november 2021\n\nDer afsættes 5 mio. kr. i 2022.\n"

NIGHTLY = ("-m", "flows.cli", "nightly", "ind")
HOLD_A_SERVER = """
import time
from flows.settings import quiet_environment
from flows.server import prefect_server
quiet_environment()
with prefect_server() as url:
    print(url, flush=True)
    time.sleep(600)
"""

needs_proc = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs /proc")


def processes_of(home: Path) -> list[int]:
    """Every process that was started with this PREFECT_HOME."""
    found = []
    for environ in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"PREFECT_HOME={home}\0".encode() in environ.read_bytes():
                found.append(int(environ.parent.name))
        except OSError:
            continue  # gone, or not ours to look at
    return found


@contextmanager
def started(home: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Run Python in an empty PREFECT_HOME, from another folder than the source's."""
    ours = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
    env = {**ours, "PREFECT_HOME": str(home), "PYTHONPATH": str(ROOT)}
    log = (home.parent / "log.txt").open("w")
    with (
        log,
        subprocess.Popen(
            [sys.executable, *arguments],
            env=env,
            cwd=home.parent,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        ) as process,
    ):
        try:
            yield process
        finally:
            for pid in processes_of(home):
                os.kill(pid, signal.SIGKILL)


def eventually(what: Callable[[], bool], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while not what():
        if time.monotonic() > deadline:
            pytest.fail(f"it did not happen in {PATIENCE} s:\n{log.read_text()[-3000:]}")
        time.sleep(0.5)


def has_documents(db: Path) -> bool:
    if not db.exists():
        return False
    try:
        with closing(sqlite3.connect(f"{db.as_uri()}?mode=ro", uri=True)) as connection:
            return bool(connection.execute("SELECT count(*) FROM documents").fetchone()[0])
    except sqlite3.OperationalError:  # the tables are being made
        return False


@needs_proc
@pytest.mark.slow
@pytest.mark.timeout(600)
def test_scheduled_run_writes_the_database_and_sigterm_ends_everything(tmp_path: Path) -> None:
    home, db, log = tmp_path / "prefect", tmp_path / "nat.db", tmp_path / "log.txt"
    (tmp_path / "ind").mkdir()
    (tmp_path / "ind" / "aftale.txt").write_text(TEXT, encoding="utf-8")
    with started(home, *NIGHTLY, "--db", "nat.db", "--cron", "* * * * *") as process:
        eventually(lambda: process.poll() is not None or has_documents(db), log)
        assert process.poll() is None, log.read_text()
        assert len(processes_of(home)) >= 2, "a server and a runner"
        process.terminate()
        eventually(lambda: process.poll() is not None and not processes_of(home), log)
    assert "Traceback" not in log.read_text()


@needs_proc
@pytest.mark.slow
@pytest.mark.timeout(600)
def test_server_ends_even_when_its_owner_is_killed(tmp_path: Path) -> None:
    home, log = tmp_path / "prefect", tmp_path / "log.txt"
    with started(home, "-c", HOLD_A_SERVER) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        assert server.answers(url), log.read_text()
        process.kill()
        eventually(lambda: not processes_of(home), log)
