"""The archive: what it takes, what it gives back, and that neither a kill nor a hand changes it unseen."""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from corpus import archive as module
from corpus.archive import MOST_TWINS, Archive, DamagedArchiveError, Record, damage, open_archive
from tests.support import ROOT

URL = "https://sm.dk/nyheder/nyhedsarkiv/2024/jun/en-pulje"
BODY = b"<!doctype html><p>90 mio. kr."
PAGE = Record("page", "sm.dk", URL, "2026-03-20T04:15:00+00:00", status=200, etag='"1"', source="live")


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return open_archive(tmp_path / "archive")


def filled(archive: Archive, number: int = 5) -> Archive:
    """Pages of different bodies, in the log's order."""
    for n in range(number):
        archive.add(replace(PAGE, url=f"{URL}-{n}"), b"%d %s" % (n, BODY))
    return archive


def again(archive: Archive) -> Archive:
    return open_archive(archive.folder)


# --- what it gives back


def test_what_was_added_is_there_when_it_is_opened_again(archive: Archive) -> None:
    record = archive.add(PAGE, BODY)
    assert record.body
    assert again(archive).records == [record]
    assert again(archive).page(URL) == record
    assert again(archive).body(record.body) == BODY
    assert list(damage(archive.folder)) == []


@pytest.mark.parametrize(
    ("body", "ending"),
    [
        (BODY, ".html"),
        (b"%PDF-1.7", ".pdf"),
        (b"PK\x03\x04", ".zip"),
        (b"Aftale", ".txt"),
        (b"\x89PNG\x1a", ".bin"),
        (b"", ".bin"),
    ],
)
def test_a_body_has_an_ending_for_people(archive: Archive, body: bytes, ending: str) -> None:
    record = archive.add(PAGE, body)
    assert record.body
    assert archive.path(record.body).suffix == ending
    assert archive.body(record.body) == body


def test_one_body_of_two_addresses_lies_there_once(archive: Archive) -> None:
    one = archive.add(PAGE, BODY)
    two = archive.add(replace(PAGE, url=f"{URL}-2"), BODY)
    assert one.body == two.body
    assert one.id != two.id
    assert len([p for p in (archive.folder / "bodies").rglob("*") if p.is_file()]) == 1


def test_new_text_is_a_new_record_and_the_old_text_stays(archive: Archive) -> None:
    old, new = archive.add(PAGE, BODY), archive.add(replace(PAGE, etag='"2"'), BODY + b" mere")
    assert again(archive).page(URL) == new
    assert old.body
    assert again(archive).body(old.body) == BODY


def test_an_opened_archive_goes_on_where_the_log_ends(archive: Archive) -> None:
    filled(archive, 2)
    again(archive).add(PAGE, BODY)
    assert len(again(archive).records) == 3


# --- what is news


@pytest.mark.parametrize("opened", [lambda archive: archive, again], ids=["same run", "next run"])
def test_the_same_twice_is_no_news(archive: Archive, opened: Callable[[Archive], Archive]) -> None:
    first = archive.add(PAGE, BODY)
    later = replace(PAGE, at="2026-03-21T04:15:00+00:00", found_on="https://sm.dk/nyheder")
    assert opened(archive).add(later, BODY) == first
    assert len(again(archive).records) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"etag": '"2"'},
        {"last_modified": "Fri, 20 Mar 2026 04:15:00 GMT"},
        {"final_url": f"{URL}-flyttet"},
        {"charset": "windows-1252"},  # the same bytes, but another text
        {"status": 203},
        {"source": "file"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_the_server_says_otherwise_is_news(archive: Archive, change: dict[str, str]) -> None:
    archive.add(PAGE, BODY)
    assert archive.add(replace(PAGE, **change), BODY) == archive.page(URL)  # type: ignore[arg-type]
    assert len(archive.records) == 2


def test_a_page_that_is_gone_and_comes_back(archive: Archive) -> None:
    gone = replace(PAGE, status=404, etag=None)
    for record, body in ((PAGE, BODY), (gone, None), (gone, None), (PAGE, BODY)):
        archive.add(record, body)
    assert [record.status for record in again(archive).records] == [200, 404, 200]


def test_two_etags_in_turn_do_not_fill_the_log(archive: Archive) -> None:
    """Two machines behind one address: the bytes are the same, their names differ."""
    for n in range(40):
        opened = again(archive)
        opened.add(replace(PAGE, etag=f'"{n % 2}"', last_modified=f"{n}"), BODY)
    assert len(again(archive).records) == 1 + MOST_TWINS
    again(archive).add(replace(PAGE, etag='"ny"'), BODY + b" og mere")
    assert len(again(archive).records) == 2 + MOST_TWINS
    again(archive).add(replace(PAGE, etag='"nyere"'), BODY + b" og mere")
    assert len(again(archive).records) == 3 + MOST_TWINS


def test_two_sites_that_list_one_page_share_its_record(archive: Archive) -> None:
    first = archive.add(PAGE, BODY)
    assert archive.add(replace(PAGE, site="fm.dk"), BODY) == first
    assert archive.add(PAGE, BODY) == first


def test_each_site_turns_an_item_away_for_itself(archive: Archive) -> None:
    for site, rule in (("sm.dk", "name"), ("fm.dk", "not_social")) * 2:
        archive.add(Record("turned_away", site, URL, PAGE.at, words="Ny chef", note=rule))
    assert len(archive.records) == 2


def test_a_listing_that_is_a_page_too(archive: Archive) -> None:
    for kind in ("listing", "page", "listing", "page"):
        archive.add(replace(PAGE, kind=kind), BODY)
    assert [record.kind for record in again(archive).records] == ["listing", "page"]
    assert again(archive).page(URL) == archive.records[1]


def test_alarms_come_go_and_come_back(archive: Archive) -> None:
    alarm = Record("alarm", "sm.dk", URL, PAGE.at, words="1 expected, 0 found", note="no_items")
    cleared = replace(alarm, kind="cleared", words=None)
    other = replace(alarm, note="stale_listing")
    for record in (alarm, alarm, other, cleared, cleared, alarm):
        archive.add(record)
    assert [record.kind for record in archive.records] == ["alarm", "alarm", "cleared", "alarm"]


# --- what servers write


ODD = [
    '"\ud800"',
    '"a\x00\x1f\x7f"',
    '"a\nb\r\n"',
    '"\u2028\u2029\x85"',
    '"😀"',
    '"\\ud800"',
    '"' + "x" * 70_000,
]


@pytest.mark.parametrize("etag", ODD, ids=ascii)
def test_odd_headers_neither_break_the_log_nor_are_news_each_night(archive: Archive, etag: str) -> None:
    odd = replace(PAGE, etag=etag[:80_000], charset=etag, media_type=etag, url=f"{URL}{etag}")
    first = archive.add(odd, BODY)
    assert again(archive).add(odd, BODY) == first
    archive.add(PAGE, BODY)
    assert list(damage(archive.folder)) == []
    assert again(archive).records == archive.records
    assert len(archive.log.read_bytes().splitlines(keepends=True)) >= 2
    assert archive.log.read_bytes().count(b"\n") == 2


# --- a hand in it


def lines(archive: Archive) -> list[bytes]:
    return archive.log.read_bytes().splitlines(keepends=True)


def told(archive: Archive) -> list[str]:
    """What is damaged; nobody may work with it either."""
    found = list(damage(archive.folder))
    assert all("\n" not in line for line in found)
    return found


@pytest.mark.parametrize(
    "change",
    [
        lambda all_: [*all_[:2], all_[2].replace(b"200", b"201"), *all_[3:]],
        lambda all_: [*all_[:2], *all_[3:]],
        lambda all_: [*all_[:2], all_[3], all_[2], all_[4]],
        lambda all_: [*all_[:3], all_[2], *all_[3:]],
        lambda all_: [*all_[:2], b"\n", *all_[2:]],
        lambda all_: [*all_[:2], b'{"kind": "page"}\n', *all_[2:]],
        lambda all_: [*all_[:2], b"\xff\xfe\n", *all_[2:]],
        lambda all_: [*all_[:2], b"[" * 100_000 + b"\n", *all_[2:]],
        lambda all_: [*all_[:2], b'["page"]\n', *all_[2:]],
        lambda all_: [*all_[:2], all_[2][:30], *all_[3:]],
    ],
    ids=["changed", "removed", "swapped", "twice", "empty", "strange", "bytes", "deep", "list", "torn"],
)
def test_a_line_that_is_not_what_was_written_is_named(
    archive: Archive, change: Callable[[list[bytes]], list[bytes]]
) -> None:
    filled(archive)
    archive.log.write_bytes(b"".join(change(lines(archive))))
    assert len(told(archive)) == 1
    with pytest.raises(DamagedArchiveError, match=r"log\.jsonl: line [34] is not what was written"):
        again(archive)


def test_a_first_line_that_is_gone_is_named(archive: Archive) -> None:
    filled(archive)
    archive.log.write_bytes(b"".join(lines(archive)[1:]))
    assert "line 1 is not what was written" in told(archive)[0]


def test_bodies_that_are_gone_or_others_are_each_named(archive: Archive) -> None:
    paths = [archive.path(r.body) for r in filled(archive).records if r.body]
    paths[1].unlink()
    first, last = paths[0].read_bytes(), paths[4].read_bytes()
    paths[0].write_bytes(last)
    paths[4].write_bytes(first)
    found = told(archive)
    assert [str(path) for path in paths if any(str(path.with_suffix("")) in line for line in found)] == [
        str(paths[n]) for n in (0, 1, 4)
    ]
    assert len(found) == 3
    assert sum("missing" in line for line in found) == 1
    assert sum("not the bytes" in line for line in found) == 2


@pytest.mark.parametrize("harm", [Path.unlink, lambda path: path.write_bytes(b"x")], ids=["lost", "changed"])
def test_a_body_that_was_harmed_heals_when_it_comes_again(
    archive: Archive, harm: Callable[[Path], object]
) -> None:
    record = archive.add(PAGE, BODY)
    assert record.body
    assert archive.has(record.body)
    harm(archive.path(record.body))
    assert not archive.has(record.body)
    assert archive.add(PAGE, BODY) == record
    assert told(archive) == []
    assert len(archive.records) == 1


def test_a_folder_that_cannot_be_one(tmp_path: Path) -> None:
    (tmp_path / "archive").write_text("en fil")
    with pytest.raises(DamagedArchiveError, match="cannot be opened"):
        open_archive(tmp_path / "archive")


# --- a kill


@pytest.mark.parametrize("cut", [1, 2, 20, 100])
def test_a_torn_last_line_is_as_if_never_written(archive: Archive, cut: int) -> None:
    filled(archive, 3)
    whole = archive.log.read_bytes()
    archive.log.write_bytes(whole[:-cut])
    opened = again(archive)
    assert [r.url for r in opened.records] == [f"{URL}-0", f"{URL}-1"]
    assert archive.log.read_bytes() == whole[:-cut]  # who verifies does not write
    opened.add(replace(PAGE, url=f"{URL}-2"), b"2 " + BODY)
    assert archive.log.read_bytes() == whole
    assert told(archive) == []


def test_nothing_but_a_torn_line(archive: Archive) -> None:
    archive.log.write_bytes(b'{"kind": "pa')
    opened = again(archive)
    assert opened.records == []
    opened.add(PAGE, BODY)
    assert told(archive) == []


def half(handle: int, line: bytes) -> int:
    """A disk that fills up while we write."""
    return REAL_WRITE(handle, line[: len(line) // 2])


def interrupted(handle: int, line: bytes) -> int:
    """Ctrl-C at the worst moment."""
    REAL_WRITE(handle, line)
    raise KeyboardInterrupt


REAL_WRITE = os.write


@pytest.mark.parametrize(("write", "error"), [(half, OSError), (interrupted, KeyboardInterrupt)])
def test_a_record_that_could_not_be_written_is_not_followed(
    archive: Archive,
    monkeypatch: pytest.MonkeyPatch,
    write: Callable[[int, bytes], int],
    error: type[BaseException],
) -> None:
    filled(archive, 2)
    monkeypatch.setattr(module.os, "write", write)
    with pytest.raises(error):
        archive.add(PAGE, BODY)
    monkeypatch.undo()
    archive.add(replace(PAGE, url=f"{URL}-efter"), BODY)
    assert told(archive) == []
    assert [r.url for r in again(archive).records] == [f"{URL}-0", f"{URL}-1", f"{URL}-efter"]


ADDER = """
import sys
from pathlib import Path
from corpus.archive import Record, open_archive
archive = open_archive(Path(sys.argv[1]))
n = len(archive.records)
print("open", flush=True)
while True:
    body = b"<!doctype html>%d " % n + b"x" * (n % 7 * 30_000)
    record = archive.add(Record("page", "sm.dk", f"https://sm.dk/{n}", "2026", status=200), body)
    print(record.id, flush=True)
    n += 1
"""


@pytest.mark.slow
def test_kill_at_any_moment(archive: Archive) -> None:
    """What was acknowledged is there, whole; a kill costs at most what was being stored."""
    moments = random.Random(7)
    acknowledged: list[str] = []
    for number in range(30):
        command = [sys.executable, "-c", ADDER, str(archive.folder)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as adder:
            assert adder.stdout
            assert adder.stdout.readline() == "open\n"
            if number % 2:
                acknowledged.append(adder.stdout.readline().strip())
            time.sleep(moments.uniform(0.0, 0.06))
            adder.kill()
            acknowledged += [line.strip() for line in adder.stdout if line.endswith("\n")]
        assert list(damage(archive.folder)) == []
        known = [record.id for record in again(archive).records]
        assert set(acknowledged) <= set(known)
        acknowledged = known  # one that was stored and not acknowledged stays, too
    assert len(known) >= 15
    assert [json.loads(line)["url"] for line in lines(archive)] == [
        f"https://sm.dk/{n}" for n in range(len(known))
    ]
