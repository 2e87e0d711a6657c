"""Two databases compared: what was gained, lost and changed, and nothing else."""

from pathlib import Path

import pytest

from flows import pipeline
from flows.cli import main
from flows.evaluate import compare_files
from flows.order import Order

RELEASE = """Aftale om reserven 2024-2027

12-10-2023

Regeringen og Venstre er blevet enige om at fordele 40 mio. kr. i årene 2024-2027.

{line}
"""
SAME = "Der afsættes 10 mio. kr. til krisecentre. Der afsættes 10 mio. kr. til væresteder."


def database(folder: Path, name: str, **pages: str) -> Path:
    """A database of pages that stand at the same addresses each time."""
    for page, text in pages.items():
        (folder / f"{page}.txt").write_text(text, encoding="utf-8")
    db = folder / name
    pipeline.ingest(Order(paths=tuple(folder / f"{page}.txt" for page in pages)), db)
    return db


def test_the_same_pages_differ_in_nothing(tmp_path: Path) -> None:
    old = database(tmp_path, "old.db", a=RELEASE.format(line=SAME))
    new = database(tmp_path, "new.db", a=RELEASE.format(line=SAME))
    found = compare_files(old, new)
    assert (found.differences, found.only_old, found.only_new) == ((), (), ())
    assert found.same > 5


def test_facts_gained_lost_and_changed_are_told_apart(tmp_path: Path) -> None:
    old = database(tmp_path, "old.db", a=RELEASE.format(line=SAME), b=RELEASE.format(line=""))
    later = SAME.replace("Der afsættes 10", "Partierne foreslår 10", 1).replace("krisecentre", "SAND")
    new = database(tmp_path, "new.db", a=RELEASE.format(line=later + " Heraf går 7 mio. kr. til Aarhus."))
    found = compare_files(old, new)
    assert found.only_old == (str(tmp_path / "b.txt"),)
    told = {(d.what, d.key.kind, d.key.quote, d.key.nth) for d in found.differences}
    assert ("changed", "amount", "10 mio. kr.", 0) in told  # a wish now
    assert ("changed", "amount", "10 mio. kr.", 1) not in told
    assert ("gained", "amount", "7 mio. kr.", 0) in told
    assert ("gained", "organisation", "SAND", 0) in told
    assert not any(d.key.quote == "40 mio. kr." for d in found.differences)
    lost = {d.key.quote for d in found.differences if d.what == "lost"}
    assert "krisecentre" in lost


def test_the_report_names_every_difference(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = database(tmp_path, "old.db", a=RELEASE.format(line=SAME))
    new = database(tmp_path, "new.db", a=RELEASE.format(line=SAME.replace("10", "11")))
    assert main(["evaluate", "--against", str(old), "--db", str(new)]) == 0
    out = capsys.readouterr().out
    assert "- amount: 10 mio. kr.: 10000000 DKK" in out
    assert "+ amount: 11 mio. kr.: 11000000 DKK" in out
    assert "facts are the same in both" in out


def test_neither_gold_nor_an_older_database_is_wrong_use(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate"]) == 2
    assert "--against" in capsys.readouterr().err
    db = database(tmp_path, "new.db", a=RELEASE.format(line=SAME))
    assert main(["evaluate", "--against", str(tmp_path / "none.db"), "--db", str(db)]) == 1
    assert "none.db" in capsys.readouterr().err
