"""Gold folders against databases: good databases score high, wrong ones low."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from flows import pipeline
from flows.evaluate import NoGoldError, below, evaluate, evaluate_fresh, find_documents, read_gold
from flows.order import Order
from output.database import WrongDatabaseError
from output.gold import Item, Scores
from tests.output import danish

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "../shared/gold/seeds"
MONEY = {"min_dkk": 90_000_000, "max_dkk": 90_000_000, "qualifier": "exact", "role": "total"}
YEARS = {"per": "total", "start_year": 2023, "end_year": 2026}
GOLD: Item = {
    "file": "uip.txt",
    "title": "Aftale fordeler 90 millioner kroner til udsatte børn og voksne",
    "kind": "press_release",
    "issuer": "Social- og Ældreministeriet",
    "published_on": "2022-10-12",
    "updated_on": None,
    "amounts": [
        {"quote": "90 millioner kroner", **MONEY, **YEARS},
        {"quote": "90 mio. kr.", **MONEY, **YEARS},
    ],
    "counts": [{"quote": "fem nye initiativer", "number": 5, "scope": "total"}],
    "initiatives": [
        {"title": title, "phases": [phase.lower()], "area": area, "form": "list"}
        for area, block in zip(
            ("voksne", "børn og unge"), danish.UIP.split("Initiativer på ")[1:], strict=True
        )
        for title, phase in re.findall(r"• ((\w+) .+)", block)
    ],
    "people": [{"name": "Astrid Krag", "title": "Social- og ældreminister", "party": None}],
    "methods": ["MOVE", "Housing First"],
    "agreement": {
        "kind": "uip",
        "programme_year": 2023,
        "total_min_dkk": 90_000_000,
        "total_max_dkk": 90_000_000,
        "start_year": 2023,
        "end_year": 2026,
        "initiative_count": 5,
    },
}


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    folder = tmp_path / "gold"
    danish.write_files(folder, {"uip.json": json.dumps(GOLD), "uip.txt": danish.UIP})
    return folder


def f1(scores: Scores, *kinds: str) -> list[float]:
    return [scores.of(kind).f1 for kind in kinds]


def test_a_right_database_scores_high(gold: Path, tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    pipeline.ingest(Order(paths=(gold / "uip.txt",)), db)
    before = db.read_bytes()
    scores, missing = evaluate(gold, db)
    assert missing == []
    assert len(GOLD["initiatives"]) == 5
    assert f1(scores, "amounts", "people", "initiatives", "initiatives.phases") == [1.0] * 4
    assert f1(scores, "document.title", "agreement.total_min_dkk") == [1.0, 1.0]
    assert db.read_bytes() == before
    fresh, _ = evaluate_fresh(gold)
    assert fresh == scores


def test_a_wrong_database_scores_low(gold: Path, tmp_path: Path) -> None:
    """The same text with other figures and other words under the name of the file."""
    wrong = danish.UIP.replace("90 mi", "85 mi").replace("fem", "fire").replace("af ", "for ")
    wrong = wrong.replace("12-10-2022", "12-11-2021").replace("Astrid Krag", "Karen Ellemann")
    danish.write_files(tmp_path / "wrong", {"uip.txt": wrong})
    pipeline.ingest(Order(paths=(tmp_path / "wrong",)), tmp_path / "a.db")
    scores, missing = evaluate(gold, tmp_path / "a.db")
    assert missing == []
    assert f1(scores, "amounts", "counts", "people", "document.title") == [0.0] * 4
    assert f1(scores, "document.published_on", "agreement.total_min_dkk") == [0.0, 0.0]
    assert scores.of("initiatives").f1 < 0.5
    assert {m.what for m in scores.mistakes} == {"missed", "false", "wrong"}


def test_a_document_that_is_not_there_is_missing_and_under_every_floor(gold: Path, tmp_path: Path) -> None:
    danish.write_files(tmp_path / "t", {"tur.txt": danish.DAY_OUT})
    pipeline.ingest(Order(paths=(tmp_path / "t",)), tmp_path / "a.db")
    scores, missing = evaluate(gold, tmp_path / "a.db")
    assert missing == ["uip.txt"]
    (tmp_path / "floors.toml").write_text("amounts = 0.9\n")
    assert below(scores, tmp_path / "floors.toml") == ["amounts: nothing was scored; its floor is 0.9000"]


def test_floors(gold: Path, tmp_path: Path) -> None:
    scores, _ = evaluate_fresh(gold)
    floors = tmp_path / "floors.toml"
    floors.write_text('amounts = 1\n"document.title" = 1.0\n')
    assert below(scores, floors) == []
    scores.of("amounts").gold += 2
    scores.of("document.title").hits = 0
    assert below(scores, floors) == [
        "amounts: 0.6667 is below its floor of 1.0000",
        "document.title: 0.0000 is below its floor of 1.0000",
    ]


@pytest.mark.parametrize("text", ["amounts 0.9", "amounts = 'høj'", "[amounts]\nf1 = 0.9", None])
def test_floors_that_are_none(tmp_path: Path, text: str | None) -> None:
    floors = tmp_path / "floors.toml"
    if text is not None:
        floors.write_text(text, encoding="utf-8")
    with pytest.raises(NoGoldError, match=re.escape(str(floors))):
        below(Scores(), floors)


def test_gold_that_is_none(tmp_path: Path, gold: Path) -> None:
    for folder in (tmp_path / "mangler", gold / "uip.json", tmp_path):
        with pytest.raises(NoGoldError, match="no gold files"):
            read_gold(folder)
    (gold / "b.json").write_bytes(b"\xff{")
    with pytest.raises(NoGoldError, match=r"b\.json: not JSON"):
        read_gold(gold)
    with pytest.raises(WrongDatabaseError, match="no such database"):
        evaluate(gold, tmp_path / "a.db")


def test_documents_beside_their_gold_or_in_a_folder_of_its_name(tmp_path: Path) -> None:
    gold: list[dict[str, Any]] = [{"file": "a.txt"}, {"file": "b.txt"}, {"file": "c.txt"}]
    folder = tmp_path / "tests" / "gold" / "korpus"
    danish.write_files(folder, {"a.txt": "x"})
    danish.write_files(tmp_path / "korpus", {"a.txt": "x", "b.txt": "x"})
    assert find_documents(gold, folder) == [
        folder / "a.txt",
        tmp_path.resolve() / "korpus" / "b.txt",
    ]


@pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/gold/seeds is not on this machine")
def test_the_seeds() -> None:
    scores, missing = evaluate_fresh(SEEDS)
    assert missing == []
    assert len(read_gold(SEEDS)) == 5
    assert scores.of("amounts").gold > 5
    assert scores.of("document.title").f1 == 1.0
