"""Manners: whom we ask, how often, and when we stop. A clock that only waiting moves: no test waits."""

import email.utils
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.fetch import USER_AGENT, Fetched, FetchError
from corpus.guard import Limits
from corpus.polite import Manners, RefusedFetchError, Session, retry_seconds
from flows.environment import outside
from tests.corpus.test_fetch import names
from tests.flows.crawl import TODAY, limits
from tests.standin.server import Request, StandIn

TRAPS = "https://traps.sm.dk"
PAGE = f"{TRAPS}/side"


@dataclass
class World:
    """A session, its clock, and what it did: each request with the second at which it came."""

    web: StandIn
    manners: Manners
    time: float = 1000.0
    slow: float = 0.0  # seconds that every request takes
    waits: list[float] = field(default_factory=list)
    kept: list[tuple[str, Fetched]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.session = Session(
            wall=lambda: TODAY + timedelta(seconds=self.time - 1000),
            manners=self.manners,
            keep=lambda url, answer: self.kept.append((url, answer)),
            clock=lambda: self.time,
            sleep=self.wait,
        )
        log = self.web.log
        self.times: list[tuple[str, float]] = []

        def noted(request: Request) -> None:
            log(request)
            self.times.append((request.url, self.time))
            self.time += self.slow

        self.web.log = noted  # type: ignore[method-assign]

    def wait(self, seconds: float) -> None:
        assert seconds > 0
        self.waits.append(seconds)
        self.time += seconds

    def urls(self) -> list[str]:
        return [url for url, _ in self.times]

    def gaps(self, host: str = "traps.sm.dk") -> list[float]:
        """The seconds between the begins of a host's requests, robots.txt among them."""
        found = [at for url, at in self.times if url.startswith(f"https://{host}/")]
        return [round(b - a, 3) for a, b in pairwise(found)]

    def refused(self, url: str) -> str:
        with pytest.raises(RefusedFetchError) as caught:
            self.session.get(url)
        return str(caught.value)

    def failed(self, url: str) -> str:
        with pytest.raises(FetchError) as caught:
            self.session.get(url)
        assert not isinstance(caught.value, RefusedFetchError)
        return str(caught.value)


@pytest.fixture
def world(web: StandIn) -> Iterator[World]:
    yield make(web)
    web.__dict__.pop("log", None)


def make(web: StandIn, **manners: object) -> World:
    web.__dict__.pop("log", None)
    return World(web, replace(Manners(limits=limits(web)), **manners))  # type: ignore[arg-type]


# --- robots.txt


@pytest.mark.parametrize(
    ("host", "allowed", "forbidden"),
    [
        ("robots1", ["/side", "/privat/side"], []),  # 404: all is allowed
        ("robots2", [], ["/side"]),  # 500: nothing is
        ("robots3", ["/side", "/privat/side"], []),  # 403: all is
        ("robots4", ["/side", "/privat/side"], []),  # a page, no rules
        ("robots5", ["/side"], ["/privat/side"]),  # larger than it need be read
        ("robots6", [], ["/", "/side"]),
        ("robots7", ["/side", "/privat/ok"], ["/privat/side", "/aftale.pdf", "/liste?side=2"]),
        ("robots8", ["/side"], ["/privat/side"]),  # a byte order mark
        ("robots9", ["/side", "/privat/ok"], ["/privat/side"]),  # moved to robots7
    ],
)
def test_robots(world: World, host: str, allowed: list[str], forbidden: list[str]) -> None:
    for path in allowed:
        assert world.session.get(f"https://{host}.sm.dk{path}").status == 200
    for path in forbidden:
        assert "not asked: " in world.refused(f"https://{host}.sm.dk{path}")
    asked = [url for url in world.urls() if not url.endswith("/robots.txt")]
    assert asked == [f"https://{host}.sm.dk{path}" for path in allowed]


def test_robots_is_asked_once_and_kept(world: World) -> None:
    for _ in range(3):
        world.session.get(PAGE)
    assert world.urls().count(f"{TRAPS}/robots.txt") == 1
    assert [url for url, _ in world.kept] == [f"{TRAPS}/robots.txt"]


@pytest.mark.parametrize("status", [500, 501, 503, 505, 520, 599, 429])
def test_robots_that_fails_forbids_everything(world: World, status: int) -> None:
    """RFC 9309, 2.3.1.4: a server error is no permission, whatever its number."""
    world.web.put(f"{TRAPS}/robots.txt", "fejl", status=status)
    assert "robots.txt cannot be read" in world.refused(PAGE)
    assert PAGE not in world.urls()


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 418, 451])
def test_robots_that_is_not_there_allows_everything(world: World, status: int) -> None:
    world.web.put(f"{TRAPS}/robots.txt", "Disallow: /", status=status)
    assert world.session.get(PAGE).status == 200


def test_robots_that_comes_at_the_second_try(world: World) -> None:
    world.web.fail(f"{TRAPS}/robots.txt", 503)
    assert world.session.get(PAGE).status == 200


@pytest.mark.parametrize("like", ["/uendelig", "/bombe", "/lukket", "/viderestilling/selv"])
def test_robots_that_never_comes_forbids_everything(world: World, like: str) -> None:
    world.web.trap(f"{TRAPS}/robots.txt", f"{TRAPS}{like}")
    assert "robots.txt cannot be read" in world.refused(PAGE)


def test_our_own_group_goes_before_the_one_for_all(world: World) -> None:
    rules = "User-agent: *\nDisallow: /\n\nUser-agent: puljespor\nDisallow: /privat/\n"
    world.web.put(f"{TRAPS}/robots.txt", rules)
    assert world.session.get(PAGE).status == 200
    assert "asks programs to stay away" in world.refused(f"{TRAPS}/privat/x")


@pytest.mark.parametrize("rule", ["/høring/", "/h%C3%B8ring/", "/h%c3%b8ring/"])
@pytest.mark.parametrize("path", ["/høring/x", "/h%C3%B8ring/x", "/h%c3%b8ring/x"])
def test_danish_letters_in_rules(world: World, rule: str, path: str) -> None:
    world.web.put(f"{TRAPS}/robots.txt", f"User-agent: *\nDisallow: {rule}\n")
    assert "asks programs to stay away" in world.refused(f"{TRAPS}{path}")


def test_redirect_to_a_forbidden_page_is_not_followed(world: World) -> None:
    message = world.refused(f"{TRAPS}/viderestilling/forbudt")
    assert "https://www.regeringen.dk/aktuelt/privat/notat: not asked" in message
    assert "https://www.regeringen.dk/robots.txt" in world.urls()
    assert not any("/aktuelt/privat" in url for url in world.urls())


def test_plain_and_secure_have_rules_of_their_own(world: World) -> None:
    world.session.get(PAGE)
    world.session.get("http://traps.sm.dk/side")
    assert [url for url, _ in world.kept] == [f"{TRAPS}/robots.txt", "http://traps.sm.dk/robots.txt"]


def test_site_maps_that_robots_names(world: World) -> None:
    assert world.session.sitemaps("https://sm.dk/nyheder") == ["https://sm.dk/sitemap.xml"]
    assert world.session.sitemaps("https://robots2.sm.dk/") == []


# --- rests


def test_interval_lies_between_requests_of_one_host(world: World) -> None:
    for _ in range(3):
        world.session.get(PAGE)
    assert world.gaps() == [2.0, 2.0, 2.0]


def test_interval_begins_when_a_request_has_ended(world: World) -> None:
    world.slow = 7.0
    world.session.get(PAGE)
    world.session.get(PAGE)
    assert world.gaps() == [9.0, 9.0]


def test_interval_holds_within_redirects_too(world: World) -> None:
    world.slow = 7.0
    world.session.get(f"{TRAPS}/viderestilling/301")
    world.session.get(f"{TRAPS}/viderestilling/usikker")  # to http on the same host
    world.session.get(PAGE)
    at = [at for _, at in world.times]
    assert len(at) == 7  # robots.txt twice, two pages that lead on, and three that do not
    assert min(b - a for a, b in pairwise(at)) == 9.0


def test_a_host_that_another_led_to_rests_from_the_end(world: World) -> None:
    world.slow = 7.0
    world.web.put(f"{TRAPS}/bort", "", status=302, headers={"Location": "https://sm.dk/was"})
    world.session.get(f"{TRAPS}/bort")
    world.session.get("https://sm.dk/cookies")
    assert world.gaps("sm.dk") == [9.0, 9.0]


def test_hosts_do_not_wait_for_each_other(world: World) -> None:
    world.session.get(PAGE)
    before = len(world.waits)
    world.session.robots["https://sm.dk"] = world.session.robots[TRAPS]
    world.session.get("https://sm.dk/was")
    assert len(world.waits) == before


def test_time_that_passed_anyway_is_not_waited_for(world: World) -> None:
    world.session.get(PAGE)
    world.time += 1.5
    world.session.get(PAGE)
    assert world.waits[-1] == 0.5


@pytest.mark.parametrize(
    ("delay", "gap"), [("0.5", 2.0), ("5", 5.0), ("nan", 2.0), ("-3", 2.0), ("inf", 2.0)]
)
def test_crawl_delay(world: World, delay: str, gap: float) -> None:
    world.web.put(f"{TRAPS}/robots.txt", f"User-agent: *\nCrawl-delay: {delay}\nDisallow: /x\n")
    for _ in range(3):
        world.session.get(PAGE)
    assert world.gaps()[1:] == [gap, gap]


@pytest.mark.parametrize("delay", ["121", "86400", "1e9"])
def test_crawl_delay_that_no_run_can_keep(world: World, delay: str) -> None:
    world.web.put(f"{TRAPS}/robots.txt", f"User-agent: *\nCrawl-delay: {delay}\n")
    assert "between requests; ask its owner" in world.refused(PAGE)
    assert PAGE not in world.urls()


# --- tries


def test_500_and_then_the_page(world: World) -> None:
    assert world.session.get(f"{TRAPS}/500-en-gang").status == 200
    assert world.gaps() == [2.0, 5.0]
    assert world.session.hosts["traps.sm.dk"].failed == 0


def test_503_for_ever(world: World) -> None:
    assert "answered 503" in world.failed(f"{TRAPS}/503-altid")
    assert world.gaps() == [2.0, 5.0, 20.0]


@pytest.mark.parametrize("path", ["/403", "/kort-401"])
def test_what_another_try_would_not_change(world: World, path: str) -> None:
    world.web.put(f"{TRAPS}/kort-401", "", status=401)
    assert path[-3:] in world.failed(f"{TRAPS}{path}")
    assert len(world.gaps()) == 1


@pytest.mark.parametrize("path", ["/kort", "/halv-bid", "/lukket"])
def test_a_connection_that_breaks_is_tried_again(world: World, path: str) -> None:
    world.failed(f"{TRAPS}{path}")
    assert world.gaps() == [2.0, 5.0, 20.0]


@pytest.mark.parametrize("status", [404, 410])
def test_gone_is_an_answer(world: World, status: int) -> None:
    world.web.remove(PAGE, status)
    for _ in range(5):
        assert world.session.get(PAGE).status == status


@pytest.mark.parametrize(
    ("value", "gap"),
    [
        ("30", 30.0),
        ("1", 5.0),  # our own pause is longer
        ("0", 5.0),
        ("-5", 5.0),
        ("om lidt", 5.0),
        ("", 5.0),
        (email.utils.format_datetime(TODAY + timedelta(seconds=62), usegmt=True), 60.0),
        (email.utils.format_datetime(TODAY - timedelta(days=1), usegmt=True), 5.0),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_retry_after(world: World, status: int, value: str, gap: float) -> None:
    world.web.fail(PAGE, status, headers={"Retry-After": value})
    assert world.session.get(PAGE).status == 200
    assert world.gaps() == [2.0, gap]


@pytest.mark.parametrize("value", ["86400", "9" * 400, "Wed, 20 Mar 2036 04:15:00 GMT"])
def test_a_host_that_wants_to_rest_for_a_day_is_left_alone(world: World, value: str) -> None:
    world.web.fail(PAGE, 429, headers={"Retry-After": value})
    world.failed(PAGE)
    assert "the next run tries again" in world.refused(f"{TRAPS}/403")
    assert world.urls() == [f"{TRAPS}/robots.txt", PAGE]


def test_retry_after_of_the_last_try_holds_for_the_next_page(world: World) -> None:
    world.web.fail(PAGE, 503, times=3, headers={"Retry-After": "100"})
    world.failed(PAGE)
    world.session.get(f"{TRAPS}/")
    assert world.gaps() == [2.0, 100.0, 100.0, 100.0]


def test_a_day_of_rest_at_the_last_try(world: World) -> None:
    world.web.fail(PAGE, 503, times=2)
    world.web.fail(PAGE, 503, headers={"Retry-After": "86400"})
    world.failed(PAGE)
    assert "the next run tries again" in world.refused(f"{TRAPS}/")


def test_it_is_the_host_that_answered_that_wants_to_rest(world: World) -> None:
    world.web.put(f"{TRAPS}/bort", "", status=302, headers={"Location": "https://sm.dk/was"})
    world.web.fail("https://sm.dk/was", 429, headers={"Retry-After": "86400"})
    world.failed(f"{TRAPS}/bort")
    assert world.session.get(PAGE).status == 200
    assert "the next run tries again" in world.refused("https://sm.dk/cookies")
    assert "the next run tries again" in world.refused(f"{TRAPS}/bort")
    assert world.urls().count("https://sm.dk/was") == 1


@given(st.text(max_size=40) | st.from_regex(r"[A-Z][a-z]{2}, \d{1,9} [A-Z][a-z]{2} \d{1,9} .{0,12}"))
def test_retry_after_is_seconds_or_nothing(value: str) -> None:
    found = retry_seconds(value, datetime(2026, 3, 20, tzinfo=UTC))
    assert found is None or found >= 0


# --- limits of a host and of a run


def test_patience(world: World) -> None:
    for n in range(3):
        world.web.put(f"{TRAPS}/{n}", "", status=503)
        world.failed(f"{TRAPS}/{n}")
    asked = len(world.urls())
    assert "one address of this host after another failed" in world.refused(f"{TRAPS}/3")
    assert len(world.urls()) == asked
    assert world.session.get("https://sm.dk/was").status == 200


def test_a_page_that_asks_for_a_login_is_not_the_whole_host_but_fifteen_are(world: World) -> None:
    for n in range(15):
        world.web.put(f"{TRAPS}/{n}", "", status=403)
        world.failed(f"{TRAPS}/{n}")
    assert "one address of this host after another failed" in world.refused(f"{TRAPS}/15")


def test_patience_begins_anew_after_an_answer(world: World) -> None:
    for n in range(8):
        world.web.put(f"{TRAPS}/{n}", "", status=403 if n % 3 else 200)
        if n % 3:
            world.failed(f"{TRAPS}/{n}")
        else:
            world.session.get(f"{TRAPS}/{n}")


def test_pages_that_are_too_much_do_not_close_their_host(world: World) -> None:
    """A ministry with four large papers in a row is still a ministry."""
    for path in ("/uendelig", "/bombe", "/brotli", "/viderestilling/selv", "/viderestilling/fil"):
        world.failed(f"{TRAPS}{path}")
    assert world.session.get(PAGE).status == 200


def test_budget_of_requests(web: StandIn) -> None:
    world = make(web, requests=4)
    for _ in range(3):
        world.session.get(PAGE)
    assert "the limit of a run, 4 requests" in world.refused(PAGE)
    assert "the limit of a run" in world.refused("https://sm.dk/was")
    assert len(world.urls()) == 4


def test_budget_of_seconds(web: StandIn) -> None:
    world = make(web, seconds=3600.0, interval=600.0)
    for _ in range(6):
        world.session.get(PAGE)
    assert "or 1 hours, is reached" in world.refused(PAGE)
    assert world.time - 1000 == 3600  # nor waited for


def test_budget_holds_for_redirects(web: StandIn) -> None:
    world = make(web, requests=4)
    assert "the limit of a run" in world.refused(f"{TRAPS}/kaede/1")
    assert len(world.urls()) == 4


# --- who we are


def test_we_say_who_we_are_and_how_to_reach_us(web: StandIn) -> None:
    manners = outside({"PULJESPOR_CONTACT": "https://sm.dk/robot; post@sm.dk"}).manners
    world = make(web, agent=manners.agent)
    world.session.get(PAGE)
    said = f"{USER_AGENT}; https://sm.dk/robot; post@sm.dk"
    assert said.startswith("puljespor/")
    assert {request.headers["user-agent"] for request in web.requests} == {said}


def test_a_contact_with_danish_letters_does_not_keep_us_from_asking(web: StandIn) -> None:
    manners = outside({"PULJESPOR_CONTACT": "Åse Sørensen"}).manners
    assert make(web, agent=manners.agent).session.get(PAGE).status == 200


# --- where we do not go


@pytest.mark.parametrize(
    "name", ["privat", "sky", "ipv6", "tal", "fil", "javascript", "adgangskode", "vroevl", "ukendt-vaert"]
)
def test_redirects_that_lead_nowhere_good(world: World, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", names({"eksempel.invalid": ["127.0.0.1.2"]}))
    with pytest.raises(FetchError):
        world.session.get(f"{TRAPS}/viderestilling/{name}")
    assert {*world.urls()} == {f"{TRAPS}/robots.txt", f"{TRAPS}/viderestilling/{name}"}


def test_a_name_that_leads_inside(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", names({"intern.dk": ["10.0.0.7"]}))
    world.web.put(f"{TRAPS}/ind", "", status=302, headers={"Location": "https://intern.dk/hemmeligt"})
    assert "10.0.0.7 is not a public address" in world.refused(f"{TRAPS}/ind")


def test_nobody_is_asked_without_a_limit_that_allows_it(web: StandIn) -> None:
    world = make(web, limits=Limits(connect_to={"sm.dk:443": web.address}))
    assert "127.0.0.1 is not a public address" in world.refused("https://sm.dk/was")
    assert world.urls() == []
