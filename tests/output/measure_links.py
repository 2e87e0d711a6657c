"""How good the proposed links are: titles of known stories and pairs that only look like one."""

import re
from itertools import combinations, pairwise
from pathlib import Path
from typing import NamedTuple

from extractors.readers.phases import core_title, read_phases
from extractors.rules import load_rules
from output.links import SURE, proposed_rows
from output.table import Row

HERE = Path(__file__).with_name("links")
AREAS = {"v": "voksne", "b": "børn og unge", "-": None}
ORDER = ("screening", "modning", "afprøvning", "udbredelse")
KNOWN_METHODS = load_rules("methods").values["method"]
Pair = tuple[str, str]


class Measured(NamedTuple):
    """Known continuations found among the proposals, and proposals that are right."""

    wanted: frozenset[Pair]
    found: frozenset[Pair]
    sure: frozenset[Pair]  # of those found, what the stories are told by
    right: frozenset[Pair]

    @property
    def recall(self) -> float:
        return len(self.wanted & self.found) / len(self.wanted)

    @property
    def precision(self) -> float:
        return len(self.sure & self.right) / max(1, len(self.sure))


def paragraphs(name: str) -> list[list[Row]]:
    """The initiatives of each paragraph of a file, in its order."""
    found: list[list[Row]] = []
    for block in (HERE / name).read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in block.splitlines() if line.count("|") == 2 and not line.startswith("#")]
        found += [[initiative(line) for line in lines]] if lines else []
    return found


def initiative(line: str) -> Row:
    year, area, title = (part.strip() for part in line.split("|"))
    return {
        "id": f"{year}/{title}",
        "agreement_id": f"aftale-{year}",
        "title": title,
        "core_title": core_title(title),
        "area": AREAS[area],
        "target_group": None,
        "year": int(year),
    }


def links_among(initiatives: list[Row]) -> list[Row]:
    phases = {
        str(row["id"]): sorted((ORDER.index(phase), str(phase)) for phase in read_phases(str(row["title"])))
        for row in initiatives
    }
    methods = {str(row["id"]): methods_in(str(row["title"])) for row in initiatives}
    return proposed_rows(initiatives, phases, methods)


def methods_in(title: str) -> list[str]:
    return sorted(
        {name for word, name in KNOWN_METHODS.items() if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", title)}
    )


def measure(stories: list[list[Row]], apart: list[list[Row]]) -> Measured:
    """All titles stand in one pool. Wanted: each line of a story and the line before it."""
    ids = [[str(row["id"]) for row in story] for story in stories]
    pool = {str(row["id"]): row for group in (*stories, *apart) for row in group}
    scores = {
        (str(r["from_initiative_id"]), str(r["to_initiative_id"])): float(str(r["score"]))
        for r in links_among(list(pool.values()))
    }
    return Measured(
        wanted=frozenset(p for story in ids for p in pairwise(story) if p[0][:4] < p[1][:4]),
        found=frozenset(scores),
        sure=frozenset(pair for pair, score in scores.items() if score >= SURE),
        right=frozenset(pair for story in ids for pair in combinations(story, 2)),
    )
