"""The stand-in and a client of it, anew for every test."""

from collections.abc import Iterator

import httpx
import pytest

from tests.standin.client import There
from tests.standin.server import StandIn


@pytest.fixture
def web() -> Iterator[StandIn]:
    with StandIn() as web:
        yield web


@pytest.fixture
def client(web: StandIn) -> Iterator[httpx.Client]:
    with httpx.Client(transport=There(web), timeout=10) as client:
        yield client
