"""One stand-in a module, with pages of their own for each test."""

from collections.abc import Iterator

import pytest

from tests.standin.server import StandIn


@pytest.fixture(scope="module")
def shared() -> Iterator[StandIn]:
    """The server, which takes a while to start."""
    with StandIn() as web:
        yield web


@pytest.fixture
def web(shared: StandIn) -> Iterator[StandIn]:
    """The server with its pages as they were; what a test puts there is gone after it."""
    known, failing = {**shared._pages}, {name: [*pages] for name, pages in shared._failing.items()}
    shared.clear()
    yield shared
    shared._pages, shared._failing = known, failing
