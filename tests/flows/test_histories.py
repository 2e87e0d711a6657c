"""Sites as they live: pages that change, move, vanish and return, runs that stop in the middle.

Whatever happened, the database is what its archive makes of it, and a run without news changes nothing.
"""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from corpus.archive import DamagedArchiveError
from flows import load, pipeline
from flows.order import Order, read_order
from flows.outcome import Done, Read
from output.database import Database
from output.runs import Run
from tests.flows.crawl import TODAY, world
from tests.flows.test_crawl import copied, dump, query, take
from tests.standin.server import StandIn

pytestmark = pytest.mark.slow

NEWS = "https://sm.dk/nyheder/nyhedsarkiv/"
POOL = f"{NEWS}2026/feb/12-mio-kr-til-uvildig-raadgivning"
RELEASE = f"{NEWS}2020/nov/aftale-760-mio-kr-til-de-mest-udsatte"
OTHER = f"{NEWS}2023/nov/bred-aftale-fordeler-885-millioner-kroner-"
STEPS, CHANGES = 5, 4


class StoppedError(Exception):
    """The run ends here, as if it had been killed."""


@pytest.fixture
def web() -> Iterator[StandIn]:
    with StandIn() as web:
        yield web


@pytest.fixture(scope="module")
def ministry(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One site, collected once."""
    db = tmp_path_factory.mktemp("ministry") / "a.db"
    with StandIn() as web:
        take(web, db, "sm.dk")
    return db


def change(web: StandIn, chance: random.Random, pages: list[str]) -> None:
    """Something happens to a page."""
    url, other = chance.sample(pages, 2)
    page = web.page(url)
    what = chance.choice(["edit", "edit", "remove", "return", "move", "copy", "paper", "garbage"])
    if what == "edit" and b"</p>" in page.body:
        more = f" Der er afsat {chance.randint(1, 99)} mio. kr. hertil.</p>"
        web.put(url, page.body.decode("utf-8", "replace").replace("</p>", more, 1))
    elif what == "remove":
        web.remove(url, chance.choice([404, 410]))
    elif what == "return":
        web.put(url, StandIn().page(url).body.decode("utf-8", "replace"))
    elif what == "move":
        web.put(f"{url}-ny", page.body.decode("utf-8", "replace"))
        web.put(url, "", status=301, headers={"Location": f"{url}-ny"})
    elif what == "copy":
        web.put(url, StandIn().page(other).body.decode("utf-8", "replace"))
    elif what == "paper":
        web.put(url, web.page("https://sm.dk/media/63410/uip-2025-aftale.pdf").body)
    elif what == "garbage":
        web.put(url, b"\x00\x01\x02" * 99)


def stopping(chance: random.Random, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the run end after some writes."""
    left = [chance.randint(1, 6)]
    write_one = load.write_one

    def stopped(db: Database, read: Read, run: Run | None) -> Done | None:
        left[0] -= 1
        if left[0] == 0:
            raise StoppedError
        return write_one(db, read, run)

    monkeypatch.setattr(load, "write_one", stopped)


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", range(4))
def test_a_history_can_be_made_again(
    seed: int, ministry: Path, tmp_path: Path, web: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    db, chance, day = copied(ministry, tmp_path), random.Random(seed), TODAY
    pages = [url for url in web.urls() if url.startswith(f"{NEWS}20") and url.count("/") >= 7]
    for _ in range(STEPS):
        day += timedelta(days=1)
        for _ in range(CHANGES):
            change(web, chance, pages)
        order = read_order(["sm.dk"])
        if chance.random() < 0.3:
            order = Order(addresses=tuple(chance.sample(pages, 2)))
        elif chance.random() < 0.3:
            order = replace(order, limit=chance.randint(1, 20))
        with monkeypatch.context() as moment:
            if chance.random() < 0.5:
                stopping(chance, moment)
            try:
                pipeline.ingest(order, db, world=world(web, day))
            except StoppedError:
                continue
    pipeline.ingest(read_order(["sm.dk"]), db, world=world(web, day))
    before, log = dump(db, history=True), (pipeline.archive_of(db) / "log.jsonl").read_bytes()
    pipeline.ingest(read_order(["sm.dk"]), db, world=world(web, day))
    assert dump(db, history=True) == before
    assert (pipeline.archive_of(db) / "log.jsonl").read_bytes() == log
    pipeline.rebuild(db)
    assert dump(db, history=True) == before


def test_a_pool_page_that_becomes_another_text(ministry: Path, tmp_path: Path, web: StandIn) -> None:
    """What an old version said of a pool must not hold on to an agreement that is gone."""
    db = copied(ministry, tmp_path)
    assert query(db, "SELECT 1 FROM captures WHERE url = ?", POOL)
    web.put(
        POOL,
        "<!doctype html><html><body><main><h1>Nyt</h1><p>Her er et helt andet sted.</p></main></body></html>",
    )
    for _ in range(2):
        assert take(web, db, POOL).exit_code == 0


def test_a_page_that_moved_and_then_vanished(ministry: Path, tmp_path: Path, web: StandIn) -> None:
    db = copied(ministry, tmp_path)
    web.put(f"{RELEASE}-ny", web.page(RELEASE).body.decode())
    web.put(RELEASE, "", status=301, headers={"Location": f"{RELEASE}-ny"})
    take(web, db, "sm.dk")
    sql = "SELECT url, status FROM locations WHERE url IN (?, ?) ORDER BY url"
    assert [row["status"] for row in query(db, sql, RELEASE, f"{RELEASE}-ny")] == ["moved", "ok"]
    web.remove(f"{RELEASE}-ny")
    take(web, db, "sm.dk")
    assert "ok" not in {row["status"] for row in query(db, sql, RELEASE, f"{RELEASE}-ny")}


def test_a_page_that_cannot_be_read_any_more_says_so(ministry: Path, tmp_path: Path, web: StandIn) -> None:
    db = copied(ministry, tmp_path)
    sql = "SELECT status FROM locations WHERE url = ?"
    body = web.page(RELEASE).body
    web.put(RELEASE, b"\x00\x01\x02" * 99)
    assert take(web, db, "sm.dk").exit_code == 1
    assert query(db, sql, RELEASE) == [{"status": "unreadable"}]
    web.put(RELEASE, body.decode())
    assert take(web, db, "sm.dk").exit_code == 0
    assert query(db, sql, RELEASE) == [{"status": "ok"}]


def test_what_could_not_be_read_for_a_moment_is_read_in_the_next_run(tmp_path: Path, web: StandIn) -> None:
    """A body that was missing and was restored, as a reader that was killed."""
    db = tmp_path / "a.db"
    with pytest.MonkeyPatch.context() as moment:
        moment.setattr(load, "read_body", lambda entry, _body: load.Unread(entry, "killed", passing=True))
        assert take(web, db, RELEASE).exit_code == 1
    assert take(web, db, OTHER).count("new") == 2
    assert query(db, "SELECT outcome FROM captures") == [{"outcome": "new"}] * 2


def test_rebuilding_without_the_archive_touches_nothing(ministry: Path, tmp_path: Path, web: StandIn) -> None:
    db = copied(ministry, tmp_path)
    log = pipeline.archive_of(db) / "log.jsonl"
    before, lines = db.read_bytes(), log.read_bytes().splitlines(keepends=True)
    for left in (b"", b"".join(lines[:-3])):
        log.write_bytes(left)
        with pytest.raises(DamagedArchiveError, match="restore it"):
            pipeline.rebuild(db)
        with pytest.raises(DamagedArchiveError, match="restore it"):
            take(web, db, "sm.dk")
        assert db.read_bytes() == before
        assert log.read_bytes() == left


def test_rebuilding_what_is_no_database(ministry: Path, tmp_path: Path) -> None:
    db = copied(ministry, tmp_path)
    before = dump(db)
    db.write_bytes(b"ingen database" * 999)
    pipeline.rebuild(db)
    assert dump(db) == before


def test_two_databases_have_two_archives(tmp_path: Path) -> None:
    names = ("uip.2021", "uip.2022", "a.db", "a.sqlite", "x", "x.db")
    assert len({pipeline.archive_of(tmp_path / name) for name in names}) == len(names)


def test_an_alarm_that_lasts_is_one_row(tmp_path: Path, web: StandIn) -> None:
    db = tmp_path / "a.db"
    for days in range(70, 74):
        pipeline.ingest(read_order(["kum.dk"]), db, world=world(web, TODAY + timedelta(days=days)))
    (row,) = query(db, "SELECT kind, raised_at, ended_at FROM alarms")
    assert (row["kind"], row["ended_at"]) == ("stale_listing", None)
    assert str(row["raised_at"]) < (TODAY + timedelta(days=71)).isoformat()


def test_other_rules_read_the_archive_anew(
    ministry: Path, tmp_path: Path, web: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    db = copied(ministry, tmp_path)
    monkeypatch.setattr(load, "reading", lambda: "other rules")
    report = take(web, db, "sm.dk")
    assert {written.outcome for written in report.written} == {"unchanged"}
    assert report.exit_code == 0
    assert query(db, "SELECT DISTINCT rules_sha256 AS r FROM captures") == [{"r": "other rules"}]
    before = dump(db)
    pipeline.rebuild(db)
    assert dump(db) == before


@pytest.mark.parametrize("name", ["sm.dk", "SM.dk/", "www.sm.dk", "sm"])
def test_a_site_has_many_names(name: str) -> None:
    assert [site.id for site in read_order([name]).sites] == ["sm.dk"]


def test_hosts_of_a_site_are_the_site() -> None:
    names = ["socialstyrelsen.dk", "social.dk", "im.dk", "folketinget.dk"]
    assert [site.id for site in read_order(names).sites] == ["sbst.dk", "ism.dk", "ft.dk"]


def test_an_address_is_spelled_as_the_crawl_would() -> None:
    order = read_order(
        [f"http://www.sm.dk{RELEASE.removeprefix('https://sm.dk')}?utm_source=brev#top", RELEASE]
    )
    assert len({url.removeprefix("https://www.").removeprefix("https://") for url in order.addresses}) == 1


def test_a_run_that_is_cut_short_says_so_and_ends_no_alarm(tmp_path: Path, web: StandIn) -> None:
    db, later = tmp_path / "a.db", TODAY + timedelta(days=80)
    pipeline.ingest(read_order(["kum.dk"]), db, world=world(web, later))
    report = pipeline.ingest(read_order(["kum.dk"]), db, world=world(web, later, requests=1))
    assert ["limit of a run" in failure.reason for failure in report.failures] == [True]
    assert report.exit_code == 1
    assert query(db, "SELECT kind FROM open_alarms") == [{"kind": "stale_listing"}]
    assert pipeline.ingest(read_order(["kum.dk"]), db, world=world(web, TODAY)).exit_code == 0
    assert query(db, "SELECT kind FROM open_alarms") == []
