"""Manners: whose leave to ask, how long to wait, when to try again, when to leave a host alone.

The only door for protego. robots.txt by RFC 9309; crawl-delay is obeyed though it is no part of it.
"""

import email.utils
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlsplit

from protego import Protego

from corpus.fetch import (
    NO_HEADERS,
    USER_AGENT,
    Fetched,
    FetchError,
    LimitReachedError,
    RefusedFetchError,
    fetch,
)
from corpus.guard import LIMITS, Limits

ROBOT = "puljespor"  # the name that robots.txt calls us by
ROBOTS_BYTES = 500 * 1024  # RFC 9309, 2.5: so much must be read of it, and no more need be
AGAIN = frozenset({429, 500, 502, 503, 504})  # may be over in a minute
BROKEN = 500  # and above: the server, not the address
REFUSAL = 0.2  # of a failure: one page may ask for a login, a whole site that refuses is left alone
GONE = frozenset({404, 410})
OTHER_FORM = 304
ADVICE = {
    401: "it asks for a login; save the page yourself and add the file",
    403: "it refuses programs; save the page yourself and add the file",
    404: "check the address",
    410: "the page was taken away",
    429: "it asks for fewer requests; wait an hour",
}
Headers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Manners:
    """How we behave. Times are seconds.

    `interval` lies between the end of one request to a host and the begin of the next;
    `longest_wait` is the longest that a host may make us wait, by Crawl-delay or Retry-After;
    `patience` is how many addresses in a row a host may fail to answer, before it is left alone for
    the run (an answer that is too large, or leads nowhere, is that address's fault);
    `requests` and `seconds` are the limits of a whole run.
    """

    agent: str = USER_AGENT
    interval: float = 2.0
    tries: int = 3
    pause: float = 5.0
    longest_wait: float = 120.0
    patience: int = 3
    requests: int = 20_000
    seconds: float = 6 * 3600.0
    limits: Limits = LIMITS


@dataclass(slots=True)
class Host:
    """What we know of a host during a run."""

    not_before: float = 0.0
    delay: float = 0.0  # seconds between requests that it asks for itself
    failed: float = 0.0  # addresses in a row, a refusal for less
    closed: str = ""  # why it is left alone


@dataclass(slots=True)
class Session:
    """One run's requests: one at a time, each host with its rules and rests.

    `wall` tells the time of day; `keep` is given every robots.txt that answered. Tests set `clock`
    and `sleep`.
    """

    wall: Callable[[], datetime]
    manners: Manners = Manners()
    keep: Callable[[str, Fetched], None] = lambda _url, _answer: None
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    asked: int = 0
    begun: float | None = None
    hosts: dict[str, Host] = field(default_factory=dict)
    robots: dict[str, Protego | str] = field(default_factory=dict)  # rules, or why there are none

    def get(self, url: str, headers: Headers = NO_HEADERS) -> Fetched:
        """The answer of an address: a body, 304, 404 or 410.

        Raises RefusedFetchError where we may not ask, FetchError where no answer could be had.
        """
        host = self.host(url)
        answer = None
        try:
            answer = self.persist(url, headers, self.leave)
            refuse_status(url, answer)
        except RefusedFetchError:
            raise
        except FetchError as error:
            host.failed += (1.0 if error.passing else REFUSAL) if answer or error.passing else 0.0
            if host.failed >= self.manners.patience and not host.closed:
                host.closed = "one address of this host after another failed"
            raise FetchError(str(error), error.passing) from error
        host.failed = 0
        return answer

    def persist(self, url: str, headers: Headers, leave: Callable[[str], None]) -> Fetched:
        """Ask until there is an answer that another try would not change, or tries run out."""
        manners = self.manners
        for number in range(manners.tries):
            last = number + 1 == manners.tries
            host, wait = self.host(url), manners.pause * 4**number
            try:
                answer = self.ask(url, headers, leave)
            except FetchError as error:
                if last or not error.passing:
                    raise
            else:
                if answer.status not in AGAIN:
                    return answer
                host = self.host(answer.url)  # where redirects led
                asked_for = retry_seconds(answer.retry_after, self.wall()) or 0.0
                wait = asked_for if last else max(wait, asked_for)
                if wait > manners.longest_wait:
                    host.closed = f"it asks to wait for {wait:.0f} seconds; the next run tries again"
                    return answer
            host.not_before = max(host.not_before, self.clock() + wait)
            if last:
                return answer
        raise AssertionError("unreachable")  # the last try returns or raises

    def ask(self, url: str, headers: Headers, leave: Callable[[str], None]) -> Fetched:
        """One try. Every host on the way rests from the end of its request."""
        on_the_way: list[Host] = []

        def step(address: str) -> None:
            for host in on_the_way[-1:]:
                self.rest(host)
            leave(address)
            on_the_way.append(self.host(address))

        try:
            return fetch(url, self.manners.limits, self.manners.agent, headers, step)
        finally:
            for host in on_the_way[-1:]:
                self.rest(host)

    def leave(self, url: str) -> None:
        """Wait for our turn at an address. Raises RefusedFetchError if we may not ask it at all."""
        if closed := self.host(url).closed:
            raise RefusedFetchError(f"{url}: not asked: {closed}")
        self.obey(url)
        self.turn(url)

    def turn(self, url: str) -> None:
        """Wait until the host has rested. Raises RefusedFetchError when the run has asked enough."""
        manners, host = self.manners, self.host(url)
        self.begun = self.clock() if self.begun is None else self.begun
        self.asked += 1
        wait = max(0.0, host.not_before - self.clock())
        if self.asked > manners.requests or self.clock() + wait - self.begun > manners.seconds:
            limit = f"{manners.requests} requests or {manners.seconds / 3600:g} hours"
            raise LimitReachedError(f"{url}: not asked: the limit of a run, {limit}, is reached")
        if wait:
            self.sleep(wait)
        self.rest(host)

    def rest(self, host: Host) -> None:
        """Nobody asks this host again before the interval is over."""
        rest = max(self.manners.interval, host.delay)
        host.not_before = max(host.not_before, self.clock() + rest)

    def host(self, url: str) -> Host:
        return self.hosts.setdefault(urlsplit(url).netloc.lower(), Host())

    def obey(self, url: str) -> None:
        """Raise RefusedFetchError where the host's robots.txt does not want us."""
        rules = self.rules(url)
        if isinstance(rules, str):
            raise RefusedFetchError(f"{url}: not asked: {rules}")
        if not rules.can_fetch(url, ROBOT):
            raise RefusedFetchError(f"{url}: not asked: the site's robots.txt asks programs to stay away")
        host = self.host(url)
        host.delay = float(rules.crawl_delay(ROBOT) or 0.0)
        if host.delay > self.manners.longest_wait:
            raise RefusedFetchError(
                f"{url}: not asked: robots.txt wants {host.delay:.0f} s between requests; ask its owner"
            )

    def rules(self, url: str) -> Protego | str:
        """The robots.txt of the host, asked once a run; a sentence where it could not be had."""
        parts = urlsplit(url)
        root = f"{parts.scheme}://{parts.netloc.lower()}"
        if root not in self.robots:
            self.robots[root] = self.ask_rules(f"{root}/robots.txt")
        return self.robots[root]

    def ask_rules(self, url: str) -> Protego | str:
        """A missing robots.txt allows everything; one that fails forbids it (RFC 9309, 2.3.1)."""
        try:
            answer = self.persist(url, NO_HEADERS, self.turn)
        except FetchError as error:
            return f"its robots.txt cannot be read ({error})"
        if answer.status in AGAIN or answer.status >= BROKEN:
            return f"its robots.txt cannot be read (answered {answer.status})"
        self.keep(url, answer)
        return Protego.parse(answer.body[:ROBOTS_BYTES].decode("utf-8-sig", "replace"))

    def sitemaps(self, url: str) -> list[str]:
        """The site maps that the host's robots.txt names."""
        rules = self.rules(url)
        return [] if isinstance(rules, str) else list(rules.sitemaps)


def refuse_status(url: str, answer: Fetched) -> None:
    """Raise FetchError for an answer that is neither a body nor says that there is none (any more)."""
    if 200 <= answer.status < 300 or answer.status in GONE or answer.status == OTHER_FORM:  # noqa: PLR2004
        return
    advice = ADVICE.get(answer.status, "try again later")
    raise FetchError(f"{url}: answered {answer.status}; {advice}", answer.status in AGAIN)


def retry_seconds(value: str | None, now: datetime) -> float | None:
    """The seconds that a Retry-After asks for; None where it says nothing (RFC 9110, 10.2.3).

    >>> retry_seconds("120", datetime(2026, 1, 1, tzinfo=UTC))
    120.0
    >>> retry_seconds("Thu, 01 Jan 2026 00:01:00 GMT", datetime(2026, 1, 1, tzinfo=UTC))
    60.0
    >>> retry_seconds("snart", datetime(2026, 1, 1, tzinfo=UTC)) is None
    True
    """
    text = (value or "").strip()
    if text.isdecimal():
        return float(text[:9])
    try:
        day = email.utils.parsedate_to_datetime(text)
    except ValueError:
        return None
    day = day if day.tzinfo else day.replace(tzinfo=UTC)
    return max(0.0, (day - now).total_seconds())
