"""The `puljespor` command. Heavy imports wait until a command needs them: --help answers at once."""

import argparse
import os
import sqlite3
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TypeAlias

from flows import commands
from flows.commands import OK, SOME_FAILED
from flows.settings import DEFAULT_CRON

DEFAULT_DB = Path("output/puljespor.db")
HIGHEST_PORT = 65_535
Command = Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when all went well, 1 when something failed, 2 for wrong use."""
    options = parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except KeyboardInterrupt:
        print("stopped; what came in is kept, and the same command goes on from there", file=sys.stderr)
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
    for add in (
        add_ingest,
        add_add,
        add_show,
        add_check,
        add_browse,
        add_export,
        add_evaluate,
        add_changes,
        add_nightly,
        add_rebuild,
        add_verify,
        add_correct,
    ):
        add(commands)
    return top


Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def command(found: Commands, name: str, run: Command, what: str) -> argparse.ArgumentParser:
    new: argparse.ArgumentParser = found.add_parser(name, help=what, description=what)
    new.set_defaults(run=run)
    return new


def database_option(new: argparse.ArgumentParser) -> None:
    new.add_argument("--db", type=Path, default=DEFAULT_DB, help=f"the database (default: {DEFAULT_DB})")


def add_ingest(found: Commands) -> None:
    new = command(
        found, "ingest", commands.run_ingest, "collect sites, addresses, files and folders into the database"
    )
    sources_argument(new)
    database_option(new)
    new.add_argument(
        "--since",
        type=iso_day,
        metavar="DATE",
        help="leave out what the sites published before, as 2026-01-31",
    )
    new.add_argument(
        "--limit", type=positive, metavar="N", help="fetch at most this many pages of a site; new ones first"
    )
    new.add_argument(
        "--no-prefect",
        action="store_true",
        help="run the same functions plainly, without a Prefect flow",
    )


def sources_argument(new: argparse.ArgumentParser) -> None:
    new.add_argument(
        "sources",
        nargs="*",
        metavar="SITE_OR_PATH",
        help="a site as sm.dk, an address, a file (text, HTML, PDF, Word) or a folder; none: all sites",
    )


def iso_day(text: str) -> date:
    """A day, for argparse."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; give one as 2026-01-31") from error


def positive(text: str) -> int:
    """A whole number above 0, for argparse."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number above 0")
    return int(text)


def add_add(found: Commands) -> None:
    new = command(found, "add", commands.run_add, "add one new document from a file or an address")
    new.add_argument("source", metavar="FILE_OR_URL")
    database_option(new)
    new.add_argument(
        "--dry-run",
        action="store_true",
        help="show what it says and what would change, and write nothing",
    )


def add_show(found: Commands) -> None:
    new = command(found, "show", commands.run_show, "a document's facts with their quotes; a thing in short")
    new.add_argument(
        "name",
        metavar="ID_OR_FILE",
        help="the id of a document (or its beginning), its address, a file; the id of an agreement or an"
        " initiative, also one that it had before",
    )
    database_option(new)


def add_check(found: Commands) -> None:
    new = command(
        found,
        "check",
        commands.run_check,
        "what does not add up, with its words; fails if anything does not",
    )
    database_option(new)
    new.add_argument("--all", action="store_true", help="show what adds up, and what cannot be checked, too")


def add_browse(found: Commands) -> None:
    new = command(
        found,
        "browse",
        commands.run_browse,
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


def add_export(found: Commands) -> None:
    new = command(
        found, "export", commands.run_export, "write every table as CSV and JSON Lines, with a codebook"
    )
    new.add_argument("folder", type=Path, metavar="FOLDER")
    database_option(new)


def add_evaluate(found: Commands) -> None:
    new = command(
        found,
        "evaluate",
        commands.run_evaluate,
        "score the database against gold: precision, recall, F1 by kind; or against an older database",
    )
    new.add_argument("gold", type=Path, metavar="GOLD_FOLDER", nargs="?")
    which = new.add_mutually_exclusive_group()
    which.add_argument(
        "--db", type=Path, default=DEFAULT_DB, help=f"score this database (default: {DEFAULT_DB})"
    )
    which.add_argument(
        "--ingest",
        action="store_true",
        help="read the gold's own documents afresh instead, and keep nothing",
    )
    new.add_argument(
        "--against",
        type=Path,
        metavar="OLD.db",
        help="list the facts that were gained, lost and changed since this database was made",
    )
    new.add_argument("--errors", action="store_true", help="list every miss, false hit and wrong value")
    new.add_argument(
        "--floors",
        type=Path,
        metavar="FILE",
        help="fail when a score is below its floor in this TOML file",
    )


def add_changes(found: Commands) -> None:
    new = command(
        found, "changes", commands.run_changes, "what the runs since a day added, changed or removed"
    )
    new.add_argument(
        "--since", type=iso_day, metavar="DATE", required=True, help="as 2026-01-31; days are counted in UTC"
    )
    database_option(new)


def add_nightly(found: Commands) -> None:
    new = command(
        found, "nightly", commands.run_nightly, "run the flow every night in Danish time until stopped"
    )
    sources_argument(new)
    database_option(new)
    new.add_argument(
        "--cron",
        default=DEFAULT_CRON,
        help="when, as five cron fields in Europe/Copenhagen; after 03:00, for the hour before comes"
        " twice or not at all when the clocks change (default: %(default)s)",
    )


def add_rebuild(found: Commands) -> None:
    new = command(
        found,
        "rebuild",
        commands.run_rebuild,
        "make the database again from its archive alone, without network",
    )
    database_option(new)


def add_verify(found: Commands) -> None:
    new = command(
        found, "verify", commands.run_verify, "check that the archive holds what was stored, byte for byte"
    )
    database_option(new)


def add_correct(found: Commands) -> None:
    new = command(
        found,
        "correct",
        commands.run_correct,
        "replay the corrections that you keep in a spreadsheet, and say what became of each",
    )
    new.add_argument(
        "--file",
        type=Path,
        metavar="FILE",
        help="the corrections (default: NAME.corrections.csv beside the database NAME.db, which every"
        " other run replays too); one that is not there is begun",
    )
    database_option(new)


if __name__ == "__main__":
    sys.exit(main())
