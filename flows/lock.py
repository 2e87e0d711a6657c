"""One writer at a time: a lock beside the database that the system frees when its holder dies."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from output.database import WrongDatabaseError


class Locked(Exception):  # noqa: N818 (a situation, and the flow catches it by this name)
    """Another run is writing to this database."""


@contextlib.contextmanager
def locked(db: Path) -> Iterator[None]:
    """Hold the database's lock; the system takes it back when the process dies.

    Raises Locked if another process holds it, WrongDatabaseError if there is no such place.
    """
    with open_lock(db) as handle:
        try:
            lock_file(handle.fileno())
        except OSError as error:
            why = "another run is writing to it; try again when it is done"
            raise Locked(f"{db}: {why}") from error
        yield


def open_lock(db: Path) -> IO[str]:
    try:
        db.parent.mkdir(parents=True, exist_ok=True)
        return db.with_name(f"{db.name}.lock").open("a")
    except OSError as error:
        raise WrongDatabaseError(f"{db}: cannot be written ({error.strerror})") from error


def lock_file(descriptor: int) -> None:
    if os.name == "nt":  # pragma: no cover - no Windows here
        import msvcrt  # noqa: PLC0415 exists on Windows only

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    else:
        import fcntl  # noqa: PLC0415 does not exist on Windows

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
