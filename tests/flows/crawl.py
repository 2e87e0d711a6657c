"""The world that the tests of a crawl live in: the stand-in under the sites' own names, a clock that stands."""

from dataclasses import replace
from datetime import UTC, datetime

from corpus.guard import Limits
from corpus.polite import Manners
from flows.environment import Outside
from tests.standin.server import StandIn

TODAY = datetime(2026, 3, 20, 4, 15, tzinfo=UTC)


def limits(web: StandIn) -> Limits:
    """Connections to every host of the stand-in go to this machine; all others go nowhere."""
    connect_to = {f"{host}:443": web.address for host in web.hosts}
    connect_to |= {f"{host}:80": web.plain_address for host in web.hosts}
    return Limits(
        seconds=20, connect_seconds=2, allow=("127.0.0.1/32",), connect_to=connect_to, authorities=web.ca
    )


def world(web: StandIn, now: datetime = TODAY, **manners: object) -> Outside:
    """Outside as the stand-in: nobody waits, the clock stands."""
    polite = Manners(interval=0.0, pause=0.0, limits=limits(web))
    return Outside(replace(polite, **manners), now=lambda: now, sleep=lambda _seconds: None)
