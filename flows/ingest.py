"""The pipeline as a Prefect flow: the same functions, with retries, history and a schedule.

This is the only module that imports prefect, and it does so at its top, which takes seconds:
whoever needs it imports it when needed, after `flows.settings.quiet_environment()`.

A run in which a document failed ends as Failed, so that Prefect's own alarms see what the exit
code says; everything that could be read is in the database all the same.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar, cast

from prefect import State, Task, flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import TaskRun
from prefect.client.schemas.schedules import CronSchedule
from prefect.runner import Runner
from prefect.runtime import flow_run
from prefect.schedules import Cron, Schedule
from prefect.settings import PREFECT_API_URL, get_current_settings, temporary_settings
from prefect.states import Completed, Failed
from prefect.types.entrypoint import EntrypointType
from prefect.utilities.annotations import quote

from corpus.collect import Ask, Progress
from corpus.fetch import Fetched
from corpus.polite import Headers
from flows import load, pipeline, server, terminal
from flows.lock import Locked
from flows.order import read_order
from flows.outcome import Done, Entry, Read, Report
from flows.settings import DEFAULT_CRON, QUIET_LEVEL, SKIPPED_HOUR, hours_of
from output.corrections import Correction
from output.runs import Run

_T = TypeVar("_T")
_progress: ContextVar[Progress] = ContextVar("progress", default=pipeline.silent)


def run_flow(
    sources: Sequence[str],
    db: Path,
    since: date | None = None,
    limit: int | None = None,
    progress: Progress = pipeline.silent,
) -> Report:
    """Run the flow once, on the configured Prefect server or on one of our own meanwhile.

    `progress` is called with what is being done, how much of it is, and how much there is.
    Raises `Locked`, `server.ServerError`, or what made the run impossible.
    """
    token = _progress.set(progress)
    try:
        with server.stopped_by_signals(), _quiet_console(), _connected():
            day = since.isoformat() if since else None
            state = ingest([*sources], str(db), day, limit, return_state=True)
    finally:
        _progress.reset(token)
    result = state.result(raise_on_failure=False)
    if isinstance(result, BaseException):
        raise result
    return cast(Report, result)


def serve_nightly(sources: Sequence[str], db: Path, cron: str = DEFAULT_CRON) -> None:
    """Run the flow on a schedule in Danish time until told to stop; never two runs at once.

    Raises ValueError for a cron expression that is none, and `server.ServerError`.
    """
    schedule = nightly_schedule(cron)
    with _connected():
        runner = _Runner(name="nightly", limit=1)
        runner.add_flow(
            ingest,
            name="nightly",
            schedule=schedule,
            parameters={
                "sources": [*sources],
                "db": str(db.absolute()),
                "tell": True,
            },
            entrypoint_type=EntrypointType.MODULE_PATH,
        )
        asyncio.run(runner.until_told_to_stop())


class _Runner(Runner):
    """Prefect's runner (what `ingest.serve` starts), which on SIGTERM takes its run along.

    Prefect's own handler (3.8.8) never awaits its clean-up: the run in progress went on alone,
    without a server. `limit=1` keeps runs apart; a limit kept by the server would also keep the
    place of a run that died with its machine, and cancel the run of every night after that.
    """

    async def until_told_to_stop(self) -> None:
        """Start what the schedule asks for, until Ctrl-C, SIGTERM, or the terminal closes."""
        serving = asyncio.create_task(self.start())
        self._stop_serving = partial(serving.get_loop().call_soon_threadsafe, serving.cancel)
        signals = server.on_signals(self.handle_sigterm, "SIGINT", "SIGTERM", "SIGHUP")
        with signals, suppress(asyncio.CancelledError):
            await serving

    def handle_sigterm(self, *_args: Any, **_kwargs: Any) -> None:
        """Stop the run in progress, if any, and then the runner."""
        for child in multiprocessing.active_children():
            child.terminate()
        self._stop_serving()


def nightly_schedule(cron: str) -> Schedule:
    """Read a cron expression as Danish time; ValueError, in one line, when it makes no sense."""
    fields = cron.split()
    try:
        CronSchedule(cron=cron)
    except ValueError:
        fields = []
    if len(fields) != len("mhdMw"):
        raise ValueError(f"not a cron expression of five fields, like '{DEFAULT_CRON}': '{cron}'")
    # round the clock ('*', '*/2') one run more or less in a year is no loss
    if "*" not in fields[1] and SKIPPED_HOUR in hours_of(fields[1]):
        raise ValueError(
            f"'{cron}' falls in the hour that is skipped in March and comes twice in October;"
            " choose three o'clock or later"
        )
    return Cron(cron, timezone="Europe/Copenhagen")


@contextmanager
def _connected() -> Iterator[None]:
    """Be connected to a Prefect server, whatever Prefect found configured when imported."""
    configured = get_current_settings().api.url
    with server.prefect_server(configured) as url, temporary_settings({PREFECT_API_URL: url}):
        try:
            yield
        finally:
            for handler in logging.getLogger("prefect.flow_runs").handlers:
                handler.flush()  # while there is a server to send the last lines to


@contextmanager
def _quiet_console() -> Iterator[None]:
    """Keep Prefect's log off the terminal: our caller hears of every failure and says it once.

    The log goes to the server all the same. A user who asked Prefect for more gets it here.
    """
    wanted = get_current_settings().logging.level != QUIET_LEVEL
    consoles = [] if wanted else list(logging.getLogger().handlers)
    for handler in consoles:
        handler.addFilter(_is_not_prefect)
    try:
        yield
    finally:
        for handler in consoles:
            handler.removeFilter(_is_not_prefect)


def _is_not_prefect(record: logging.LogRecord) -> bool:
    return not record.name.startswith("prefect")


def _run_name() -> str:
    """Name a run by what it reads and the day, as in `ingest-9-sites-2026-11-22`."""
    sources: list[str] = flow_run.parameters["sources"]
    return f"ingest-{read_order(sources).what}-{date.today()}"


@flow(name="ingest", flow_run_name=_run_name)
def ingest(
    sources: list[str], db: str, since: str | None = None, limit: int | None = None, tell: bool = False
) -> State[Any]:
    """Sites, addresses and files into the database: what is new or changed, one transaction per document.

    `sources` as for the command; none means all sites. `since` is an ISO date. With `tell` the
    report is printed too: nobody else does that at night.
    """
    order = read_order(sources, date.fromisoformat(since) if since else None, limit)
    steps = pipeline.Steps(_fetching, _read_batch, _write_batch, _resolve)
    try:
        report = pipeline.ingest(order, Path(db), _told(), steps=steps)
    except Locked as error:
        return Failed(message=str(error), data=error)
    if tell:
        _print(report)
    create_markdown_artifact(
        report.markdown(), key="puljespor-ingest", description="What came in, what was found"
    )
    return _final_state(report)


def _print(report: Report) -> None:
    """The report on the terminal or in the journal, with the time."""
    print(f"{datetime.now():%Y-%m-%d %H:%M} puljespor: the run is done", flush=True)
    terminal.print_report(report)


def _told() -> Progress:
    """Where progress is told. A function: Prefect pickles the flow with the globals it names, and no
    context variable can be pickled."""
    return _progress.get()


def _fetching(ask: Ask) -> Ask:
    """Make a task of every page that is fetched; what it brings is data, and what fails is raised."""

    def fetch(url: str, headers: Headers) -> Fetched:
        named = fetch_page.with_options(task_run_name=url.replace("{", "(").replace("}", ")")[:200])
        state = named(_whole(ask), url, _whole(headers), return_state=True)
        found = state.result(raise_on_failure=False)
        if isinstance(found, BaseException):
            raise found
        return found

    return fetch


def _read_batch(folder: Path, entries: Sequence[Entry]) -> list[Read]:
    return read_batch(folder, _whole(entries))


def _write_batch(db: Path, reads: Sequence[Read], run: Run | None) -> list[tuple[str, Done]]:
    return write_batch(db, _whole(reads), _whole(run))


def _resolve(db: Path, corrections: Sequence[Correction] | None, run: Run | None) -> None:
    resolve(db, _whole(corrections), _whole(run))


def _final_state(report: Report) -> State[Any]:
    failed = len(report.failures)
    total = failed + len(report.written)
    if report.exit_code == 0:
        return Completed(message=f"{total} documents", data=report)
    message = f"{failed} of {total} failed, {len(report.alarms)} alarms, {report.failed_checks} checks failed"
    return Failed(message=message, data=report)


def _whole(value: _T) -> _T:
    """Hand a value to a task as one piece: Prefect would walk through every object in it."""
    return cast(_T, quote(value))


def _database_is_busy(_task: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
    """Somebody else holds the database at this moment: worth another try."""
    error = state.result(raise_on_failure=False)
    return isinstance(error, sqlite3.OperationalError) and "locked" in str(error)


_PATIENT: dict[str, Any] = {
    "cache_policy": NO_CACHE,
    "retries": 3,
    "retry_delay_seconds": [1, 5, 20],
    "retry_condition_fn": _database_is_busy,
}


@task(name="fetch-page", cache_policy=NO_CACHE)
def fetch_page(ask: Ask, url: str, headers: Headers) -> Fetched:
    """Ask one address. The session waits and tries again itself: it knows the host's wishes."""
    return ask(url, headers)


@task(name="read-batch", cache_policy=NO_CACHE)
def read_batch(folder: Path, entries: Sequence[Entry]) -> list[Read]:
    """Read and understand some fifty bodies; pure work, so a second try would not help."""
    return load.read_batch(folder, entries)


@task(name="write-batch", **_PATIENT)
def write_batch(db: Path, reads: Sequence[Read], run: Run | None) -> list[tuple[str, Done]]:
    """Write what was read; called directly, so there are never two at a time."""
    return load.write_batch(db, reads, run)


@task(name="resolve", **_PATIENT)
def resolve(db: Path, corrections: Sequence[Correction] | None, run: Run | None) -> None:
    """Join documents to agreements, and initiatives to histories."""
    pipeline.resolve(db, corrections, run)
