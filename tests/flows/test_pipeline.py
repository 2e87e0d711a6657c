"""The whole run on real files: twice, in any order, killed at any moment, with bad input."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from corpus.archive import Archive, Record, open_archive
from corpus.collect import Progress
from extractors.facts import Amount
from flows import load, pipeline
from flows.gather import file_record, find_files
from flows.order import Order
from flows.outcome import Entry, Failure, Fresh, Report, Unread, Written
from output.database import Database, WrongDatabaseError, open_database, rows, scalar
from tests.output import danish

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "corpus" / "samples"


def take(paths: Sequence[Path], db: Path, progress: Progress = pipeline.silent) -> Report:
    return pipeline.ingest(Order(paths=tuple(paths)), db, progress)


def archived(folder: Path, archive: Archive) -> list[Entry]:
    """The files of a folder in an archive, as entries."""
    files, _ = find_files([folder])
    found = [archive.add(*file_record(file)) for file in files]
    return [load.entry_of(archive, number, record) for number, record in enumerate(found)]


@contextmanager
def opened(path: Path) -> Iterator[Database]:
    db = open_database(path, read_only=True)
    try:
        yield db
    finally:
        db.close()


def dump(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with opened(path) as db:
        danish.sound(db)
        return {name: list(table) for name, table in danish.dump(db).items()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four documents, a copy of one, and a copy of another without its date line."""
    folder = tmp_path / "tekster"
    danish.write_files(folder, danish.TEXTS)
    danish.write_files(folder / "arkiv", {"uip-kopi.txt": danish.UIP, "a.txt": danish.UNDATED})
    return folder


def outcomes(report: Report) -> dict[str, int]:
    kinds = ("new", "changed", "unchanged", "duplicate")
    return {kind: n for kind in kinds if (n := report.count(kind))}


def test_the_second_run_changes_no_byte(samples: Path) -> None:
    before, bytes_before = dump(samples), samples.read_bytes()
    report = take([SAMPLES], samples)
    assert outcomes(report) == {"unchanged": len(report.written)}
    assert report.exit_code == 0
    assert dump(samples) == before
    assert samples.read_bytes() == bytes_before


def test_what_is_read_again_unchanged_changes_no_byte(folder: Path, tmp_path: Path) -> None:
    """Without the shortcut over the archive's records, everything is compared by its text."""
    db = tmp_path / "a.db"
    take([folder], db)
    before = db.read_bytes()
    archive = open_archive(pipeline.archive_of(db))
    entries = [load.entry_of(archive, number, record) for number, record in enumerate(archive.records)]
    written = load.write_batch(db, load.read_batch(archive.folder, entries))
    pipeline.resolve(db)
    assert {w.outcome for _, w in written if isinstance(w, Written)} == {"unchanged"}
    assert db.read_bytes() == before


def test_the_report_counts_what_came_in(folder: Path, tmp_path: Path) -> None:
    danish.write_files(folder, {"tom.txt": "", "english.txt": "The minister has agreed. " * 40})
    report = take([folder], tmp_path / "a.db")
    assert outcomes(report) == {"new": 4, "duplicate": 2}
    assert len(report.failures) == 2
    assert report.exit_code == 1
    assert {Path(f.source).name for f in report.failures} == {"tom.txt", "english.txt"}
    assert report.facts["pools"] == 1
    assert dict(report.rows())["documents failed"] == 2
    text = report.markdown()
    assert "| documents new | 4 |" in text
    assert text.count("**failed**") == 2
    assert f"`{tmp_path / 'a.db'}`" in text
    assert all("\n" not in failure.reason for failure in report.failures)
    with opened(tmp_path / "a.db") as db:
        danish.sound(db)
        assert scalar(db, "SELECT count(*) FROM documents") == 4


def test_failed_checks_are_counted_and_do_not_fail_the_run(tmp_path: Path) -> None:
    texts = {"a.txt": danish.UIP, "b.txt": danish.NEWS.replace("90 mio", "92,5 mio")}
    files = danish.write_files(tmp_path / "t", texts)
    report = take(files, tmp_path / "a.db")
    assert (report.failed_checks, report.exit_code) == (1, 0)
    assert "| failed checks | 1 |" in report.markdown()
    again = take(files[1:], tmp_path / "a.db")
    assert again.failed_checks == 1  # the agreement this document speaks of does not add up


def test_the_order_of_files_does_not_matter(folder: Path, tmp_path: Path) -> None:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    wanted = None
    for n, order in enumerate([*permutations(files)][::179]):
        db = tmp_path / f"{n}.db"
        take(order, db)
        found = dump(db)
        wanted = wanted or found
        assert found == wanted
    assert wanted is not None
    assert len(wanted["documents"]) == 4


def test_the_dated_copy_speaks_for_the_document(tmp_path: Path) -> None:
    """Whatever the files are called, and whichever came first."""
    for names in (("a.txt", "b.txt"), ("b.txt", "a.txt")):
        folder = tmp_path / "".join(names)
        danish.write_files(folder, dict(zip(names, (danish.UIP, danish.UNDATED), strict=True)))
        take([folder], folder / "x.db")
        with opened(folder / "x.db") as db:
            assert scalar(db, "SELECT count(*) FROM documents") == 1
            assert scalar(db, "SELECT published_on IS NOT NULL FROM documents") == 1


def test_one_file_has_one_address(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Named by a relative path, a longer way round, or a link."""
    db = tmp_path / "a.db"
    take([folder / "uip.txt"], db)
    (tmp_path / "link.txt").symlink_to(folder / "uip.txt")
    monkeypatch.chdir(folder / "arkiv")
    for name in ("../uip.txt", "../../tekster/uip.txt", "../../link.txt"):
        report = take([Path(name)], db)
        assert outcomes(report) == {"unchanged": 1}
    with opened(db) as read:
        urls = [row["url"] for row in rows(read, "SELECT url FROM locations")]
    assert urls == [(folder / "uip.txt").resolve().as_posix()]


def test_a_changed_file(folder: Path, tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    take([folder], db)
    danish.write_files(folder, {"tur.txt": danish.DAY_OUT + "\nSolen skinnede på alle.\n"})
    report = take([folder], db)
    assert outcomes(report) == {"changed": 1, "unchanged": 5}
    with opened(db) as read:
        sql = "SELECT is_current FROM document_versions WHERE document_id LIKE '%rebild%' ORDER BY 1"
        assert [row["is_current"] for row in rows(read, sql)] == [0, 1]


def test_other_readers_read_again(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    db = tmp_path / "a.db"
    monkeypatch.setattr(load, "reading", lambda: "older")
    take([folder / "uip.txt"], db)
    monkeypatch.undo()
    before = dump(db)
    assert outcomes(take([folder / "uip.txt"], db)) == {"unchanged": 1}  # the file; the facts are new
    after = dump(db)
    for table in ("document_versions", "captures"):
        assert before.pop(table) != after.pop(table)  # their rules_sha256
    assert before == after


def test_reading_covers_pages_and_rules() -> None:
    assert len(load.reading()) == 64
    assert load.reading() != load.fingerprint()


def test_a_refused_document_costs_nothing_but_its_line(folder: Path, tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    archive = open_archive(tmp_path / "archive")
    reads = load.read_batch(archive.folder, archived(folder, archive))
    broken = []
    for read in reads:
        assert isinstance(read, Fresh)
        facts = [
            replace(f, max_dkk=1) if isinstance(f, Amount) and f.min_dkk == 8_700_000 else f
            for f in read.extraction.facts
        ]
        broken.append(replace(read, extraction=replace(read.extraction, facts=tuple(facts))))
    done = load.write_batch(db, broken)
    failures = [d for _, d in done if isinstance(d, Failure)]
    assert [Path(f.source).name for f in failures] == ["pulje.txt"]
    assert "max_dkk >= min_dkk" in failures[0].reason
    assert len(done) == 6
    with opened(db) as read_db:
        danish.sound(read_db)
        assert scalar(read_db, "SELECT count(*) FROM documents") == 3


class TestFindFiles:
    def test_a_folder_gives_what_is_in_it_and_below(self, folder: Path) -> None:
        danish.write_files(folder, {"README.md": "# Læs", ".skjult.txt": "x", "LICENSE": "x"})
        danish.write_files(folder / ".git", {"a.txt": "x"})
        files, failures = find_files([folder])
        names = [path.relative_to(folder.resolve()).as_posix() for path in files]
        assert names == sorted([*danish.TEXTS, "arkiv/a.txt", "arkiv/uip-kopi.txt"])
        assert failures == []

    def test_a_file_that_is_named_is_read_whatever_its_name(self, tmp_path: Path) -> None:
        named = danish.write_files(tmp_path, {"README.md": danish.UIP, ".skjult.txt": danish.NEWS})
        assert len(find_files(named)[0]) == 2

    def test_the_same_file_twice(self, folder: Path) -> None:
        file = folder / "uip.txt"
        for paths in ([file, file], [folder, file]):
            files, failures = find_files(paths)
            assert files.count(file.resolve()) == 1
            assert failures == [Failure(str(file), "given twice; it was read once")]
        assert find_files([folder, folder])[1] == []

    def test_what_is_not_there(self, tmp_path: Path) -> None:
        (tmp_path / "tom").mkdir()
        os.mkfifo(tmp_path / "pipe")
        names = ("tom", "mangler", "pipe")
        files, failures = find_files([tmp_path / name for name in names])
        assert files == []
        assert [failure.reason for failure in failures] == [
            "an empty folder; there is nothing to read",
            "no such file or folder",
            "not a file",
        ]


def test_batches() -> None:
    entry = Entry(0, Record("page", "files", "/a", "2026-01-01"))
    assert [len(batch) for batch in pipeline.batches([entry] * 1001)][-2:] == [50, 1]
    assert len(pipeline.batches([entry] * 101)) >= 10  # so that progress shows
    assert pipeline.batches([]) == []


def test_an_unreadable_file_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\x00\x01\x02\xff" * 50)
    archive = open_archive(tmp_path / "archive")
    entry = load.entry_of(archive, 0, archive.add(*file_record(tmp_path / "a.txt")))
    read = load.read_entry(archive, entry)
    assert isinstance(read, Unread)
    assert (read.entry.source, "\n" in read.reason) == (str(tmp_path / "a.txt"), False)


def test_what_cannot_be_read_is_kept_and_told_each_time(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\x00\x01\x02\xff" * 50)
    db = tmp_path / "x.db"
    for _ in range(2):
        report = take([tmp_path / "a.txt"], db)
        assert [Path(failure.source).name for failure in report.failures] == ["a.txt"]
    with opened(db) as read:
        (row,) = rows(read, "SELECT outcome, reason, snapshot FROM captures")
    assert (row["outcome"], "binary" in str(row["reason"])) == ("failed", True)
    assert (pipeline.archive_of(db) / str(row["snapshot"])).read_bytes() == b"\x00\x01\x02\xff" * 50


def test_progress_after_every_file_and_every_batch(folder: Path, tmp_path: Path) -> None:
    steps: list[tuple[str, int, int]] = []
    take([folder], tmp_path / "a.db", lambda *step: steps.append(step))
    assert steps == [(what, n, 6) for what in ("files", "reading") for n in range(1, 7)]


def test_a_database_that_is_none_is_left_alone(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "brev.txt"
    other.write_text("Kære minister. " * 100)
    for wrong in (other, folder, other / "a.db"):
        with pytest.raises(WrongDatabaseError):
            take([folder], wrong)
    assert other.read_text() == "Kære minister. " * 100


def test_an_arrival_of_the_net_and_of_the_disk_are_one_document(folder: Path, tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    take([folder / "uip.txt"], db)
    archive = open_archive(pipeline.archive_of(db))
    page = Record(
        "page", "sm.dk", "https://sm.dk/nyheder/aftale", "2026-01-01", 200, source="live", etag='"e"'
    )
    archive.add(page, danish.UIP.encode())
    done = dict(pipeline.load_pending(archive, db, pipeline.silent))
    assert [w.outcome for w in done.values() if isinstance(w, Written)] == ["duplicate"]
    with opened(db) as read:
        assert scalar(read, "SELECT count(*) FROM documents") == 1
        assert scalar(read, "SELECT etag FROM locations WHERE site_id = 'sm.dk'") == '"e"'
