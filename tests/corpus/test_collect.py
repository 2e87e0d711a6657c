"""A site into the archive: what comes in, what leads on, what is gone, and that nothing comes twice."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from corpus.archive import Archive, Record, damage, open_archive
from corpus.collect import Collected, Desk, collect, conditions, note_alarms
from corpus.discover import Alarm, Item
from corpus.fetch import Fetched, FetchError
from corpus.memento import ask_archive, newest
from corpus.polite import Manners, RefusedFetchError, Session
from corpus.site import Listing, Site
from tests.corpus.test_discover import html, row
from tests.flows.crawl import TODAY, limits
from tests.standin import sm, wayback
from tests.standin.page import Page, key
from tests.standin.server import Request, StandIn

HOME = "https://traps.sm.dk"
LIST = f"{HOME}/nyt"
ONE, TWO = f"{HOME}/nyt/en", f"{HOME}/nyt/to"
LISTING = Listing(LIST, item=r"/nyt/[^/]+", more=r"/nyt\?side=\d+")
SITE = Site("prøve", "Prøve", None, HOME, hosts=("traps.sm.dk",), listings=(LISTING,))


@pytest.fixture
def web(web: StandIn) -> StandIn:
    """A listing of two releases."""
    web.put(LIST, html(row("/nyt/en", "Pulje et", "2026-03-19"), row("/nyt/to", "Pulje to", "2026-03-18")))
    web.put(ONE, page("en"))
    web._pages[key(TWO)] = Page(page("to").encode(), validators="modified")
    return web


def page(words: str, *links: str) -> str:
    found = "".join(f'<p><a href="{url}">Aftale om puljen</a></p>' for url in links)
    body = f"<main><h1>Pulje {words}</h1><p>4,2 mio. kr.</p>{found}</main>"
    return f"<!doctype html><html><body>{body}</body></html>"


@dataclass
class Crawl:
    """Runs on the stand-in, one after another, each with the archive as the last one left it."""

    web: StandIn
    folder: Path
    site: Site = SITE
    judge: Callable[[Item, Site], str | None] = lambda _item, _site: None

    def run(self, since: date | None = None, limit: int | None = None, **manners: object) -> Collected:
        polite = replace(Manners(interval=0.0, pause=0.0, limits=limits(self.web)), **manners)  # type: ignore[arg-type]
        session = Session(lambda: TODAY, polite, sleep=lambda _seconds: None)
        desk = Desk(
            archive=self.archive,
            ask=session.get,
            clock=lambda: TODAY,
            judge=self.judge,
            leads=lambda link: "aftale" in link.words.lower(),
            maps=session.sitemaps,
            memento_base=wayback.HOME,
            progress=lambda _what, _done, _all: None,
        )
        self.web.clear()
        return collect(self.site, desk, since, limit)

    @property
    def archive(self) -> Archive:
        return open_archive(self.folder)

    @property
    def pages(self) -> list[Record]:
        return [record for record in self.archive.records if record.kind == "page"]

    def asked(self) -> list[Request]:
        return [request for request in self.web.requests if not request.path.endswith("/robots.txt")]

    def urls(self) -> list[str]:
        return [request.url for request in self.asked()]


@pytest.fixture
def crawl(web: StandIn, tmp_path: Path) -> Crawl:
    return Crawl(web, tmp_path / "archive")


# --- a first run and a second


def test_a_site_comes_into_the_archive(crawl: Crawl) -> None:
    done = crawl.run()
    assert [(r.kind, r.url, r.found_on) for r in crawl.archive.records] == [
        ("listing", LIST, None),
        ("page", ONE, LIST),
        ("page", TWO, LIST),
    ]
    assert (done.pages, done.failures, done.refused, done.alarms) == (crawl.pages, [], [], [])
    assert list(damage(crawl.folder)) == []


def test_a_second_run_asks_with_conditions_and_adds_nothing(crawl: Crawl) -> None:
    crawl.run()
    before = crawl.archive.log.read_bytes()
    done = crawl.run()
    assert crawl.archive.log.read_bytes() == before
    assert [request.status for request in crawl.asked()] == [304, 304, 304]
    assert done.pages == crawl.pages


@pytest.mark.parametrize("since", [None, date(2026, 3, 1)])
def test_a_site_of_the_standin_comes_once(crawl: Crawl, since: date | None) -> None:
    months = Listing(
        f"{sm.ARCHIVE}/2020",
        r"/nyheder/nyhedsarkiv/2020/[a-z]{3}/[^/]+",
        r"/nyheder/nyhedsarkiv/2020/[a-z]{3}",
    )
    crawl.site = Site("sm.dk", "Et ministerium", None, "https://sm.dk", ("sm.dk",), listings=(months,))
    crawl.run()
    before = crawl.archive.log.read_bytes()
    assert crawl.pages
    crawl.run(since)
    assert crawl.archive.log.read_bytes() == before
    assert {request.status for request in crawl.asked()} <= {304, 404}


def test_an_edited_page_is_exactly_one_new_record(crawl: Crawl) -> None:
    crawl.run()
    crawl.web.edit(ONE, "4,2 mio.", "5,2 mio.")
    old = crawl.archive.records
    crawl.run()
    assert crawl.archive.records[:-1] == old
    new = crawl.archive.records[-1]
    assert (new.url, new.etag) == (ONE, crawl.web.page(ONE).etag)
    assert new.body
    assert b"5,2 mio." in crawl.archive.body(new.body)


def test_a_server_that_always_sends_the_page(crawl: Crawl) -> None:
    """No validators, or a new Last-Modified each time: the bytes are what counts."""
    for n in range(12):
        headers = {"ETag": f'W/"{n}"', "Last-Modified": f"Thu, {n + 1:02} Mar 2026 04:15:00 GMT"}
        crawl.web.put(ONE, page("en"), headers=headers)
        crawl.run()
    assert len([record for record in crawl.pages if record.url == ONE]) <= 4
    assert len({record.body for record in crawl.pages if record.url == ONE}) == 1


def test_last_modified_alone_is_enough(crawl: Crawl) -> None:
    crawl.run()
    crawl.run()
    asked = {request.url: request for request in crawl.asked()}
    assert asked[TWO].headers["if-modified-since"] == crawl.web.page(TWO).last_modified
    assert "if-none-match" not in asked[TWO].headers
    assert asked[ONE].headers["if-none-match"] == crawl.web.page(ONE).etag


@pytest.mark.parametrize(
    "etag", ['"bl\xe5"', '"a\tb"', '"' + "x" * 5000 + '"'], ids=["letter", "tab", "long"]
)
def test_validators_that_cannot_be_sent_are_not(crawl: Crawl, etag: str) -> None:
    """A name with a Danish letter came in, and no run ever again got past the page."""
    crawl.web.put(ONE, page("en"), headers={"ETag": etag})
    crawl.run()
    done = crawl.run()
    assert done.failures == []
    asked = next(request for request in crawl.asked() if request.url == ONE)
    assert "if-none-match" not in asked.headers
    assert len(crawl.pages) == 2


def test_control_characters_are_not_sent() -> None:
    known = Record(
        "page", "x", ONE, "2026", body="0", source="live", etag='"a\r\nX: y"', last_modified="\x00"
    )
    assert conditions(known) == {}


# --- a body that is not there any more


@pytest.mark.parametrize("kind", ["listing", "page"])
def test_a_lost_body_is_asked_for_again(crawl: Crawl, kind: str) -> None:
    """304 would stand for a body that nobody has."""
    crawl.run()
    lost = next(record for record in crawl.archive.records if record.kind == kind)
    assert lost.body
    crawl.archive.path(lost.body).unlink()
    before = crawl.archive.log.read_bytes()
    assert crawl.run().failures == []
    assert list(damage(crawl.folder)) == []
    assert crawl.archive.log.read_bytes() == before
    assert [request.url for request in crawl.asked() if request.status == 200] == [lost.url]


def test_a_lost_body_that_does_not_come_back_costs_only_itself(crawl: Crawl) -> None:
    crawl.run()
    lost = crawl.archive.page(ONE)
    assert lost
    assert lost.body
    crawl.archive.path(lost.body).unlink()
    crawl.web.fail(ONE, 503, times=3)
    done = crawl.run()
    assert [url for url, _ in done.failures] == [ONE]
    assert [record.url for record in done.pages] == [TWO]


def test_304_out_of_the_blue(crawl: Crawl) -> None:
    crawl.web.put(ONE, "", status=304)
    done = crawl.run()
    assert done.failures == [(ONE, "answered 304, but the archive has nothing of it; try again later")]


def test_a_listing_that_answers_304_is_read_from_the_archive(crawl: Crawl) -> None:
    crawl.run()
    assert crawl.run().alarms == []
    assert [request.status for request in crawl.asked() if request.url == LIST] == [304]
    assert crawl.urls() == [LIST, ONE, TWO]


# --- redirects


def moved(web: StandIn, url: str, to: str) -> None:
    web.put(url, "", status=301, headers={"Location": to})


def test_a_redirected_page_tells_both_addresses(crawl: Crawl) -> None:
    moved(crawl.web, ONE, "https://sm.dk/was")
    crawl.run()
    record = crawl.archive.page(ONE)
    assert record
    assert (record.url, record.final_url, record.place) == (ONE, "https://sm.dk/was", "https://sm.dk/was")
    before = crawl.archive.log.read_bytes()
    crawl.run()
    assert crawl.archive.log.read_bytes() == before


def test_spelling_alone_is_no_redirect(crawl: Crawl) -> None:
    crawl.web.put(f"{HOME}/nyt/høring", page("om høring"))
    crawl.web.put(LIST, html(row("/nyt/h%c3%b8ring"), row("/nyt/høring"), row(f"{HOME}:443/nyt/./høring")))
    crawl.run()
    assert [(record.url, record.final_url) for record in crawl.pages] == [(f"{HOME}/nyt/h%C3%B8ring", None)]


def test_304_of_the_page_that_it_leads_to_now_is_not_believed(crawl: Crawl) -> None:
    """The conditions are of another page; an older one answers 304 to If-Modified-Since."""
    old = Page(page("b").encode(), validators="modified")
    new = replace(old, body=page("a").encode(), modified=TODAY)
    crawl.web._pages |= {key("https://sm.dk/a"): new, key("https://fm.dk/b"): old}
    moved(crawl.web, ONE, "https://sm.dk/a")
    crawl.run()
    moved(crawl.web, ONE, "https://fm.dk/b")
    crawl.run()
    record = crawl.archive.page(ONE)
    assert record
    assert record.place == "https://fm.dk/b"
    assert record.body
    assert b"Pulje b" in crawl.archive.body(record.body)


def test_a_redirect_that_robots_forbids_is_refused(crawl: Crawl) -> None:
    moved(crawl.web, ONE, "https://www.regeringen.dk/aktuelt/privat/notat")
    done = crawl.run()
    assert [url for url, _ in done.refused] == [ONE]
    assert [record.url for record in crawl.pages] == [TWO]


# --- gone


def test_a_page_that_is_gone_keeps_what_it_was(crawl: Crawl) -> None:
    crawl.run()
    crawl.web.remove(ONE, 410)
    crawl.run()
    assert [record.status for record in crawl.pages if record.url == ONE] == [200, 410]
    assert not any("web.archive.org" in url for url in crawl.urls())  # we have what it was
    before = crawl.archive.log.read_bytes()
    crawl.run()
    assert crawl.archive.log.read_bytes() == before


def test_a_page_that_is_gone_and_not_listed_any_more_is_left_alone(crawl: Crawl) -> None:
    crawl.run()
    crawl.web.remove(ONE)
    crawl.web.put(LIST, html(row("/nyt/to")))
    crawl.run()
    assert ONE in crawl.urls()  # the archive knows it
    crawl.run()
    assert ONE not in crawl.urls()


def test_a_gone_page_without_a_copy(crawl: Crawl) -> None:
    crawl.web.remove(ONE)
    crawl.run()
    record = crawl.archive.page(ONE)
    assert record
    assert (record.status, record.body, record.source) == (404, None, "live")
    crawl.run()
    assert not any("web.archive.org" in url for url in crawl.urls())  # asked once


def test_a_gone_page_with_a_copy_in_the_internet_archive(crawl: Crawl) -> None:
    path = sm.GONE.removeprefix("https://sm.dk")
    listing = Listing("https://sm.dk/nyheder", item=path)
    crawl.site = Site("sm.dk", "Et ministerium", None, "https://sm.dk", ("sm.dk",), listings=(listing,))
    crawl.web.put("https://sm.dk/nyheder", html(row(path)))
    crawl.run()
    record = crawl.archive.page(sm.GONE)
    assert record
    assert (record.source, record.captured_at) == ("internet_archive", "2020-06-11T08:30:00+00:00")
    assert (record.place, record.status) == (sm.GONE, 404)
    assert record.body
    copy = crawl.archive.body(record.body)
    assert b"131" in copy
    assert b"WAYBACK" not in copy
    before = crawl.archive.log.read_bytes()
    crawl.run()
    assert crawl.archive.log.read_bytes() == before
    assert "if-none-match" not in crawl.asked()[-1].headers


@pytest.mark.parametrize("status", [503, 429, 403])
def test_an_internet_archive_that_fails_is_asked_in_the_next_run(crawl: Crawl, status: int) -> None:
    crawl.web.remove(ONE)
    index = key(f"{wayback.HOME}/cdx/search/cdx")
    good, bad = crawl.web._pages[index], Page(status=status)
    crawl.web._pages[index] = Page(make=lambda _path: bad)
    done = crawl.run()
    assert [url for url, _ in done.failures] == [ONE]
    assert "the Internet Archive cannot be asked" in done.failures[0][1]
    assert crawl.archive.page(ONE) is None
    crawl.web._pages[index] = good
    assert crawl.run().failures == []


NAMES = '["timestamp", "original"]'


@pytest.mark.parametrize(
    "body",
    [
        *("<html>", "[", "7", "null x", f"[{NAMES}, 7]", f'[{NAMES}, ["20200101000000"]]'),
        *('[["a", "b"], ["c", "d"]]', f'[{NAMES}, ["snart", "https://sm.dk"]]', "[" * 100_000),
        *(f'[{NAMES}, ["99999999999999", "x"]]', f'[{NAMES}, [null, "x"]]', f'[{NAMES}, ["2020", "x"]]'),
    ],
    ids=lambda body: body[:30],
)
def test_an_index_that_is_none(body: str) -> None:
    answer = Fetched("https://web.archive.org/cdx", 200, body.encode(), None, None, None, None)
    with pytest.raises(FetchError, match="not the index of an archive"):
        newest(answer)


@pytest.mark.parametrize("body", ["", " \n", "[]", "{}", "null", f"[{NAMES}]"])
def test_an_index_that_knows_nothing(body: str) -> None:
    answer = Fetched("https://web.archive.org/cdx", 200, body.encode(), None, None, None, None)
    assert ask_archive(ONE, wayback.HOME, lambda _url, _headers: answer) is None


# --- agreements


AGREEMENT = "https://www.regeringen.dk/media/aftale-om-puljen"


def test_a_release_leads_to_its_agreement_and_that_leads_no_further(crawl: Crawl) -> None:
    crawl.web.put(ONE, page("en", AGREEMENT, "#top", ONE, "mailto:aftale@sm.dk", "javascript:aftale()"))
    crawl.web.put(AGREEMENT, page("aftale", f"{HOME}/side"))
    crawl.run()
    assert [(record.url, record.found_on) for record in crawl.pages] == [
        (ONE, LIST), (AGREEMENT, ONE), (TWO, LIST),
    ]  # fmt: skip
    crawl.run()
    assert sorted(crawl.urls()) == sorted([LIST, ONE, AGREEMENT, TWO])
    assert {request.status for request in crawl.asked()} == {304}


def test_an_agreement_of_two_releases_is_asked_once(crawl: Crawl) -> None:
    crawl.web.put(AGREEMENT, page("aftale"))
    for url in (ONE, TWO):
        crawl.web.put(url, page("x", AGREEMENT, f"{AGREEMENT}#side-2", f"{AGREEMENT}?utm_source=x"))
    crawl.run()
    assert crawl.urls().count(AGREEMENT) == 1


def test_releases_that_lead_to_each_other(crawl: Crawl) -> None:
    crawl.web.put(ONE, page("en", TWO, ONE))
    crawl.web.put(TWO, page("to", ONE, TWO))
    crawl.run()
    assert crawl.urls() == [LIST, ONE, TWO]


def test_an_agreement_that_fails_costs_only_itself(crawl: Crawl) -> None:
    crawl.web.put(ONE, page("en", f"{HOME}/uendelig", "https://www.regeringen.dk/aktuelt/privat/notat"))
    done = crawl.run()
    assert [url for url, _ in done.failures] == [f"{HOME}/uendelig"]
    assert [url for url, _ in done.refused] == ["https://www.regeringen.dk/aktuelt/privat/notat"]
    assert len(done.pages) == 2


# --- what is listed more than once


def test_an_item_of_two_listings_is_asked_once(crawl: Crawl) -> None:
    other = Listing(f"{HOME}/andre", item=r"/nyt/[^/]+")
    crawl.web.put(other.url, html(row("/nyt/to"), row("/nyt/en?utm_source=andre")))
    crawl.site = replace(SITE, listings=(LISTING, other))
    crawl.run()
    assert crawl.urls() == [LIST, other.url, ONE, TWO]


def test_an_item_of_two_sites_is_no_news_to_the_other(crawl: Crawl) -> None:
    crawl.run()
    before = [record for record in crawl.archive.records if record.kind == "page"]
    crawl.site = replace(SITE, id="anden")
    crawl.run()
    assert crawl.pages == before


def test_a_listing_that_is_an_item_of_another(crawl: Crawl) -> None:
    """It stays what it is in both, and its items lead to their agreements."""
    listing = Listing(f"{HOME}/nyt/oversigt", item=r"/artikel/\d")
    crawl.web.put(LIST, html(row("/nyt/oversigt")))
    crawl.web._pages[key(listing.url)] = Page(html(row("/artikel/1")).encode(), validators="none")
    crawl.web.put(f"{HOME}/artikel/1", page("et", AGREEMENT))
    crawl.web.put(AGREEMENT, page("aftale"))
    crawl.site = replace(SITE, listings=(LISTING, listing))
    crawl.run()
    assert AGREEMENT in crawl.urls()
    before = crawl.archive.log.read_bytes()
    crawl.run()
    assert AGREEMENT in crawl.urls()
    assert crawl.archive.log.read_bytes() == before


# --- less than everything


def test_limit_takes_what_is_new_first(crawl: Crawl) -> None:
    crawl.run(limit=1)
    assert [record.url for record in crawl.pages] == [ONE]
    done = crawl.run(limit=1)
    assert [record.url for record in done.pages] == [TWO]
    assert done.left == 1
    assert [record.url for record in crawl.pages] == [ONE, TWO]


def test_what_is_turned_away_is_told_and_not_asked(crawl: Crawl) -> None:
    crawl.judge = lambda item, _site: "name" if "en" in item.words else None
    crawl.web.put(LIST, html(row("/nyt/en", "Ny departementschef"), row("/nyt/to", "Pulje")))
    for _ in range(2):
        assert crawl.run().turned_away == 1
        assert ONE not in crawl.urls()
    told = [record for record in crawl.archive.records if record.kind == "turned_away"]
    assert [(r.url, r.words, r.note, r.found_on) for r in told] == [
        (ONE, "Ny departementschef", "name", LIST)
    ]


def test_a_page_that_we_have_is_never_turned_away(crawl: Crawl) -> None:
    crawl.run()
    crawl.judge = lambda _item, _site: "name"
    assert crawl.run().turned_away == 0
    assert crawl.urls() == [LIST, ONE, TWO]


def test_a_window_asks_for_what_is_new_alone(crawl: Crawl) -> None:
    crawl.run()
    crawl.run(since=date(2026, 3, 19))
    assert crawl.urls() == [LIST, ONE]


# --- when things fail


def test_a_host_that_fails_is_left_alone(crawl: Crawl) -> None:
    crawl.web.put(LIST, html(*(row(f"/nyt/{n}") for n in range(10))))
    for n in range(10):
        crawl.web.put(f"{HOME}/nyt/{n}", "", status=503)
    done = crawl.run(tries=1)
    assert len(done.failures) == 3
    assert len(done.refused) == 7
    assert all("one address of this host after another failed" in reason for _, reason in done.refused)
    assert crawl.urls() == [LIST, *(f"{HOME}/nyt/{n}" for n in range(3))]
    assert crawl.pages == []


def test_a_listing_that_fails_leaves_what_we_know(crawl: Crawl) -> None:
    crawl.run()
    crawl.web.fail(LIST, 503, times=3)
    done = crawl.run()
    assert [alarm.kind for alarm in done.alarms] == ["unreachable"]
    assert [record.url for record in done.pages] == [ONE, TWO]


def test_the_limit_of_a_run_leaves_the_rest(crawl: Crawl) -> None:
    done = crawl.run(requests=3)
    assert [record.url for record in done.pages] == [ONE]
    assert (done.refused, done.left, done.limited) == ([], 1, True)


def test_a_refusal_is_no_failure() -> None:
    assert issubclass(RefusedFetchError, FetchError)


# --- alarms in the archive


def test_alarms_are_told_when_they_come_and_when_they_go(crawl: Crawl) -> None:
    archive = crawl.archive
    alarm = Alarm("few_items", LIST, "at least 5 items expected, 2 found")
    other = Alarm("stale_listing", LIST, "something new within 60 days expected")
    for true in ([alarm, alarm], [alarm, other], [other], [other], []):
        note_alarms(SITE, archive, true, TODAY)
    assert [(record.kind, record.note) for record in archive.records] == [
        ("alarm", "few_items"),
        ("alarm", "stale_listing"),
        ("cleared", "few_items"),
        ("cleared", "stale_listing"),
    ]


def test_alarms_of_another_site_are_not_cleared(crawl: Crawl) -> None:
    archive = crawl.archive
    note_alarms(SITE, archive, [Alarm("no_items", LIST, "")], TODAY)
    note_alarms(replace(SITE, id="anden"), archive, [], TODAY)
    assert [record.kind for record in archive.records] == ["alarm"]
