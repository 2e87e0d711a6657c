"""What several of the tests here start from."""

from pathlib import Path

import pytest

from flows import pipeline
from flows.order import Order
from tests.support import SAMPLES


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of the samples; who writes to it copies it first."""
    db = tmp_path_factory.mktemp("samples") / "a.db"
    assert pipeline.ingest(Order(paths=(SAMPLES,)), db).failures == ()
    return db
