"""The corrections file that lies beside a database, and its replay by hand."""

import contextlib
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from flows.environment import now
from flows.lock import locked
from flows.outcome import Failure
from output.corrections import (
    LARGEST,
    Correction,
    Judged,
    UnreadableCorrectionsError,
    read_corrections,
    template,
)
from output.database import WrongDatabaseError, open_database
from output.replay import stored_corrections
from output.runs import Run, end
from output.settle import settle


@dataclass(frozen=True, slots=True)
class Asked:
    """The corrections that a run is to replay, and what is wrong with their file."""

    corrections: tuple[Correction, ...]
    failures: tuple[Failure, ...] = ()


def file_of(db: Path) -> Path:
    """Where a researcher keeps the corrections of a database: beside it, under its name."""
    return db.with_name(f"{db.stem}.corrections.csv")


def asked_for(db: Path) -> Asked:
    """The corrections beside a database; those that it knows where there is no file to be read.

    A file that was moved or spoilt takes nothing back: only a row that is missing in a whole file does.
    """
    file = file_of(db)
    if not file.exists():
        return Asked(tuple(known(db)))
    try:
        return Asked(tuple(read_file(file)))
    except UnreadableCorrectionsError as error:
        reason = str(error).removeprefix(f"{file}: ")
        return Asked(tuple(known(db)), (Failure(str(file), f"{reason}; the corrections stay as they were"),))


def known(db: Path) -> list[Correction]:
    """The corrections that a database knows; none if it is no database of ours."""
    with contextlib.suppress(WrongDatabaseError, sqlite3.DatabaseError):
        if db.is_file():
            with contextlib.closing(open_database(db, read_only=True)) as opened:
                return stored_corrections(opened)
    return []


def read_file(file: Path) -> list[Correction]:
    """The rows of a corrections file. Raises UnreadableCorrectionsError."""
    try:
        with file.open("rb") as opened:
            return read_corrections(opened.read(LARGEST + 1))
    except OSError as error:
        raise UnreadableCorrectionsError(f"{file}: cannot be read ({error.strerror})") from error
    except UnreadableCorrectionsError as error:
        raise UnreadableCorrectionsError(f"{file}: {error}") from error


def correct(db: Path, file: Path, run: Run | None = None) -> list[Judged]:
    """Replay the corrections of a file on a database; what this changes is told as changes of the run.

    Raises UnreadableCorrectionsError or Locked.
    """
    corrections = read_file(file)
    with locked(db), contextlib.closing(open_database(db)) as opened:
        judged = settle(opened, corrections, run)
        if run:
            end(opened, run, now().isoformat(), [])
    return sorted(judged, key=lambda one: one.correction.line)


def write_template(db: Path, file: Path) -> int:
    """A new corrections file with the header and what the database knows; how many rows.

    Raises UnreadableCorrectionsError where it cannot be written.
    """
    corrections = known(db)
    try:
        with file.open("xb") as opened:
            opened.write(template(corrections))
    except OSError as error:
        raise UnreadableCorrectionsError(f"{file}: cannot be written ({error.strerror})") from error
    return len(corrections)
