"""A server as others are, and what a test can change on it."""

import email.utils
import re

import httpx
import pytest

from tests.standin import ministries
from tests.standin.articles import articles
from tests.standin.client import There
from tests.standin.page import Page
from tests.standin.server import StandIn

RELEASE = "https://sm.dk/nyheder/nyhedsarkiv/2019/nov/849-millioner-kroner-til-udsatte-boern-og-voksne"
TRAPS = "https://traps.sm.dk"


def test_a_page_has_validators_and_is_known_under_its_own_name(web: StandIn, client: httpx.Client) -> None:
    answer = client.get(RELEASE)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert re.fullmatch(r'"[0-9a-f]{20}"', answer.headers["etag"])
    assert answer.headers["last-modified"] == "Thu, 21 Nov 2019 09:30:00 GMT"
    (request,) = web.requests
    assert (request.host, request.method, request.status, request.url) == ("sm.dk", "GET", 200, RELEASE)
    assert request.headers["user-agent"].startswith("python-httpx")
    assert request.at <= request.end


@pytest.mark.parametrize("name", ["If-None-Match", "If-Modified-Since"])
def test_an_unchanged_page_is_304_without_a_body(client: httpx.Client, name: str) -> None:
    first = client.get(RELEASE)
    value = first.headers["etag" if name == "If-None-Match" else "last-modified"]
    again = client.get(RELEASE, headers={name: value})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    other = {"If-None-Match": '"andet"', "If-Modified-Since": "Wed, 20 Nov 2019 09:30:00 GMT"}[name]
    assert client.get(RELEASE, headers={name: other}).content == first.content


def test_the_etag_goes_before_the_date(client: httpx.Client) -> None:
    day = client.get(RELEASE).headers["last-modified"]
    headers = {"If-None-Match": '"andet"', "If-Modified-Since": day}
    assert client.get(RELEASE, headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("url", "etag", "modified"),
    [
        (articles("ft")[0].url, False, False),
        (ministries.of(ministries.HEALTH)[0].url, False, True),
        (ministries.of(ministries.GOVERNMENT)[0].url, True, True),
    ],
)
def test_not_every_host_has_validators(client: httpx.Client, url: str, etag: bool, modified: bool) -> None:
    answer = client.get(url)
    assert ("etag" in answer.headers, "last-modified" in answer.headers) == (etag, modified)
    headers = {"If-None-Match": '"x"'} if etag else {"If-Modified-Since": "Mon, 05 Jan 2026 08:00:00 GMT"}
    assert client.get(url, headers=headers).status_code == (200 if etag or not modified else 304)


def test_a_weak_etag_is_compared_weakly(client: httpx.Client) -> None:
    url = ministries.of(ministries.GOVERNMENT)[0].url
    tag = client.get(url).headers["etag"]
    assert tag.startswith('W/"')
    for same in (tag, tag.removeprefix("W/"), f'"x", {tag}', "*"):
        assert client.get(url, headers={"If-None-Match": same}).status_code == 304


def test_gzip_only_for_those_who_ask(client: httpx.Client) -> None:
    packed = client.get(RELEASE, headers={"Accept-Encoding": "gzip"})
    plain = client.get(RELEASE, headers={"Accept-Encoding": "identity"})
    refused = client.get(RELEASE, headers={"Accept-Encoding": "gzip;q=0"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in {*plain.headers, *refused.headers}
    assert packed.content == plain.content == refused.content
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"])


def test_head_is_the_head_alone(client: httpx.Client) -> None:
    whole, head = client.get(RELEASE), client.head(RELEASE)
    assert head.content == b""
    assert head.headers["content-length"] == whole.headers["content-length"]
    assert head.headers["etag"] == whole.headers["etag"]


@pytest.mark.parametrize(
    ("url", "location"),
    [
        ("http://sm.dk/nyheder", "https://sm.dk/nyheder"),
        ("http://www.sm.dk/nyheder?a=1", "https://www.sm.dk/nyheder?a=1"),
        ("https://www.sm.dk/nyheder", "https://sm.dk/nyheder"),
        ("https://sm.dk/nyheder/", "https://sm.dk/nyheder"),
        ("https://fm.dk/nyheder/nyhedsarkiv", "https://fm.dk/nyheder/nyhedsarkiv/"),
        ("https://regeringen.dk/nyheder/", "https://www.regeringen.dk/nyheder/"),
        ("https://socialstyrelsen.dk/nyheder", "https://sbst.dk/nyheder"),
    ],
)
def test_what_has_moved(client: httpx.Client, url: str, location: str) -> None:
    answer = client.get(url)
    assert (answer.status_code, answer.headers["location"]) == (301, location)


def test_the_plain_port_serves_hosts_that_have_no_https(client: httpx.Client) -> None:
    assert client.get("http://traps.sm.dk/side").content == client.get(f"{TRAPS}/side").content


def test_who_is_unknown_is_not_served(client: httpx.Client) -> None:
    assert client.get("http://eksempel.dk/").status_code == 421
    with pytest.raises(httpx.ConnectError, match=r"(?i)hostname mismatch"):
        client.get("https://eksempel.dk/")


def test_tracking_makes_no_other_page(client: httpx.Client) -> None:
    page = client.get(RELEASE).content
    for more in ("?utm_source=x&utm_medium=y", "?fbclid=1", ";jsessionid=AB12", "?sid=4#top"):
        assert client.get(RELEASE + more).content == page
    assert client.get(f"{RELEASE}?side=2").status_code == 404


# --- what a test changes


def test_edit_makes_a_new_page(web: StandIn, client: httpx.Client) -> None:
    first = client.get(RELEASE)
    web.edit(RELEASE, "477", "478")
    again = client.get(RELEASE, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 200
    assert again.text == first.text.replace("477", "478")
    assert again.headers["etag"] != first.headers["etag"]
    times = [email.utils.parsedate_to_datetime(a.headers["last-modified"]) for a in (first, again)]
    assert times[0] < times[1]
    with pytest.raises(ValueError, match="has no"):
        web.edit(RELEASE, "findes ikke", "x")


def test_edit_keeps_the_letters_of_an_old_page(web: StandIn, client: httpx.Client) -> None:
    url = next(item.url for item in articles("sbst") if item.layout == "sbst-old")
    web.edit(url, "børn", "små børn")
    assert "små børn" in client.get(url).content.decode("cp1252")


def test_put_and_remove(web: StandIn, client: httpx.Client) -> None:
    url = "https://sm.dk/nyheder/høring"
    assert client.get(url).status_code == 404
    web.put(url, "<p>Høring</p>", headers={"X-A": "1", "Content-Type": "text/plain"})
    answer = client.get(url)
    assert (answer.text, answer.headers["x-a"]) == ("<p>Høring</p>", "1")
    assert answer.headers.get_list("content-type") == ["text/plain"]
    web.put(url, b"%PDF-1.4", status=201)
    assert (client.get(url).status_code, client.get(url).headers["content-type"]) == (201, "application/pdf")
    web.remove(url, 410)
    assert client.get(url).status_code == 410


def test_fail_so_many_times_and_then_not(web: StandIn, client: httpx.Client) -> None:
    web.fail(RELEASE, 503, times=2, headers={"Retry-After": "1"})
    answers = [client.get(RELEASE) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [503, 503, 200]
    assert answers[0].headers["retry-after"] == "1"
    web.clear()
    assert web.requests == []


def test_a_trap_anywhere(web: StandIn, client: httpx.Client) -> None:
    web.trap(RELEASE, f"{TRAPS}/403")
    assert client.get(RELEASE).status_code == 403


def test_changes_are_one_instance_s_own(web: StandIn, client: httpx.Client) -> None:
    web.remove(RELEASE)
    with StandIn() as other, httpx.Client(transport=There(other)) as second:
        assert second.get(RELEASE).status_code == 200
    assert client.get(RELEASE).status_code == 404


def test_what_is_an_error_has_no_validators() -> None:
    page = Page(b"x", status=404)
    assert (page.etag, page.last_modified) == (None, None)
