"""What the environment says of the world outside: who we are, how we ask, what we may ask."""

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from ipaddress import ip_network
from pathlib import Path

from corpus.document import UnreadableError
from corpus.fetch import USER_AGENT
from corpus.guard import Limits
from corpus.memento import BASE
from corpus.polite import Manners

CONTACT = "PULJESPOR_CONTACT"  # how a web site's owner reaches whoever runs this
ALLOW = "PULJESPOR_ALLOW"  # networks that may be fetched from although they are not public
CONNECT_TO = "PULJESPOR_CONNECT_TO"  # sm.dk:443=127.0.0.1:8443,…: a stand-in under a site's own name
AUTHORITIES = "PULJESPOR_CA"  # a PEM file of further certificate authorities
INTERVAL = "PULJESPOR_INTERVAL"  # seconds between two requests to a host


def now() -> datetime:
    """The time of day; the only clock that a run looks at."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Outside:
    """How a run meets the world: its manners, its clock, its patience."""

    manners: Manners = field(default_factory=Manners)
    now: Callable[[], datetime] = now
    sleep: Callable[[float], None] = time.sleep
    memento_base: str = BASE


def outside(environment: Mapping[str, str] = os.environ) -> Outside:
    """The world as the environment describes it. Raises UnreadableError for what makes no sense."""
    contact = environment.get(CONTACT, "").strip()
    if not contact.isprintable():
        raise UnreadableError(f"{CONTACT}: {contact!r} is no line of text")
    authorities = environment.get(AUTHORITIES)
    if authorities and not Path(authorities).is_file():
        raise UnreadableError(f"{AUTHORITIES}: {authorities}: no such file; name one in PEM form")
    limits = Limits(
        allow=networks(environment.get(ALLOW, "")),
        connect_to=places(environment.get(CONNECT_TO, "")),
        authorities=Path(authorities) if authorities else None,
    )
    manners = Manners(agent=f"{USER_AGENT}; {contact}" if contact else USER_AGENT, limits=limits)
    if INTERVAL in environment:
        manners = replace(manners, interval=seconds(environment[INTERVAL]))
    return Outside(manners)


def networks(words: str) -> tuple[str, ...]:
    """
    >>> networks("127.0.0.0/8, ::1")
    ('127.0.0.0/8', '::1')
    """
    names = tuple(name.strip() for name in words.split(",") if name.strip())
    for name in names:
        try:
            ip_network(name)
        except ValueError as error:
            raise UnreadableError(f"{ALLOW}: {error}; give networks as 127.0.0.0/8") from error
    return names


def places(words: str) -> dict[str, str]:
    """
    >>> places("sm.dk:443=127.0.0.1:8443")
    {'sm.dk:443': '127.0.0.1:8443'}
    """
    pairs = [pair.strip().partition("=") for pair in words.split(",") if pair.strip()]
    for name, _, place in pairs:
        if not name.rpartition(":")[2].isdecimal() or not place.rpartition(":")[2].isdecimal():
            raise UnreadableError(f"{CONNECT_TO}: {name}={place}: give pairs as sm.dk:443=127.0.0.1:8443")
    return {name: place for name, _, place in pairs}


def seconds(words: str) -> float:
    try:
        return max(0.0, float(words))
    except ValueError as error:
        raise UnreadableError(f"{INTERVAL}: {words!r} is no number of seconds") from error
