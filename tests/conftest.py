"""What the whole run shares."""

import gc
import sqlite3
from collections.abc import Iterator

import pytest

from output import database

gc.disable()  # while everything is imported and collected: none of it is garbage


def pytest_collection_finish() -> None:
    """From here on the collector leaves alone what was imported and collected: looking through all of it
    again and again took two fifths of the run."""
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def one_schema() -> Iterator[None]:
    """The tables are made once, as the program makes them; every empty database of a test is a copy."""
    made = sqlite3.connect(":memory:", check_same_thread=False)
    database.create_schema(database.Database(made))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "create_schema", lambda db: made.backup(db.conn))
        yield
    made.close()
