"""What each command does. Heavy imports wait until a command needs them: --help answers at once."""

import argparse
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus.collect import Progress
    from flows.outcome import Report

OK, SOME_FAILED, WRONG_USE = 0, 1, 2


def run_ingest(options: argparse.Namespace) -> int:
    from flows import terminal  # noqa: PLC0415 rich takes a while

    with terminal.progress() as progress:
        report = ingested(options, progress)
    terminal.print_report(report)
    return report.exit_code


def ingested(options: argparse.Namespace, progress: "Progress") -> "Report":
    """The run, as a Prefect flow unless that is not wanted."""
    from flows import pipeline  # noqa: PLC0415 imports the readers
    from flows.order import read_order  # noqa: PLC0415 imports the readers

    order = read_order(options.sources, options.since, options.limit)
    if options.no_prefect:
        return pipeline.ingest(order, options.db, progress)
    from flows.settings import quiet_environment  # noqa: PLC0415 before prefect

    quiet_environment()
    from flows.ingest import run_flow  # noqa: PLC0415 prefect takes seconds

    return run_flow(options.sources, options.db, options.since, options.limit, progress)


def run_rebuild(options: argparse.Namespace) -> int:
    from flows import pipeline, terminal  # noqa: PLC0415 imports the readers

    with terminal.progress() as progress:
        report = pipeline.rebuild(options.db, progress)
    terminal.print_report(report)
    return report.exit_code


def run_verify(options: argparse.Namespace) -> int:
    from corpus.archive import damage, open_archive  # noqa: PLC0415 waits for its command
    from flows.load import refuse_shortened  # noqa: PLC0415 imports the readers
    from flows.pipeline import archive_of  # noqa: PLC0415 imports the readers

    folder = archive_of(options.db)
    found = list(damage(folder)) if folder.is_dir() else [f"{folder}: no archive there"]
    if not found:
        refuse_shortened(open_archive(folder), options.db)
    for line in found:
        print(f"puljespor: {line}", file=sys.stderr)
    if not found:
        print(f"{len(open_archive(folder).records)} records, all as they were stored: {folder}")
    return SOME_FAILED if found else OK


def run_add(options: argparse.Namespace) -> int:
    from flows import add, terminal  # noqa: PLC0415 imports the readers

    if options.dry_run:
        terminal.print_trial(add.try_source(options.source, options.db))
        return OK
    report = add.add_source(options.source, options.db)
    terminal.print_report(report)
    return report.exit_code


def run_show(options: argparse.Namespace) -> int:
    from flows import show, terminal  # noqa: PLC0415 imports the readers

    story = show.told(options.name, options.db)
    if story:
        terminal.print_story(story)
    else:
        terminal.print_facts(*show.facts_of(options.name, options.db))
    return OK


def run_check(options: argparse.Namespace) -> int:
    from flows import terminal  # noqa: PLC0415 rich takes a while
    from output.checks import told_checks  # noqa: PLC0415 waits for its command
    from output.database import open_database  # noqa: PLC0415 waits for its command

    db = open_database(existing(options.db), read_only=True)
    found = told_checks(db)
    db.close()
    terminal.print_checks(found, options.all)
    return SOME_FAILED if any(row["status"] == "fail" for row in found) else OK


def run_browse(options: argparse.Namespace) -> int:
    import webbrowser  # noqa: PLC0415 only here

    from output.browse import serve  # noqa: PLC0415 an optional extra

    def ready(url: str) -> None:
        print(f"The database is at {url} - stop with Ctrl-C", flush=True)
        if options.open:
            webbrowser.open(url)

    serve(existing(options.db), options.port, ready)
    return OK


def run_export(options: argparse.Namespace) -> int:
    from output.database import open_database  # noqa: PLC0415 waits for its command
    from output.export import export  # noqa: PLC0415 waits for its command

    db = open_database(existing(options.db), read_only=True)
    files = export(db, options.folder)
    db.close()
    print(f"{len(files)} files in {options.folder}; begin with {options.folder / 'codebook.md'}")
    return OK


def run_compare(options: argparse.Namespace) -> int:
    """Without gold: only what the database says otherwise than an older one."""
    from flows import evaluate, terminal  # noqa: PLC0415 imports the readers

    if not options.against or options.ingest or options.floors:
        print("puljespor: name a GOLD_FOLDER, or only two databases with --against and --db", file=sys.stderr)
        return WRONG_USE
    terminal.print_comparison(evaluate.compare_files(existing(options.against), existing(options.db)))
    return OK


def run_evaluate(options: argparse.Namespace) -> int:
    from flows import evaluate, terminal  # noqa: PLC0415 imports the readers

    old = existing(options.against) if options.against else None
    if options.gold is None:
        return run_compare(options)
    with ExitStack() as stack:
        db: Path = options.db
        reasons: dict[str, str] = {}
        if options.ingest:
            progress = stack.enter_context(terminal.progress())
            db, reasons = stack.enter_context(evaluate.fresh_database(options.gold, progress))
        scores, missing = evaluate.evaluate(options.gold, existing(db))
        missing = evaluate.explained(missing, reasons)
        comparison = evaluate.compare_files(old, db) if old else None
    terminal.print_scores(scores, missing, options.errors)
    if comparison:
        terminal.print_comparison(comparison)
    low = evaluate.below(scores, options.floors) if options.floors else []
    for line in low:
        print(f"puljespor: {line}", file=sys.stderr)
    return SOME_FAILED if low or missing else OK


def run_correct(options: argparse.Namespace) -> int:
    from flows import correct, pipeline, terminal  # noqa: PLC0415 waits for its command
    from flows.environment import now  # noqa: PLC0415 waits for its command

    db = existing(options.db)
    file: Path = options.file or correct.file_of(db)
    if not file.exists():
        rows = correct.write_template(db, file)
        print(f"{file}: begun, with the {rows} corrections that the database knows; write one a row")
        return OK
    judged = correct.correct(db, file, pipeline.new_run(db, now(), "correct"))
    terminal.print_corrections(judged)
    return OK if all(one.status == "applied" for one in judged) else SOME_FAILED


def run_changes(options: argparse.Namespace) -> int:
    from contextlib import closing  # noqa: PLC0415 only here

    from flows import terminal  # noqa: PLC0415 rich takes a while
    from flows.environment import now  # noqa: PLC0415 waits for its command
    from output import runs  # noqa: PLC0415 waits for its command
    from output.database import open_database  # noqa: PLC0415 waits for its command

    if options.since > now().date():
        print(f"puljespor: {options.since} is yet to come; name a day that has begun", file=sys.stderr)
        return WRONG_USE
    with closing(open_database(existing(options.db), read_only=True)) as db:
        found = runs.runs_since(db, options.since.isoformat())
        for run in found:
            key = str(run["id"])
            terminal.print_run(run, runs.inputs_of(db, key), runs.changes_of(db, key))
        if not found:
            terminal.print_no_runs(options.since, runs.last_run(db))
    return OK


def run_nightly(options: argparse.Namespace) -> int:
    from flows.settings import quiet_environment  # noqa: PLC0415 before prefect

    quiet_environment()
    from flows.ingest import nightly_schedule, serve_nightly  # noqa: PLC0415 prefect takes seconds

    try:
        nightly_schedule(options.cron)
    except ValueError as error:
        print(f"puljespor: {error}", file=sys.stderr)
        return WRONG_USE
    print(f"Every run is reported here: {options.cron} (Danish time), until Ctrl-C.", flush=True)
    serve_nightly(absolute(options.sources), options.db, options.cron)
    return OK


def absolute(sources: Sequence[str]) -> list[str]:
    """Paths that mean the same wherever the nightly run starts; sites and addresses as they are."""
    from flows.order import read_order  # noqa: PLC0415 imports the readers

    paths = {str(path) for path in read_order(sources).paths}
    return [str(Path(name).absolute()) if str(Path(name)) in paths else name for name in sources]


def existing(db: Path) -> Path:
    """The database, or a word on how to make one."""
    from output.database import WrongDatabaseError  # noqa: PLC0415 waits for its command

    if not db.is_file():
        raise WrongDatabaseError(f"{db}: no database there yet; make one with: puljespor ingest PATH")
    return db
