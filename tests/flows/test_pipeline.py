"""The whole run on real files: twice, in any order, killed at any moment, with bad input."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from corpus.fetch import Fetched
from extractors.facts import Amount
from flows import pipeline
from flows.pipeline import Failure, Fresh, Report, Written
from output.database import Database, WrongDatabaseError, open_database, rows, scalar
from output.write import Arrival, write
from tests.output import danish

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "corpus" / "samples"


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


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    db = tmp_path_factory.mktemp("samples") / "a.db"
    assert pipeline.ingest([SAMPLES], db).failures == ()
    return db


def outcomes(report: Report) -> dict[str, int]:
    kinds = ("new", "changed", "unchanged", "duplicate")
    return {kind: n for kind in kinds if (n := report.count(kind))}


def test_the_second_run_changes_no_byte(samples: Path) -> None:
    before, bytes_before = dump(samples), samples.read_bytes()
    report = pipeline.ingest([SAMPLES], samples)
    assert outcomes(report) == {"unchanged": len(report.written)}
    assert report.exit_code == 0
    assert dump(samples) == before
    assert samples.read_bytes() == bytes_before


def test_what_is_read_again_unchanged_changes_no_byte(folder: Path, tmp_path: Path) -> None:
    """Without the shortcut over the hash of the bytes, everything is compared by its text."""
    db = tmp_path / "a.db"
    pipeline.ingest([folder], db)
    before = db.read_bytes()
    files, _ = pipeline.find_files([folder])
    written = pipeline.write_batch(db, pipeline.read_batch(files, ()))
    pipeline.resolve(db)
    assert {w.outcome for w in written if isinstance(w, Written)} == {"unchanged"}
    assert db.read_bytes() == before


def test_the_report_counts_what_came_in(folder: Path, tmp_path: Path) -> None:
    danish.write_files(folder, {"tom.txt": "", "english.txt": "The minister has agreed. " * 40})
    report = pipeline.ingest([folder], tmp_path / "a.db")
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
    report = pipeline.ingest(files, tmp_path / "a.db")
    assert (report.failed_checks, report.exit_code) == (1, 0)
    assert "| failed checks | 1 |" in report.markdown()
    again = pipeline.ingest(files[1:], tmp_path / "a.db")
    assert again.failed_checks == 1  # the agreement this document speaks of does not add up


def test_the_order_of_files_does_not_matter(folder: Path, tmp_path: Path) -> None:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    wanted = None
    for n, order in enumerate([*permutations(files)][::179]):
        db = tmp_path / f"{n}.db"
        pipeline.ingest(order, db)
        found = dump(db)
        wanted = wanted or found
        assert found == wanted
    assert wanted is not None
    assert len(wanted["documents"]) == 4


def test_batches_hold_dated_documents_first(folder: Path) -> None:
    """Of two copies the dated one names the document, whatever the files are called."""
    files, _ = pipeline.find_files([folder])
    for reads in (pipeline.read_batch(files, ()), pipeline.read_batch(files[::-1], ())):
        fresh = sorted((r for r in reads if isinstance(r, Fresh)), key=pipeline.write_order)
        dated = [read.extraction.profile.published_on is not None for read in fresh]
        assert dated == sorted(dated, reverse=True)


def test_one_file_has_one_address(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Named by a relative path, a longer way round, or a link."""
    db = tmp_path / "a.db"
    pipeline.ingest([folder / "uip.txt"], db)
    (tmp_path / "link.txt").symlink_to(folder / "uip.txt")
    monkeypatch.chdir(folder / "arkiv")
    for name in ("../uip.txt", "../../tekster/uip.txt", "../../link.txt"):
        report = pipeline.ingest([Path(name)], db)
        assert outcomes(report) == {"unchanged": 1}
    with opened(db) as read:
        urls = [row["url"] for row in rows(read, "SELECT url FROM locations")]
    assert urls == [(folder / "uip.txt").resolve().as_posix()]


def test_a_changed_file(folder: Path, tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    pipeline.ingest([folder], db)
    danish.write_files(folder, {"tur.txt": danish.DAY_OUT + "\nSolen skinnede på alle.\n"})
    report = pipeline.ingest([folder], db)
    assert outcomes(report) == {"changed": 1, "unchanged": 5}
    with opened(db) as read:
        sql = "SELECT is_current FROM document_versions WHERE document_id LIKE '%rebild%' ORDER BY 1"
        assert [row["is_current"] for row in rows(read, sql)] == [0, 1]


def test_other_readers_read_again(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    db = tmp_path / "a.db"
    monkeypatch.setattr(pipeline, "reading", lambda: "older")
    pipeline.ingest([folder / "uip.txt"], db)
    monkeypatch.undo()
    before = dump(db)
    assert outcomes(pipeline.ingest([folder / "uip.txt"], db)) == {"changed": 1}
    after = dump(db)
    assert before.pop("document_versions") != after.pop("document_versions")
    assert before == after


def test_reading_covers_pages_and_rules() -> None:
    assert len(pipeline.reading()) == 64
    assert pipeline.reading() != pipeline.fingerprint()


def test_a_refused_document_costs_nothing_but_its_line(folder: Path, tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    reads = pipeline.read_batch(pipeline.find_files([folder])[0], ())
    broken = []
    for read in reads:
        assert isinstance(read, Fresh)
        facts = [
            replace(f, max_dkk=1) if isinstance(f, Amount) and f.min_dkk == 8_700_000 else f
            for f in read.extraction.facts
        ]
        broken.append(replace(read, extraction=replace(read.extraction, facts=tuple(facts))))
    done = pipeline.write_batch(db, broken)
    failures = [d for d in done if isinstance(d, Failure)]
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
        files, failures = pipeline.find_files([folder])
        names = [path.relative_to(folder.resolve()).as_posix() for path in files]
        assert names == sorted([*danish.TEXTS, "arkiv/a.txt", "arkiv/uip-kopi.txt"])
        assert failures == []

    def test_a_file_that_is_named_is_read_whatever_its_name(self, tmp_path: Path) -> None:
        named = danish.write_files(tmp_path, {"README.md": danish.UIP, ".skjult.txt": danish.NEWS})
        assert len(pipeline.find_files(named)[0]) == 2

    def test_the_same_file_twice(self, folder: Path) -> None:
        file = folder / "uip.txt"
        for paths in ([file, file], [folder, file]):
            files, failures = pipeline.find_files(paths)
            assert files.count(file.resolve()) == 1
            assert failures == [Failure(str(file), "given twice; it was read once")]
        assert pipeline.find_files([folder, folder])[1] == []

    def test_what_is_not_there(self, tmp_path: Path) -> None:
        (tmp_path / "tom").mkdir()
        os.mkfifo(tmp_path / "pipe")
        names = ("tom", "mangler", "pipe")
        files, failures = pipeline.find_files([tmp_path / name for name in names])
        assert files == []
        assert [failure.reason for failure in failures] == [
            "an empty folder; there is nothing to read",
            "no such file or folder",
            "not a file",
        ]

    def test_batches(self, tmp_path: Path) -> None:
        files = [tmp_path / str(n) for n in range(101)]
        assert [len(batch) for batch in pipeline.batches(files, 50)] == [50, 50, 1]
        assert len(pipeline.batches(files)) >= 10  # so that progress shows
        assert pipeline.batches([]) == []


def test_an_unreadable_file_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\x00\x01\x02\xff" * 50)
    read = pipeline.read_one(tmp_path / "a.txt", ())
    assert isinstance(read, Failure)
    assert read.source == str(tmp_path / "a.txt")


def test_progress_after_every_batch(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[tuple[int, int]] = []
    monkeypatch.setattr(pipeline.batches, "__defaults__", (4,))
    pipeline.ingest([folder], tmp_path / "a.db", lambda done, of: steps.append((done, of)))
    assert steps == [(4, 6), (6, 6)]


def test_a_database_that_is_none_is_left_alone(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "brev.txt"
    other.write_text("Kære minister. " * 100)
    for wrong in (other, folder, other / "a.db"):
        with pytest.raises(WrongDatabaseError):
            pipeline.ingest([folder], wrong)
    assert other.read_text() == "Kære minister. " * 100


def test_an_arrival_of_the_net_and_of_the_disk_are_one_document(folder: Path, tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    pipeline.ingest([folder / "uip.txt"], db)
    page = pipeline.read_page(
        Fetched("https://sm.dk/nyheder/aftale", 200, danish.UIP.encode(), "text/plain", "utf-8", '"e"', None)
    )
    assert [w.outcome for w in pipeline.write_batch(db, [page]) if isinstance(w, Written)] == ["duplicate"]
    connection = open_database(db)
    site = Arrival("2026-01-01T00:00:00+00:00", "Files on a disk", None, None, pipeline.reading())
    assert write(connection, page.extraction, site).outcome == "unchanged"
    connection.close()
