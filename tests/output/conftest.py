"""What several of the tests here start from."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from flows import pipeline
from flows.order import Order
from output.database import Database, open_database
from tests.output import danish
from tests.support import SHARED


@pytest.fixture
def db() -> Iterator[Database]:
    """An empty database in memory; what a test leaves in it must be sound."""
    opened = open_database(None)
    yield opened
    danish.sound(opened)
    opened.close()


@pytest.fixture(scope="session")
def seeds_and_dev(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of the seeds and the development pages as they were served (beside those of dev stand
    their texts); for reading only."""
    if not (SHARED / "dev").is_dir():
        pytest.skip("the shared folder with seeds and dev is not there")
    texts = sorted((SHARED / "seeds").glob("*.txt"))
    pages = sorted(path for path in (SHARED / "dev").iterdir() if path.suffix in {".html", ".pdf"})
    db = tmp_path_factory.mktemp("seeds_and_dev") / "a.db"
    pipeline.ingest(Order(paths=(*texts, *pages)), db)
    return db
