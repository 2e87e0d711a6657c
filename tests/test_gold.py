"""Scores over gold: they may rise, never fall. `tests/gold/floors-*.toml` hold the floors."""

from functools import cache

import pytest

from flows.evaluate import below, evaluate_fresh
from output.gold import Scores
from output.gold import table as score_rows
from tests.support import ROOT, SHARED

GOLD = ROOT / "tests" / "gold"
FOLDERS = {
    "samples": GOLD / "samples",
    "seeds": SHARED / "gold" / "seeds",
    "dev": SHARED / "dev",
}


@cache
def scores_of(name: str) -> Scores:
    folder = FOLDERS[name]
    if not folder.is_dir():
        pytest.skip(f"{folder} is not there")
    scores, missing = evaluate_fresh(folder)
    assert missing == []
    return scores


@pytest.mark.parametrize("name", FOLDERS)
def test_no_score_falls_below_its_floor(name: str) -> None:
    scores = scores_of(name)
    assert below(scores, GOLD / f"floors-{name}.toml") == [], "\n".join(map(str, scores.mistakes))


def test_seeds_reach_what_is_asked() -> None:
    """Every kind at least 0.97; titles, dates and agreement fields all right."""
    for kind, score in score_rows(scores_of("seeds")):
        if kind.startswith(("document.title", "document.published", "document.updated", "agreement")):
            assert score.f1 == 1, kind
        elif "." not in kind:
            assert score.f1 >= 0.97, kind
