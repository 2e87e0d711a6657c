"""The `puljespor` command. Heavy imports wait until a command needs them: --help answers at once."""

import argparse
import os
import sqlite3
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

from flows.settings import DEFAULT_CRON

DEFAULT_DB = Path("output/puljespor.db")
OK, SOME_FAILED, WRONG_USE = 0, 1, 2
HIGHEST_PORT = 65_535
Command = Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when all went well, 1 when something failed, 2 for wrong use."""
    options = parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except KeyboardInterrupt:
        print("stopped; what was finished is in the database", file=sys.stderr)
        return SOME_FAILED
    except BrokenPipeError:  # puljespor show … | head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except Exception as error:
        if name_of_situation(error):
            print(f"puljespor: {error}", file=sys.stderr)
            return SOME_FAILED
        raise


def name_of_situation(error: Exception) -> bool:
    """Is this one of our own exceptions, whose message is made for the user?"""
    ours = type(error).__module__.partition(".")[0] in {"corpus", "extractors", "output", "flows"}
    return ours or isinstance(error, sqlite3.OperationalError)


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="puljespor",
        description="Follow the money through Danish social policy: documents in, facts with evidence out.",
    )
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    for add in (add_ingest, add_add, add_show, add_browse, add_export, add_evaluate, add_nightly):
        add(commands)
    return top


Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def command(commands: Commands, name: str, run: Command, what: str) -> argparse.ArgumentParser:
    new: argparse.ArgumentParser = commands.add_parser(name, help=what, description=what)
    new.set_defaults(run=run)
    return new


def database_option(new: argparse.ArgumentParser) -> None:
    new.add_argument("--db", type=Path, default=DEFAULT_DB, help=f"the database (default: {DEFAULT_DB})")


def add_ingest(commands: Commands) -> None:
    new = command(commands, "ingest", run_ingest, "read files and folders into the database")
    new.add_argument(
        "paths",
        nargs="+",
        type=Path,
        metavar="PATH",
        help="a text or HTML file, or a folder of them",
    )
    database_option(new)
    new.add_argument(
        "--no-prefect",
        action="store_true",
        help="run the same functions plainly, without a Prefect flow",
    )


def add_add(commands: Commands) -> None:
    new = command(commands, "add", run_add, "add one new document from a file or an address")
    new.add_argument("source", metavar="FILE_OR_URL")
    database_option(new)
    new.add_argument(
        "--dry-run",
        action="store_true",
        help="show what it says and what would change, and write nothing",
    )


def add_show(commands: Commands) -> None:
    new = command(commands, "show", run_show, "a document's facts, each with its quote")
    new.add_argument(
        "document",
        metavar="DOCUMENT_OR_FILE",
        help="an id (or its beginning), an address, or a file",
    )
    database_option(new)


def add_browse(commands: Commands) -> None:
    new = command(
        commands,
        "browse",
        run_browse,
        "look at the database in a web browser, with Datasette, on this machine only",
    )
    database_option(new)
    new.add_argument("--port", type=port_number, default=8001, help="default: 8001; 0 takes any free one")
    new.add_argument("--open", action="store_true", help="open the web browser too")


def port_number(text: str) -> int:
    """A TCP port. Raises ValueError, which argparse turns into wrong use."""
    port = int(text)
    if not 0 <= port <= HIGHEST_PORT:
        raise ValueError(port)
    return port


def add_export(commands: Commands) -> None:
    new = command(commands, "export", run_export, "write every table as CSV and JSON Lines, with a codebook")
    new.add_argument("folder", type=Path, metavar="FOLDER")
    database_option(new)


def add_evaluate(commands: Commands) -> None:
    new = command(
        commands,
        "evaluate",
        run_evaluate,
        "score the database against gold: precision, recall, F1 by kind",
    )
    new.add_argument("gold", type=Path, metavar="GOLD_FOLDER")
    which = new.add_mutually_exclusive_group()
    which.add_argument(
        "--db", type=Path, default=DEFAULT_DB, help=f"score this database (default: {DEFAULT_DB})"
    )
    which.add_argument(
        "--ingest",
        action="store_true",
        help="read the gold's own documents afresh instead, and keep nothing",
    )
    new.add_argument("--errors", action="store_true", help="list every miss, false hit and wrong value")
    new.add_argument(
        "--floors",
        type=Path,
        metavar="FILE",
        help="fail when a score is below its floor in this TOML file",
    )


def add_nightly(commands: Commands) -> None:
    new = command(commands, "nightly", run_nightly, "run the flow every night in Danish time until stopped")
    new.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="what to read each night")
    database_option(new)
    new.add_argument(
        "--cron",
        default=DEFAULT_CRON,
        help="when, as five cron fields in Europe/Copenhagen; after 03:00, for the hour before comes"
        " twice or not at all when the clocks change (default: %(default)s)",
    )


def run_ingest(options: argparse.Namespace) -> int:
    from flows import terminal  # noqa: PLC0415 rich takes a while

    if options.no_prefect:
        from flows.pipeline import ingest as run  # noqa: PLC0415 imports the readers
    else:
        from flows.settings import quiet_environment  # noqa: PLC0415 before prefect

        quiet_environment()
        from flows.ingest import run_flow as run  # noqa: PLC0415 prefect takes seconds
    with terminal.progress() as progress:
        report = run(options.paths, options.db, progress)
    terminal.print_report(report)
    return report.exit_code


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

    terminal.print_facts(*show.facts_of(options.document, options.db))
    return OK


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


def run_evaluate(options: argparse.Namespace) -> int:
    from flows import evaluate, terminal  # noqa: PLC0415 imports the readers

    if options.ingest:
        with terminal.progress() as progress:
            scores, missing = evaluate.evaluate_fresh(options.gold, progress)
    else:
        scores, missing = evaluate.evaluate(options.gold, existing(options.db))
    terminal.print_scores(scores, missing, options.errors)
    low = evaluate.below(scores, options.floors) if options.floors else []
    for line in low:
        print(f"puljespor: {line}", file=sys.stderr)
    return SOME_FAILED if low or missing else OK


def run_nightly(options: argparse.Namespace) -> int:
    from flows.settings import quiet_environment  # noqa: PLC0415 before prefect

    quiet_environment()
    from flows.ingest import nightly_schedule, serve_nightly  # noqa: PLC0415 prefect takes seconds

    try:
        nightly_schedule(options.cron)
    except ValueError as error:
        print(f"puljespor: {error}", file=sys.stderr)
        return WRONG_USE
    serve_nightly(options.paths, options.db, options.cron)
    return OK


def existing(db: Path) -> Path:
    """The database, or a word on how to make one."""
    from output.database import WrongDatabaseError  # noqa: PLC0415 waits for its command

    if not db.is_file():
        raise WrongDatabaseError(f"{db}: no database there yet; make one with: puljespor ingest PATH")
    return db


if __name__ == "__main__":
    sys.exit(main())
