"""The whole way from a web of sites to the database, against real servers on this machine."""

import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from corpus.archive import open_archive
from corpus.site import Layout
from flows import pipeline
from flows.order import Order, crawled, read_order
from flows.outcome import Report
from output.database import open_database, rows
from output.table import Row
from tests.flows.crawl import TODAY, environment, world
from tests.output import danish
from tests.standin.server import StandIn
from tests.standin.sm import GONE

ROOT = Path(__file__).parents[2]
RELEASE = "https://sm.dk/nyheder/nyhedsarkiv/2020/nov/aftale-760-mio-kr-til-de-mest-udsatte"
UNREADABLE = {  # locked with a password, and a scan
    "https://sm.dk/media/53312/uip-2023-aftale-laast.pdf",
    "https://sm.dk/media/45120/uip-2022-aftale-scannet.pdf",
}

pytestmark = pytest.mark.slow  # a crawl of all sites of the stand-in


@pytest.fixture
def web() -> Iterator[StandIn]:
    with StandIn() as web:
        yield web


@pytest.fixture(scope="module")
def crawled_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Report]:
    """All sites, collected once."""
    db = tmp_path_factory.mktemp("crawl") / "a.db"
    with StandIn() as web:
        return db, pipeline.ingest(read_order([]), db, world=world(web))


def take(web: StandIn, db: Path, *names: str, **more: object) -> Report:
    order = replace(read_order(names), **more)  # type: ignore[arg-type]
    return pipeline.ingest(order, db, world=world(web))


def query(db: Path, sql: str, *values: str) -> list[Row]:
    opened = open_database(db, read_only=True)
    try:
        danish.sound(opened)
        return rows(opened, sql, *values)
    finally:
        opened.close()


def dump(db: Path, history: bool = False) -> dict[str, list[tuple[object, ...]]]:
    opened = open_database(db, read_only=True)
    try:
        return {name: list(table) for name, table in danish.dump(opened, history).items()}
    finally:
        opened.close()


def copied(db: Path, folder: Path) -> Path:
    """A database and its archive in another place."""
    subprocess.run(["cp", "-r", f"{db.parent}/.", folder], check=True)
    return folder / db.name


# --- everything, nothing, one thing


def test_the_first_run_collects_everything(crawled_once: tuple[Path, Report]) -> None:
    db, report = crawled_once
    assert {failure.source for failure in report.failures} == UNREADABLE
    assert report.alarms == ()
    assert report.refused == ()
    sites = {str(row["site_id"]): int(str(row["n"])) for row in query(
        db, "SELECT site_id, count(*) AS n FROM captures GROUP BY 1")}  # fmt: skip
    assert set(sites) >= set(crawled())
    kinds = Counter(row["media_type"] for row in query(db, "SELECT media_type FROM document_versions"))
    assert set(kinds) == {
        "text/html",
        "application/pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    }
    assert kinds["application/pdf"] >= 10
    undated = query(
        db,
        "SELECT l.url FROM locations l JOIN documents d ON d.id = l.document_id WHERE d.published_on IS NULL"
        " AND d.kind = 'press_release' AND l.site_id <> 'regeringen.dk'",
    )
    assert undated == []


def test_every_item_of_every_listing_was_fetched_or_is_told(crawled_once: tuple[Path, Report]) -> None:
    db, _ = crawled_once
    told = {row["url"] for row in query(db, "SELECT url FROM captures UNION SELECT url FROM turned_away")}
    with StandIn() as web:
        articles = {url for url in web.urls() if "/nyheder/nyhedsarkiv/20" in url and url.count("/") >= 7}
        articles = {url for url in articles if web.page(url).status == 200 and url.split("/")[2] == "sm.dk"}
    assert len(articles) > 20
    assert articles <= told


def test_agreements_are_found_from_their_releases(crawled_once: tuple[Path, Report]) -> None:
    db, _ = crawled_once
    sql = "SELECT url, found_on, snapshot FROM captures WHERE url LIKE '%.pdf' OR url LIKE '%.docx'"
    papers = query(db, sql)
    assert len(papers) >= 12
    for paper in papers:
        assert re.search("/(?:nyheder|publikationer)/", str(paper["found_on"]))
        assert (pipeline.archive_of(db) / str(paper["snapshot"])).read_bytes()[:2] in {b"%P", b"PK"}


def test_the_second_run_asks_only_whether_something_is_new_and_changes_nothing(
    crawled_once: tuple[Path, Report], tmp_path: Path, web: StandIn
) -> None:
    db = copied(crawled_once[0], tmp_path)
    before, log = db.read_bytes(), open_archive(pipeline.archive_of(db)).log.read_bytes()
    report = take(web, db)
    assert db.read_bytes() == before
    assert open_archive(pipeline.archive_of(db)).log.read_bytes() == log
    assert {w.outcome for w in report.written} == {"unchanged"}
    assert (report.failures, report.exit_code, report.unreadable_before) == ((), 0, 2)
    for request in web.requests:
        page = web.page(request.url) if request.url in web.urls() else None
        marked = page and page.answer is None and (page.etag or page.last_modified)
        if marked and not request.path.endswith("/robots.txt"):
            assert request.status == 304, request.url


def test_an_edited_page_is_one_new_version_and_the_old_one_stays(
    crawled_once: tuple[Path, Report], tmp_path: Path, web: StandIn
) -> None:
    db = copied(crawled_once[0], tmp_path)
    sql = "SELECT count(*) AS n FROM document_versions"
    before = int(str(query(db, sql)[0]["n"]))
    web.edit(RELEASE, "760", "770")
    report = take(web, db)
    assert [w.source for w in report.written if w.outcome != "unchanged"] == [RELEASE]
    assert int(str(query(db, sql)[0]["n"])) == before + 1
    versions = query(
        db,
        "SELECT v.text, v.is_current, v.snapshot FROM document_versions v JOIN captures c"
        " ON c.document_version_id = v.id WHERE c.url = ? ORDER BY c.position",
        RELEASE,
    )
    assert ["770" in str(version["text"]) for version in versions] == [False, True]
    assert len({version["snapshot"] for version in versions}) == 2


def test_other_bytes_with_the_same_words_are_no_new_version(
    crawled_once: tuple[Path, Report], tmp_path: Path, web: StandIn
) -> None:
    db = copied(crawled_once[0], tmp_path)
    before = query(db, "SELECT id, is_current FROM document_versions ORDER BY id")
    web.edit(RELEASE, "</body>", "<!-- bygget igen --></body>")
    report = take(web, db)
    assert {w.outcome for w in report.written} == {"unchanged"}
    assert query(db, "SELECT id, is_current FROM document_versions ORDER BY id") == before
    assert len(query(db, "SELECT 1 FROM captures WHERE url = ?", RELEASE)) == 2


def test_the_same_text_at_two_addresses_is_one_document(crawled_once: tuple[Path, Report]) -> None:
    db, _ = crawled_once
    sql = "SELECT document_id FROM locations GROUP BY 1 HAVING count(DISTINCT site_id) > 1"
    assert len(query(db, sql)) >= 2  # sm.dk's releases on regeringen.dk and im.dk


def test_rebuilding_from_the_archive_gives_the_same_database(
    crawled_once: tuple[Path, Report], tmp_path: Path
) -> None:
    db = copied(crawled_once[0], tmp_path)
    before = dump(db)
    db.unlink()
    report = pipeline.rebuild(db)
    assert dump(db) == before
    assert report.count("new") == crawled_once[1].count("new")
    pipeline.rebuild(db)  # over a database that is there
    assert dump(db) == before


def test_since_leaves_out_what_is_older(tmp_path: Path, web: StandIn) -> None:
    take(web, tmp_path / "a.db", "sm.dk", since=date(2023, 1, 1))
    asked = [request.path for request in web.requests if request.host == "sm.dk"]
    assert not [path for path in asked if "/2019/" in path or "/2022" in path]
    dates = query(tmp_path / "a.db", "SELECT DISTINCT published_on AS d FROM documents WHERE d IS NOT NULL")
    assert min(str(row["d"]) for row in dates) >= "2023"


def test_a_limit_is_told_and_the_next_run_goes_on(tmp_path: Path, web: StandIn) -> None:
    db = tmp_path / "a.db"
    first = take(web, db, "sbst.dk", limit=3)
    assert [w.outcome for w in first.written] == ["new"] * 3
    assert first.left > 3
    second = take(web, db, "sbst.dk", limit=3)
    assert [w.outcome for w in second.written] == ["new"] * 3
    assert {w.source for w in second.written}.isdisjoint(w.source for w in first.written)


def test_one_address(tmp_path: Path, web: StandIn) -> None:
    db = tmp_path / "a.db"
    report = take(web, db, RELEASE)
    assert [w.outcome for w in report.written] == ["new"]
    assert query(db, "SELECT site_id FROM locations") == [{"site_id": "sm.dk"}]
    missing = take(web, db, "https://sm.dk/findes-ikke")
    assert "answered 404" in missing.failures[0].reason


# --- what changes out there


def test_a_page_that_is_gone_keeps_what_it_had(
    crawled_once: tuple[Path, Report], tmp_path: Path, web: StandIn
) -> None:
    db = copied(crawled_once[0], tmp_path)
    web.remove(RELEASE)
    for wanted in ([RELEASE], []):  # told once
        assert [gone.source for gone in take(web, db, "sm.dk").gone] == wanted
    (row,) = query(db, "SELECT l.status, v.text FROM locations l JOIN document_versions v"
                       " ON v.id = l.document_version_id WHERE url = ?", RELEASE)  # fmt: skip
    assert (row["status"], "760" in str(row["text"])) == ("gone", True)
    before = dump(db)
    db.unlink()
    pipeline.rebuild(db)
    assert dump(db) == before


def test_a_page_that_we_never_saw_is_read_from_the_internet_archive(
    crawled_once: tuple[Path, Report],
) -> None:
    db, _ = crawled_once
    sql = "SELECT source, status, archived_at, document_version_id AS v FROM captures WHERE url = ?"
    (row,) = query(db, sql, GONE)
    assert (row["source"], row["status"], row["v"] is None) == ("internet_archive", 404, False)
    assert str(row["archived_at"])[:2] == "20"
    assert query(db, "SELECT status FROM locations WHERE url = ?", GONE) == [{"status": "gone"}]
    assert query(db, "SELECT source FROM document_versions WHERE id = ?", str(row["v"])) == [
        {"source": "internet_archive"}
    ]


def test_a_site_that_is_down_costs_only_itself(tmp_path: Path, web: StandIn) -> None:
    for path in ("", "/robots.txt"):
        web.fail(f"https://kum.dk{path or '/aktuelt/nyheder'}", 503, times=50)
    report = take(web, tmp_path / "a.db", "kum.dk", "fm.dk")
    assert report.count("new") >= 3
    assert report.exit_code == 1
    assert [alarm.split(": ")[:2] for alarm in report.alarms] == [["kum.dk", "unreachable"]]


def test_an_empty_listing_is_an_alarm_until_it_is_filled_again(
    crawled_once: tuple[Path, Report], tmp_path: Path, web: StandIn
) -> None:
    db = copied(crawled_once[0], tmp_path)
    listing = "https://kum.dk/aktuelt/nyheder"
    page = web.page(listing)
    web.put(listing, "<!doctype html><html><body><main><h1>Nyheder</h1></main></body></html>")
    report = take(web, db, "kum.dk")
    assert report.exit_code == 1
    assert {alarm.split(": ")[1] for alarm in report.alarms} == {"no_items", "dead_selector"}
    web.put(listing, page.body.decode())
    assert take(web, db, "kum.dk").exit_code == 0
    ended = query(db, "SELECT kind FROM alarms WHERE site_id = 'kum.dk' AND ended_at IS NOT NULL")
    assert {row["kind"] for row in ended} == {"no_items", "dead_selector"}
    before = dump(db)
    db.unlink()
    pipeline.rebuild(db)
    assert dump(db) == before


def test_a_silent_site_is_an_alarm(crawled_once: tuple[Path, Report], tmp_path: Path, web: StandIn) -> None:
    db = copied(crawled_once[0], tmp_path)
    later = world(web, TODAY + timedelta(days=90))
    report = pipeline.ingest(read_order(["sm.dk"]), db, world=later)
    assert [alarm.split(": ")[1] for alarm in report.alarms] == ["stale_listing"]
    assert report.exit_code == 1


def test_a_rebuilt_site_is_an_alarm(crawled_once: tuple[Path, Report], tmp_path: Path, web: StandIn) -> None:
    """Its pages are read all the same, but by their shape, and that is told."""
    db = copied(crawled_once[0], tmp_path)
    for url in web.urls():
        page = web.page(url)
        if url.startswith("https://sbst.dk/nyheder/20") and page.status == 200:
            words = page.body.decode().replace('id="', 'id="ny-').replace('class="', 'class="ny-')
            web.put(url, words.replace("2023", "2023 ").replace("</h1>", " igen</h1>"))
    report = take(web, db, "sbst.dk")
    assert report.count("changed") >= 4
    assert [alarm.split(": ")[1] for alarm in report.alarms] == ["fallback_share"]


def test_turned_away_items_are_told_and_taken_when_the_filter_learns(
    tmp_path: Path, web: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    db = tmp_path / "a.db"
    take(web, db, "kum.dk")
    sql = "SELECT url, title, rule FROM turned_away"
    away = query(db, sql)
    assert away
    assert all(row["title"] and row["rule"] for row in away)
    monkeypatch.setattr("flows.gather.judge", lambda _item, _site: None)
    report = take(web, db, "kum.dk")
    assert report.count("new") == len(away)
    assert query(db, sql) == []


def test_a_layout_that_a_site_declares_is_its_own() -> None:
    """Sites are found by file: every one that is crawled has listings, and expects something of them."""
    for site in crawled().values():
        assert all(isinstance(layout, Layout) for layout in site.layouts)
        for listing in site.listings:
            assert 0 < listing.expect[0] <= listing.expect[1]
            assert listing.url.startswith("https://")


def test_an_order_of_everything_is_all_sites() -> None:
    assert read_order([]).sites == tuple(crawled().values())
    order = read_order(["sm.dk", "https://sm.dk/x", "tekster/a.pdf", "sm.dk"])
    assert [site.id for site in order.sites] == ["sm.dk"]
    assert order == Order(order.sites, (Path("tekster/a.pdf"),), ("https://sm.dk/x",))


# --- kills

# warms up once, then crawls in forks that are killed after a while: five times each database
KILLED = """
import os, random, signal, sys, time
from dataclasses import replace
from pathlib import Path
from corpus.archive import damage
from flows import pipeline
from flows.environment import outside
from flows.order import read_order
from tests.flows.crawl import TODAY

scratch, seed = Path(sys.argv[1]), random.Random(20260320)
there = replace(outside(), now=lambda: TODAY, sleep=lambda _seconds: None)
pipeline.ingest(read_order([sys.argv[2]]), scratch / "warm.db", world=there)
for database in range(6):
    db = scratch / f"{database}.db"
    for kill in range(5):
        child = os.fork()
        if child == 0:
            pipeline.ingest(read_order([]), db, world=there)
            os._exit(0)
        time.sleep(0.05 + seed.random() * 2.5)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        for line in damage(pipeline.archive_of(db)):
            print(database, kill, line)
    pipeline.ingest(read_order([]), db, world=there)
print("done")
"""


@pytest.mark.timeout(900)
def test_a_crawl_killed_at_thirty_moments_ends_in_the_same_database(
    crawled_once: tuple[Path, Report], tmp_path: Path, web: StandIn
) -> None:
    """After each kill the archive verifies; in the end nothing is missing and nothing is double."""
    command = [sys.executable, "-c", KILLED, str(tmp_path), RELEASE]
    env = {**os.environ, **environment(web), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("done\n", 0), done.stderr
    wanted = dump(crawled_once[0])
    for number in range(6):
        assert dump(tmp_path / f"{number}.db") == wanted
