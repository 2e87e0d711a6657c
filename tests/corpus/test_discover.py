"""What a site has: listings that page, turn in circles, lie, grow old or are no listings at all."""

import gzip
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from corpus import address, discover
from corpus.address import canonical
from corpus.discover import MOST_PAGES, Alarm, Page, Survey, Window, survey
from corpus.document import UnreadableError
from corpus.feeds import MOST_PARTS, read_feed
from corpus.fetch import FetchError
from corpus.links import find_links
from corpus.site import PAGING, Listing, Site
from tests.standin.traps import calendar, entity_bomb
from tests.standin.world import pages

HOME = "https://sm.dk"
START = f"{HOME}/nyheder/nyhedsarkiv"
TODAY = Window(date(2026, 3, 20))
LISTING = Listing(
    url=START,
    item=r"/nyheder/nyhedsarkiv/\d{4}/[a-z]{3}/[^/]+/?",
    more=rf"/nyheder/nyhedsarkiv(?:/\d{{4}}(?:/[a-z]{{3}})?)?/?{PAGING}",
)
SITE = Site("sm.dk", "Et ministerium", None, HOME, hosts=("sm.dk",), listings=(LISTING,))
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
Web = dict[str, bytes | str]


def item(n: int, year: int = 2026, month: str = "mar") -> str:
    return f"{START}/{year}/{month}/nyhed-{n}"


def row(url: str, words: str = "Nyhed", day: str = "") -> str:
    return f'<li><time datetime="{day}">{day}</time> <a href="{url}">{words}</a></li>'


def html(*rows: str, head: str = "") -> str:
    return f"<!doctype html><html><head>{head}</head><body><ul>{''.join(rows)}</ul></body></html>"


def look(
    web: Web, listing: Listing = LISTING, window: Window = TODAY, starts: list[str] | None = None
) -> tuple[Survey, list[str]]:
    """What a listing gives on a web of these pages, and every address that was asked for."""
    asked: list[str] = []

    def ask(url: str) -> Page | None:
        asked.append(url)
        body = web.get(url)
        if body is None:
            raise FetchError(f"{url}: answered 500; try again later")
        return Page(url, body.encode() if isinstance(body, str) else body, "utf-8") if body else None

    return survey(SITE, listing, starts or [listing.url], ask, window), asked


def kinds(found: Survey) -> list[str]:
    return [alarm.kind for alarm in found.alarms]


# --- paging


def test_years_months_and_items_of_the_standin() -> None:
    """Every release that the stand-in's archive names is found, each once."""
    known = {f"https://{name}": page.body for name, page in pages().items() if name.startswith("sm.dk/")}
    found, asked = look({**known})
    wanted = {url for url in known if discover.is_item(SITE, LISTING, url)}
    assert wanted
    assert wanted <= set(found.items)
    assert len(asked) == len(set(asked)) == found.pages
    assert (found.failures, found.alarms) == ([], [])
    assert all(found.items[url].day for url in wanted)


@pytest.mark.parametrize("paging", ["?page={}", "?side={}", "?emne=9&start={}0", "/2026?p={}"])
def test_numbered_pages(paging: str) -> None:
    urls = [START, *(START + paging.format(n) for n in range(2, 6))]
    web: Web = {
        url: html(row(item(n)), *(row(other, "Side") for other in urls)) for n, url in enumerate(urls)
    }
    found, asked = look(web)
    assert asked == urls
    assert list(found.items) == [item(n) for n in range(5)]


@pytest.mark.parametrize(
    "form", ['<link rel="next" href="{}">', '<a rel="nofollow next" href="{}">Næste</a>']
)
def test_the_page_that_says_it_is_next(form: str) -> None:
    after = f"{HOME}/soegning?s=2"  # no pattern of ours
    web: Web = {START: html(row(item(1)), head=form.format(after)), after: html(row(item(2)))}
    assert list(look(web)[0].items) == [item(1), item(2)]


def test_next_pages_of_others_are_not_asked() -> None:
    web: Web = {START: html(row(item(1)), '<a rel="next" href="https://andre.dk/nyheder?page=2">Næste</a>')}
    assert look(web)[1] == [START]


def test_a_calendar_without_end() -> None:
    listing = Listing("https://sm.dk/kalender", r"/kalender/\d{4}-\d\d-\d\d", expect=(1, 100_000))
    asked = []

    def ask(url: str) -> Page:
        asked.append(url)
        return Page(url, calendar(url.removeprefix(HOME)).body, "utf-8")

    found = survey(SITE, listing, [listing.url], ask, TODAY)
    assert len(asked) == MOST_PAGES
    assert kinds(found) == ["endless_listing"]
    assert len(found.items) == 3 * MOST_PAGES


def test_a_listing_that_links_to_itself() -> None:
    same = ["", "?", "#top", START, "nyhedsarkiv", "./nyhedsarkiv", "/x/../nyheder/nyhedsarkiv",
            f"{START}?utm_source=x", "https://SM.dk:443/nyheder/./nyhedsarkiv#a"]  # fmt: skip
    found, asked = look({START: html(*map(row, same), row(item(1)))})
    assert asked == [START]
    assert list(found.items) == [item(1)]


def test_two_pages_that_link_to_each_other() -> None:
    two = f"{START}/2025"
    assert look({START: html(row(two), row(item(1))), two: html(row(START), row(two))})[1] == [START, two]


def test_starts_that_robots_names_twice_are_asked_once() -> None:
    listing = replace(LISTING, kind="sitemap")
    web: Web = {f"{HOME}/a.xml": f"<urlset><url><loc>{item(1)}</loc></url></urlset>"}
    assert look(web, listing, starts=[f"{HOME}/a.xml"] * 3)[1] == [f"{HOME}/a.xml"]


# --- one page, one spelling


@pytest.mark.parametrize(
    "spelling",
    [
        "{}#afsnit-2",
        "{}?utm_source=nyhedsbrev&utm_medium=email",
        "{}?fbclid=IwAR0x1",
        "{};jsessionid=8F2A11",
        "{}?PHPSESSID=c0ffee",
        " {} ",
        "{}?",
    ],
)
def test_what_says_nothing_of_the_page_is_left_out(spelling: str) -> None:
    assert canonical(spelling.format(item(1))) == item(1)


@pytest.mark.parametrize(
    "one",
    [
        ("https://sm.dk/side", "HTTPS://SM.DK:443/side", "http://sm.dk/side", "http://sm.dk:80/side",
         "https://sm.dk./side", "https://sm.dk/x/../side", "https://sm.dk/./side", "https://sm.dk/%73ide"),
        ("https://www.sm.dk/side", "http://www.sm.dk/side"),
        ("https://sm.dk/", "https://sm.dk", "https://sm.dk?", "https://sm.dk/#a"),
        ("https://sm.dk/h%C3%B8ring", "https://sm.dk/høring", "https://sm.dk/h%c3%b8ring"),
        ("https://xn--brn-0na.dk/", "https://børn.dk", "https://BØRN.dk", "https://xn--BRN-0na.dk/"),
        ("https://sm.dk/a%20b.pdf", "https://sm.dk/a b.pdf", "https://sm.dk/a\tb.pdf".replace("\t", "%20")),
        ("https://sm.dk/?q=%C3%A6", "https://sm.dk/?q=æ", "https://sm.dk/?q=%c3%a6&utm_campaign=x"),
        ("https://sm.dk/?emne=b%F8rn", "https://sm.dk/?emne=b%f8rn&fbclid=1"),
        ("https://sm.dk/?b&c=", "https://sm.dk/?utm_source=x&b&c="),
    ],
)  # fmt: skip
def test_spellings_of_one_page(one: tuple[str, ...]) -> None:
    assert {canonical(url, secure=frozenset({"sm.dk"})) for url in one} == {one[0]}
    assert canonical(one[0]) == one[0]


def test_different_pages_stay_different() -> None:
    urls = [
        "https://sm.dk/side", "https://sm.dk/side/", "https://sm.dk/Side", "https://www.sm.dk/side",
        "https://sm.dk:8443/side", "http://andre.dk/side", "https://andre.dk/side", "https://sm.dk/side?id=1",
        "https://sm.dk/side?id=2", "https://sm.dk/side?ID=1", "https://sm.dk/side?cid=1",
        "https://sm.dk/side?cid=2", "https://sm.dk/a%2Fb", "https://sm.dk/a/b", "https://sm.dk//a/b",
        "https://sm.dk/?a=1&b=2", "https://sm.dk/?b=2&a=1", "https://sm.dk/?q=a+b", "https://sm.dk/?q=a%2Bb",
        "https://sm.dk/?q=a%26b", "https://sm.dk/?emne=b%F8rn", "https://sm.dk/?emne=b%C3%B8rn",
        "https://sm.dk/b%F8rn", "https://sm.dk/b%C3%B8rn", "https://sm.dk/100%25", "https://sm.dk/ordsid=1",
    ]  # fmt: skip
    assert len({canonical(url, secure=frozenset({"sm.dk"})) for url in urls}) == len(urls)


@pytest.mark.parametrize(
    "url",
    [
        *("mailto:a@sm.dk", "tel:41000010", "javascript:void(0)", "data:text/html,x", "ftp://sm.dk/x"),
        *("http://[::1", "http://sm.dk:x/", "http://sm.dk:99999/"),
        *("https://a..dk/", "https://" + "a" * 64 + ".dk/"),
    ],
)
def test_no_address(url: str) -> None:
    assert canonical(url, START) is None


def test_addresses_with_numbers_for_names_and_ports() -> None:
    assert canonical("http://[2606:4700::1111]:8080/x") == "http://[2606:4700::1111]:8080/x"
    assert canonical("http://[2606:4700::1111]:80/x") == "http://[2606:4700::1111]/x"
    assert canonical("http://sm.dk:8080/x", secure=frozenset({"sm.dk"})) == "http://sm.dk:8080/x"


def test_an_item_in_eight_spellings_is_one() -> None:
    found, _ = look(
        {START: html(*(row(f"{item(1)}{end}") for end in ("", "#a", "?utm_source=x", "?fbclid=1")))}
    )
    assert list(found.items) == [item(1)]


@pytest.mark.parametrize("home", [HOME, "https://www.sm.dk"])
def test_an_item_under_two_names_of_its_host_is_one(home: str) -> None:
    """A picture that links to www and a title that does not, in one card."""
    path = item(1).removeprefix(HOME)
    card = (
        f'<article><a href="https://www.sm.dk{path}"><img src="/b.jpg"></a>'
        f'<time datetime="2026-03-19"></time><h2><a href="http://sm.dk{path}">Pulje</a></h2></article>'
    )
    page = Page(START, html(card).encode(), None)
    site = replace(SITE, base_url=home)
    found = survey(site, LISTING, [START], lambda _url: page, TODAY)
    wanted = discover.Item(f"{home}{path}", "Pulje", date(2026, 3, 19), START)
    assert [*found.items.values()] == [wanted]


def test_links_that_are_none() -> None:
    odd = ["mailto:a@sm.dk", "javascript:void(0)", "data:text/html,x", "http://[::1", "", "#"]
    found, asked = look({START: html(*map(row, odd), row(item(1)))})
    assert (list(found.items), asked) == ([item(1)], [START])


def test_base_element() -> None:
    page = html(row("2026/mar/nyhed-1"), head=f'<base href="{START}/">')
    assert list(look({START: page})[0].items) == [item(1)]


def test_a_thousand_links_to_one_page_are_read_in_one_go(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is round each is looked at once: this took a quarter of an hour for a page of 10,000."""
    looked = []
    real = discover.find_links.__globals__["words_of"]
    monkeypatch.setitem(
        discover.find_links.__globals__, "words_of", lambda tag: looked.append(tag.name) or real(tag)
    )
    page = html(*[f'<a href="{item(1)}"></a>'] * 1000)
    assert len(find_links(page, START)) == 1
    assert looked.count("ul") + looked.count("body") + looked.count("html") <= 3


def test_a_card_is_about_one_page_and_a_list_is_not() -> None:
    more = "<p>19.11.2021 om én</p><p><a href='/a'>Læs mere</a></p>"
    card = f"<article><h2><a href='/a'>En</a></h2>{more}</article>"
    inside = "<p>20.11.2021 <span><b><i><a href='/b'>To</a></i></b></span></p>"
    deep = f"<article><div><div><div>{inside}</div></div></div></article>"
    found = {link.url: link for link in find_links(html(card, deep), HOME)}
    assert found[f"{HOME}/a"].around == "En 19.11.2021 om én Læs mere"
    assert found[f"{HOME}/a"].day == date(2021, 11, 19)
    assert found[f"{HOME}/b"].around == "20.11.2021 To"
    assert found[f"{HOME}/b"].day == date(2021, 11, 20)


# --- feeds and site maps


RSS = (
    '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Nyt</title>'
    f"<link>{HOME}</link><item><title>Pulje på 4,2 mio. kr.</title><link>{item(1)}?utm_source=rss</link>"
    "<pubDate>Thu, 19 Mar 2026 09:30:00 GMT</pubDate><description>Til børn</description>"
    "</item></channel></rss>"
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>Nyt</title><link rel="self" href="/rss"/>'
    f'<entry><title>Pulje</title><link rel="alternate" href="{item(2)}"/>'
    '<link rel="enclosure" href="/x.mp3"/>'
    "<id>urn:uuid:1</id><updated>2026-03-18T09:30:00Z</updated></entry></feed>"
)
RDF = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
    f' xmlns:dc="http://purl.org/dc/elements/1.1/"><item><title>Pulje</title><link>{item(3)}</link>'
    "<dc:date>2026-03-17T09:30:00+01:00</dc:date></item></rdf:RDF>"
)
MAP = f"<urlset {SPACE}><url><loc> {item(4)} </loc><lastmod>2026-03-16</lastmod></url></urlset>"


@pytest.mark.parametrize(
    ("feed", "n", "day"), [(RSS, 1, 19), (ATOM, 2, 18), (RDF, 3, 17)], ids=["rss", "atom", "rdf"]
)
@pytest.mark.parametrize("media", ["application/rss+xml", "application/atom+xml"])
def test_a_feed_that_the_listing_names(feed: str, n: int, day: int, media: str) -> None:
    head = f'<link rel="alternate" type="{media}" href="/rss/nyheder">'
    found, asked = look({START: html(head=head), f"{HOME}/rss/nyheder": feed})
    assert asked == [START, f"{HOME}/rss/nyheder"]
    assert [(i.url, i.day) for i in found.items.values()] == [(item(n), date(2026, 3, day))]
    assert next(iter(found.items.values())).words.startswith("Pulje")


def test_feeds_of_others_and_other_languages_of_the_page() -> None:
    head = (
        '<link rel="alternate" type="application/rss+xml" href="https://andre.dk/rss">'
        '<link rel="alternate" hreflang="en" href="/en/nyheder"><link rel="stylesheet" href="/a.css">'
    )
    assert look({START: html(row(item(1)), head=head)})[1] == [START]


@pytest.mark.parametrize("pack", [str.encode, lambda text: gzip.compress(text.encode())], ids=["plain", "gz"])
def test_an_index_of_site_maps(pack: Callable[[str], bytes]) -> None:
    names = [f"{HOME}/kort-{n}.xml.gz" for n in range(3)]
    entries = "".join(
        f"<sitemap><loc>{name}</loc></sitemap>" for name in (*names, "https://andre.dk/kort.xml")
    )
    web: Web = {f"{HOME}/sitemap.xml": pack(f"<sitemapindex {SPACE}>{entries}</sitemapindex>")}
    web |= {name: pack(MAP.replace("nyhed-4", f"nyhed-{n}")) for n, name in enumerate(names)}
    found, asked = look(web, replace(LISTING, url=f"{HOME}/sitemap.xml", kind="sitemap"))
    assert asked == [f"{HOME}/sitemap.xml", *names]
    assert list(found.items) == [item(n) for n in range(3)]


def test_an_index_that_names_itself() -> None:
    url = f"{HOME}/sitemap.xml"
    web: Web = {url: f"<sitemapindex><sitemap><loc>{url}</loc></sitemap></sitemapindex>"}
    found, asked = look(web, replace(LISTING, url=url, kind="sitemap"))
    assert asked == [url]
    assert kinds(found) == ["no_items"]


def test_fifty_thousand_addresses() -> None:
    rows = "".join(f"<url><loc>{item(n)}</loc><lastmod>2026-03-16</lastmod></url>" for n in range(50_000))
    assert len(read_feed(f"<urlset {SPACE}>{rows}</urlset>".encode(), HOME).items) == 50_000


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (gzip.compress(b"<urlset>" + b" " * 10_000_001), "larger than 10 MB when unpacked"),
        (gzip.compress(MAP.encode())[:-9], "damaged"),
        (gzip.compress(MAP.encode())[:20], "damaged"),
        (b"\x1f\x8b" + bytes(50), "damaged"),
        (b"<urlset>" + b"<a/>" * MOST_PARTS + b"</urlset>", "elements and attributes"),
        (b"<urlset " + b"a=''" * MOST_PARTS + b"/>", "elements and attributes"),
        (html(row(item(1))).encode(), "no feed or site map"),
        (b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>", r"\(<svg>\)"),
        (b"Siden findes ikke", "no feed or site map"),
        (b"", "no feed or site map"),
        (b"{}", "no feed or site map"),
        (b"%PDF-1.7", "no feed or site map"),
        (gzip.compress(gzip.compress(MAP.encode())), "no feed or site map"),
    ],
    ids=[
        *("bomb", "cut", "short", "zeros", "elements", "attributes", "html"),
        *("svg", "text", "empty", "json", "pdf", "twice"),
    ],
)
def test_no_feed(body: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        read_feed(body, HOME)
    found, _ = look({START: body}, replace(LISTING, kind="feed")) if body else look({})
    assert kinds(found) == ["unreachable"]


def test_a_feed_with_a_slip_of_the_pen_is_read_all_the_same() -> None:
    slip = RSS.replace("Til børn", "Til børn & unge <br> &nbsp;\x08")
    assert [link.url for link in read_feed(slip.encode(), HOME).items] == [item(1)]


def test_entities_that_multiply_stay_small() -> None:
    """A billion laughs: nothing is put in for an entity, so nothing grows."""
    found = read_feed(entity_bomb(), HOME)
    assert sum(len(link.url) + len(link.around) for link in found.items) < 1000


def test_entities_that_read_files_read_nothing() -> None:
    doctype = '<!DOCTYPE urlset [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    found = read_feed(f"{doctype}<urlset><url><loc>{HOME}/&f;</loc></url></urlset>".encode(), HOME)
    assert not any("root" in link.url for link in found.items)


# --- the window


def test_since_leaves_out_what_is_surely_older() -> None:
    web: Web = {
        START: html(*(row(f"{START}/{year}") for year in (2026, 2025, 2024))),
        f"{START}/2026": html(row(f"{START}/2026/mar"), row(f"{START}/2026/jan")),
        f"{START}/2026/mar": html(
            row(item(1), day="2026-03-19"), row(item(2), day="2026-03-02"), row(item(3))
        ),
    }
    found, asked = look(web, window=replace(TODAY, since=date(2026, 3, 10)))
    assert asked == [START, f"{START}/2026", f"{START}/2026/mar"]
    assert list(found.items) == [item(1), item(3)]


def test_since_is_a_day_that_counts() -> None:
    web: Web = {START: html(row(item(1), day="2026-03-10"), row(item(2), day="2026-03-09"))}
    assert list(look(web, window=replace(TODAY, since=date(2026, 3, 10)))[0].items) == [item(1)]


def test_a_day_that_the_words_speak_of_does_not_make_a_release_old() -> None:
    web: Web = {START: html(row(item(1), "Opfølgning på aftalen af 5. november 2019"))}
    assert list(look(web, window=replace(TODAY, since=date(2026, 3, 1)))[0].items) == [item(1)]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("den 31. februar 2021 og 1. marts 2021", None),
        ("2021-11-19T23:30:00", date(2021, 11, 19)),
        ("Thu, 18 Nov 2021 09:30:00 GMT", date(2021, 11, 18)),
        ("1. okt. 2021", date(2021, 10, 1)),
        ("1.2.20211", None),
        ("", None),
    ],
)
def test_days(words: str, day: date | None) -> None:
    assert address.read_day(words) in {day, date(2021, 3, 1) if "februar" in words else day}


# --- alarms


def only(web: Web, listing: Listing = LISTING, window: Window = TODAY) -> Alarm:
    found, _ = look(web, listing, window)
    assert len(found.alarms) == 1, found.alarms
    assert found.alarms[0].url == listing.url
    return found.alarms[0]


def test_a_listing_as_it_should_be_raises_no_alarm() -> None:
    listing = replace(LISTING, expect=(1, 2), quiet_days=5)
    assert look({START: html(row(item(1), day="2026-03-15"))}, listing)[0].alarms == []


def test_nothing_that_looks_like_an_item() -> None:
    found, _ = look({START: html(row("/om-os"), row("/kontakt"))})
    assert kinds(found) == ["dead_selector", "no_items"]


def test_pages_without_items() -> None:
    assert only({START: html(row(f"{START}/2026")), f"{START}/2026": html()}).kind == "no_items"


def test_fewer_than_there_should_be() -> None:
    alarm = only({START: html(row(item(1)))}, replace(LISTING, expect=(2, 9)))
    assert (alarm.kind, alarm.words) == ("few_items", "at least 2 items expected, 1 found")


def test_more_than_there_should_be() -> None:
    alarm = only({START: html(*(row(item(n)) for n in range(4)))}, replace(LISTING, expect=(1, 3)))
    assert (alarm.kind, alarm.words) == ("many_items", "at most 3 items expected, 4 found")


@pytest.mark.parametrize("age", [31, 400])
def test_nothing_new_for_too_long(age: int) -> None:
    day = TODAY.until - timedelta(days=age)
    url = f"{START}/{day.year}/{day:%b}/x".lower()
    alarm = only({START: html(row(url, day=f"{day}"))}, replace(LISTING, quiet_days=30))
    assert alarm.kind == "stale_listing"
    assert f"the newest item is of {day}" in alarm.words


def test_a_deadline_to_come_is_no_sign_of_life() -> None:
    web: Web = {START: html(row(item(1), day="2025-03-01"), row(item(2), day="2027-01-01"))}
    assert only(web, replace(LISTING, quiet_days=30)).kind == "stale_listing"


def test_old_news_do_not_alarm_where_there_is_no_rhythm() -> None:
    assert look({START: html(row(item(1), day="2001-01-01"))})[0].alarms == []


def test_a_window_of_days_raises_no_alarm_for_its_few_items() -> None:
    window = replace(TODAY, since=date(2026, 3, 19))
    listing = replace(LISTING, expect=(20, 90), quiet_days=30)
    assert look({START: html(row(item(1), day="2026-03-18"))}, listing, window)[0].alarms == []


@pytest.mark.parametrize(
    ("web", "words"),
    [({}, "answered 500"), ({START: ""}, "no such page"), ({START: b"\x89PNG\r\n\x1a\n"}, "a picture")],
    ids=["fails", "gone", "picture"],
)
def test_a_listing_that_cannot_be_read(web: Web, words: str) -> None:
    alarm = only(web)
    assert alarm.kind == "unreachable"
    assert words in alarm.words


def test_one_page_that_fails_costs_its_own_items() -> None:
    web: Web = {START: html(row(f"{START}/2026"), row(f"{START}/2025"), row(item(1)))}
    web[f"{START}/2025"] = html(row(item(2)))
    found, _ = look(web)
    assert list(found.items) == [item(1), item(2)]
    assert found.failures == [(f"{START}/2026", "answered 500; try again later")]
    assert found.alarms == []
