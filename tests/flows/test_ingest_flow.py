# ruff: noqa: PLC0415 - prefect takes seconds to import: only the slow tests pay for it
"""The Prefect flow does what the plain pipeline does, and says so to Prefect."""

import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from flows import load, lock, pipeline, server, settings
from flows.order import Order
from tests.flows.crawl import environment
from tests.standin.server import StandIn

ROOT = Path(__file__).parents[2]
TEXT = """Aftale om en stærkere indsats nr. {n}

12. november 2021

Regeringen og aftalepartierne er enige om at afsætte {n} mio. kr. i 2022 til en ny rådgivning.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "ind æøå"
    folder.mkdir()
    for n in (2, 3):
        (folder / f"{n}.txt").write_text(TEXT.format(n=n), encoding="utf-8")
    return folder


@pytest.fixture
def broken(folder: Path) -> Path:
    (folder / "tom.txt").write_bytes(b"")
    return folder


@pytest.fixture(scope="session")
def ingest() -> Iterator[ModuleType]:
    """The flow's module, with a Prefect server of the test's own behind it."""
    settings.quiet_environment()
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings
    from prefect.testing.utilities import prefect_test_harness

    from flows import ingest

    without_heartbeat = {PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}  # saves a second per run
    with prefect_test_harness(server_startup_timeout=120), temporary_settings(without_heartbeat):
        yield ingest


def last_run() -> Any:
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.sorting import FlowRunSort

    with get_client(sync_client=True) as client:
        return client.read_flow_runs(sort=FlowRunSort.EXPECTED_START_TIME_DESC, limit=1)[0]


@pytest.mark.slow
def test_same_report_as_the_plain_pipeline(ingest: ModuleType, broken: Path) -> None:
    plain = pipeline.ingest(Order(paths=(broken,)), broken.parent / "plain.db")
    progress: list[tuple[str, int, int]] = []
    report = ingest.run_flow(
        [str(broken)], broken.parent / "flow.db", progress=lambda *step: progress.append(step)
    )
    assert replace(report, db=plain.db) == plain
    assert progress == [*(("files", n, 3) for n in (1, 2, 3)), *(("reading", n, 3) for n in (1, 2, 3))]


@pytest.mark.slow
def test_run_is_named_after_what_came_in(ingest: ModuleType, folder: Path) -> None:
    assert ingest.run_flow([str(folder)], folder.parent / "a.db").exit_code == 0
    run = last_run()
    assert re.fullmatch(r"ingest-1-path-\d{4}-\d\d-\d\d", run.name)
    assert (run.state.name, run.state.message) == ("Completed", "2 documents")


@pytest.mark.slow
def test_failed_document_fails_the_run_and_the_others_are_in(ingest: ModuleType, broken: Path) -> None:
    report = ingest.run_flow([str(broken)], broken.parent / "a.db")
    assert report.exit_code == 1
    assert len(report.written) == 2
    state = last_run().state
    assert state.name == "Failed"
    assert state.message.startswith("1 of 3 failed")


@pytest.mark.slow
def test_every_page_that_is_fetched_is_a_task(
    ingest: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A crawl of one site; a second one asks again and brings nothing."""
    fetched: list[str] = []
    fetch_page = ingest.fetch_page.fn
    monkeypatch.setattr(
        ingest.fetch_page,
        "fn",
        lambda ask, url, headers: fetched.append(url) or fetch_page(ask, url, headers),
    )
    with StandIn() as web:
        for name, value in environment(web).items():
            monkeypatch.setenv(name, value)
        first = ingest.run_flow(["kum.dk"], tmp_path / "a.db")
        asked = [request.url for request in web.requests if not request.path.endswith("/robots.txt")]
        again = ingest.run_flow(["kum.dk"], tmp_path / "a.db")
    assert first.count("new") == 2
    assert fetched[: len(asked)] == asked
    assert {written.outcome for written in again.written} == {"unchanged"}
    assert last_run().name.startswith("ingest-1-site-")


@pytest.mark.slow
def test_report_is_an_artifact(ingest: ModuleType, folder: Path) -> None:
    from prefect.artifacts import Artifact

    report = ingest.run_flow([str(folder)], folder.parent / "a.db")
    artifact: Any = Artifact.get("puljespor-ingest")
    assert artifact.data == report.markdown()


@pytest.mark.slow
def test_second_run_at_the_same_time_is_refused(ingest: ModuleType, folder: Path) -> None:
    db = folder.parent / "a.db"
    with lock.locked(db), pytest.raises(lock.Locked):
        ingest.run_flow([str(folder)], db)
    assert last_run().state.name == "Failed"


@pytest.mark.slow
def test_busy_database_is_tried_again(
    ingest: ModuleType, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    errors = [sqlite3.OperationalError("database is locked")]
    write_batch = load.write_batch

    def busy_once(db: Path, reads: Any, run: Any) -> Any:
        if errors:
            raise errors.pop()
        return write_batch(db, reads, run)

    monkeypatch.setattr(load, "write_batch", busy_once)
    assert len(ingest.run_flow([str(folder)], folder.parent / "a.db").written) == 2


@pytest.mark.slow
def test_other_errors_are_not_tried_again_and_reach_the_caller(
    ingest: ModuleType,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    calls = []

    def broken_rule(_folder: Any, entries: Any) -> Any:
        calls.append(entries)
        raise KeyError("broken rule")

    monkeypatch.setattr(load, "read_batch", broken_rule)
    with pytest.raises(KeyError, match="broken rule"):
        ingest.run_flow([str(folder)], folder.parent / "a.db")
    assert len(calls) == 1
    assert capfd.readouterr() == ("", "")


@pytest.mark.slow
@pytest.mark.parametrize("cron", ["", "hver nat", "15 4 * *", "61 4 * * *", "0 0 4 * * *", "@daily"])
def test_what_is_not_a_cron_expression_is_refused(ingest: ModuleType, cron: str) -> None:
    with pytest.raises(ValueError, match="not a cron expression"):
        ingest.nightly_schedule(cron)


@pytest.mark.slow
@pytest.mark.parametrize("cron", ["30 2 * * *", "0 02 * * 1", "0 2,14 * * *", "0 1-3 * * *"])
def test_hour_that_is_missing_once_a_year_is_refused(ingest: ModuleType, cron: str) -> None:
    with pytest.raises(ValueError, match="three o'clock or later"):
        ingest.nightly_schedule(cron)


@pytest.mark.slow
@pytest.mark.parametrize("cron", ["15 4 * * *", "* * * * *", "0 */2 * * *", "0 3-5 * * mon-fri"])
def test_schedule_is_in_danish_time(ingest: ModuleType, cron: str) -> None:
    schedule = ingest.nightly_schedule(cron)
    assert (schedule.cron, schedule.timezone) == (cron, "Europe/Copenhagen")


PROGRAM = """
import sys
from pathlib import Path
from flows.settings import quiet_environment
quiet_environment()
from flows.ingest import run_flow
sys.exit(run_flow([sys.argv[1]], Path(sys.argv[2])).exit_code)
"""


@pytest.mark.slow
def test_own_server_is_quiet_and_needs_no_network(broken: Path, tmp_path: Path) -> None:
    """Cold start in an empty PREFECT_HOME, behind a proxy that leads nowhere."""
    nowhere = "http://127.0.0.1:9"
    ours = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
    env = {
        **ours,
        **dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), nowhere),
        "PREFECT_HOME": str(tmp_path / "prefect"),
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-c", PROGRAM, str(broken), "en.db"]
    done = subprocess.run(command, env=env, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")
    assert (tmp_path / "en.db").exists()


def test_configured_server_that_does_not_answer_is_an_error() -> None:
    url = "http://127.0.0.1:9/api"
    with pytest.raises(server.ServerError, match=url), server.prefect_server(url):
        pytest.fail("there is no server there")


def test_what_the_user_has_set_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", {"PREFECT_LOGGING_LEVEL": "DEBUG", "NO_PROXY": "intra.dk"})
    settings.quiet_environment()
    assert os.environ["PREFECT_LOGGING_LEVEL"] == "DEBUG"
    assert os.environ["NO_PROXY"] == "intra.dk,127.0.0.1,localhost"
    assert os.environ["DO_NOT_TRACK"] == "1"
    assert "PREFECT_HOME" not in os.environ
