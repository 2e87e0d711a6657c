"""Titles of one agreement that mean the same initiative in other words. Pure."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from output.ideas import Idea, compare, idea_of
from output.table import Row, Value
from output.terms import AGES, Vocabulary

SAME_MONEY = 0.55  # score from which two titles with the same sum mean the same
ALONE = 0.85  # and without sums
AHEAD = 0.1  # by which it is surer than with any other title


class Told(NamedTuple):
    """An initiative as some documents of its agreement tell it."""

    row: Row
    documents: frozenset[str]
    phases: frozenset[str]
    sums: frozenset[int]
    years: frozenset[tuple[Value, Value]]


def paraphrases(told: Sequence[Told]) -> list[tuple[int, int]]:
    """Places of pairs that mean the same; no place stands in two pairs."""
    if all(one.documents == told[0].documents for one in told):
        return []
    words = Vocabulary(sorted(str(one.row["core_title"]) for one in told))
    ideas = [idea_of({**one.row, "year": 0}, words, {}, {}) for one in told]
    scores = {
        (n, m): score
        for n, m in combinations(range(len(told)), 2)
        if (score := likeness(told[n], told[m], ideas[n], ideas[m], words))
    }
    rivals: dict[int, list[float]] = defaultdict(list)
    for pair, score in scores.items():
        for place in pair:
            rivals[place].append(score)
    return [pair for pair, score in scores.items() if is_sure(pair, score, told, rivals)]


def likeness(one: Told, other: Told, mine: Idea, theirs: Idea, words: Vocabulary) -> float:
    """How alike two titles are in what they speak of, 0 to 1; 0 where something forbids that they are one."""
    areas = {one.row["area"], other.row["area"]} - {None}
    apart = (
        one.documents & other.documents  # two items of one list
        or len(areas) > 1
        or differ(one.phases, other.phases)
        or differ(one.sums, other.sums)
        or differ(one.years, other.years)
        or differ(mine.terms & AGES, theirs.terms & AGES)
    )
    return 0.0 if apart else compare(mine, theirs, words).score


def differ(one: frozenset[object], other: frozenset[object]) -> bool:
    return bool(one and other and not one & other)


def is_sure(
    pair: tuple[int, int], score: float, told: Sequence[Told], rivals: Mapping[int, Sequence[float]]
) -> bool:
    """Is it alike enough, and alike to nothing else?"""
    one, other = (told[place] for place in pair)
    enough = SAME_MONEY if one.sums & other.sums else ALONE
    alone = all(sum(rival > score - AHEAD for rival in rivals[place]) == 1 for place in pair)
    return score >= enough and alone
