"""The world of a crawl in tests: the stand-in under the sites' own names, a clock that stands."""

from dataclasses import replace
from datetime import UTC, datetime

from corpus.guard import Limits
from corpus.polite import Manners
from flows.environment import ALLOW, AUTHORITIES, CONNECT_TO, INTERVAL, Outside
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


def environment(web: StandIn) -> dict[str, str]:
    """The same for a process of its own."""
    found = limits(web)
    return {
        ALLOW: ",".join(found.allow),
        CONNECT_TO: ",".join(f"{name}={place}" for name, place in found.connect_to.items()),
        AUTHORITIES: str(web.ca),
        INTERVAL: "0",
    }
