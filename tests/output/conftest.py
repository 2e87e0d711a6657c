"""What several of the tests here start from."""

from collections.abc import Iterator

import pytest

from output.database import Database, open_database
from tests.output import danish


@pytest.fixture
def db() -> Iterator[Database]:
    """An empty database in memory; what a test leaves in it must be sound."""
    opened = open_database(None)
    yield opened
    danish.sound(opened)
    opened.close()
