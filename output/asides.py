"""What others write about an agreement: a party's, an association's, a newspaper's piece. Pure.

Such a document names no year or total of its own claim, and perhaps no agreement at all, but its words
may tell which agreement it is about. It is evidence of nothing: it makes no agreement and none of its
figures is ever preferred.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import NamedTuple

from output.join import Agreement
from output.slug import stems
from output.table import Row
from output.telling import SPECIFIC, TWO_DIGITS, Telling, roughly
from output.verdict import ENOUGH, NEAR, is_rounding

ANYBODYS = "other"  # the kind of a document that neither ministry nor agency wrote
ABOUT = "about"  # the relation of such a document to its agreement
CROWD = 40  # agreements at one place: it tells nothing
RARE = 3  # agreements whose initiatives have a word: it tells which is meant
FEWEST = 3  # parties that tell an agreement from others
SEVERAL = 2  # sums or words in common that tell much
WEEK = 7  # days in which what is new is still told of
FLOOR = 1.1  # by which a total may be more than the round figure that is told of it
WHOLE, HALF = 2.0, 1.0  # points of a mark that tells much, or little


class Said(NamedTuple):
    """What the words of a document tell, whatever they say of it: sums in whole kroner, parties, full
    days in ISO, years, stems of its longer words."""

    sums: frozenset[int] = frozenset()
    parties: frozenset[str] = frozenset()
    days: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()
    stems: frozenset[str] = frozenset()


class Mark(NamedTuple):
    """Something that a piece has in common with an agreement: how much it tells, and what in words."""

    worth: float
    reason: str


NOTHING_SAID = Said()


@dataclass(slots=True)
class Known:
    """What the documents about an agreement tell of it."""

    agreement: Agreement
    kind: str = "other"
    years: set[int] = field(default_factory=set)
    totals: set[int] = field(default_factory=set)
    parties: set[frozenset[str]] = field(default_factory=set)
    days: set[str] = field(default_factory=set)  # ISO: it was made, or told of
    parts: set[int] = field(default_factory=set)
    stems: set[str] = field(default_factory=set)  # of the titles of its initiatives

    def learn(self, telling: Telling) -> None:
        self.kind = telling.kind if telling.kind != "other" else self.kind
        self.years.update(year for year in (telling.year,) if year)
        self.totals.update(total for total in (telling.total,) if total)
        self.parties.update(group for group in (telling.parties,) if len(group) >= FEWEST)
        agreed = telling.claim["agreed_on"] or telling.published
        self.days.update(str(day) for day in (agreed, telling.published) if day)
        self.parts |= telling.sums - {telling.total}
        self.stems.update(stem for title in telling.titles for stem in stems(title))


def is_aside(claim: Row) -> bool:
    """May a document be somebody else's piece about an agreement?"""
    return claim["relation"] == "mentions" and claim.get("document_kind") == ANYBODYS


def with_asides(
    agreements: Sequence[Agreement], tellings: Iterable[Telling], said: Mapping[str, Said]
) -> list[Agreement]:
    """The agreements with the pieces that are clearly about one of them, wherever these were before."""
    places = Places(agreements)
    homes: dict[str, tuple[str, Telling, str]] = {}
    for telling in tellings:
        if is_aside(telling.claim):
            document = str(telling.claim["document_id"])
            home, reason = places.best(telling, said.get(document, NOTHING_SAID))
            if home:
                piece = replace(telling, claim={**telling.claim, "relation": ABOUT})
                homes[document] = home.id, piece, reason
    added: dict[str, list[tuple[Telling, str]]] = defaultdict(list)
    for _, (key, piece, reason) in sorted(homes.items()):
        added[key].append((piece, reason))
    return [with_pieces(agreement, homes.keys(), added.get(agreement.id, ())) for agreement in agreements]


def with_pieces(
    agreement: Agreement, moved: Collection[str], added: Sequence[tuple[Telling, str]]
) -> Agreement:
    """The agreement without the documents that were moved, and with those that were added."""
    told = zip(agreement.tellings, agreement.reasons, strict=True)
    kept = [(telling, why) for telling, why in told if telling.claim["document_id"] not in moved]
    found = [*kept, *added]
    return Agreement([telling for telling, _ in found], [why for _, why in found], agreement.id)


class Places:
    """The agreements by what a piece about one of them would tell."""

    def __init__(self, agreements: Iterable[Agreement]) -> None:
        self.known: dict[str, Known] = {}
        self.at: dict[tuple[object, ...], set[str]] = defaultdict(set)
        for agreement in agreements:
            known = self.known[agreement.id] = Known(agreement)
            for telling in agreement.own:
                known.learn(telling)
            for place in places_of(known):
                self.at[place].add(agreement.id)

    def best(self, telling: Telling, said: Said) -> tuple[Agreement | None, str]:
        """The one agreement that a piece is about, and why; None where none is sure, or several are."""
        near: set[str] = set()
        for place in looked_at(telling, said):
            homes = self.at.get(place, set())
            near |= homes if len(homes) <= CROWD else set()
        rare = frozenset(stem for stem in said.stems if len(self.at.get(("word", stem), ())) <= RARE)
        judged = [(marks(self.known[key], telling, said, rare), key) for key in near]
        points = {key: sum(mark.worth for mark in found) for found, key in judged}
        most = max(points.values(), default=0.0)
        best = [(found, key) for found, key in judged if points[key] == most]
        if most < ENOUGH or len(best) > 1:
            return None, ""
        [(found, key)] = best
        return self.known[key].agreement, "a piece about it: same " + ", ".join(mark.reason for mark in found)


def places_of(known: Known) -> Iterator[tuple[object, ...]]:
    """Where an agreement is found by a piece about it."""
    yield from (("year", known.kind, year) for year in known.years if known.kind != "other")
    yield from (("day", day) for day in known.days)
    yield from (("word", stem) for stem in known.stems)
    yield from (("part", part) for part in known.parts)
    for total in known.totals:
        yield from (("total", rough, parties) for rough in roughly(total) for parties in known.parties)


def looked_at(telling: Telling, said: Said) -> Iterator[tuple[object, ...]]:
    """Where the agreement of a piece is looked for."""
    yield from (("year", telling.kind, year) for year in years_of(telling, said))
    yield from (("day", day) for day in days_of(telling, said))
    yield from (("part", part) for part in said.sums)
    for total in said.sums:
        yield from (("total", rough, said.parties) for rough in roughly(total))


def years_of(telling: Telling, said: Said) -> frozenset[int]:
    """The programme years that a piece may mean: the one that it names beside the programme, else all."""
    return said.years if telling.year is None else frozenset({telling.year})


def days_of(telling: Telling, said: Said, back: int = WEEK) -> frozenset[str]:
    """The days on which what a piece is about may have come out: those that it names, its own and the
    last ones before; where nobody knows its own, it may be any of them."""
    named = [telling.published] if telling.published else [date.fromisoformat(day) for day in said.days]
    return said.days | {(day - timedelta(n)).isoformat() for day in named for n in range(back + 1)}


def marks(known: Known, telling: Telling, said: Said, rare: frozenset[str]) -> list[Mark]:
    """What a piece tells that is the agreement's; nothing if it can't be the one. `rare` are the stems of
    the piece's words that few agreements have."""
    if differs(known, telling):
        return []
    silent = telling.claim["mention_id"] is None
    money = money_marks(known, said, SPECIFIC if silent else TWO_DIGITS)
    if silent and not money:
        return []
    sure = [
        *programme_marks(known, telling, said),
        *money,
        *([Mark(WHOLE, "parties")] if said.parties in known.parties else []),
    ]
    day = next((w for w, n in ((WHOLE, NEAR), (HALF, WEEK)) if known.days & days_of(telling, said, n)), 0.0)
    words = sorted(known.stems & rare)
    worth = WHOLE if len(words) >= SEVERAL else HALF
    dated = [Mark(day, "day")] if day else []
    if not sure or not words or not (dated or len(sure) > 1):
        return [*sure, *dated] if sure else []
    return [*sure, *dated, Mark(worth, f"words: {' '.join(words[:SEVERAL])}")]


def programme_marks(known: Known, telling: Telling, said: Said) -> list[Mark]:
    if telling.kind != known.kind or known.kind == "other":
        return []
    year = known.years & years_of(telling, said)
    if year:
        return [Mark(WHOLE, f"programme and year: {known.kind} {min(year)}")]
    return [Mark(HALF, "programme")]


def money_marks(known: Known, said: Said, digits: int) -> list[Mark]:
    """The total, and parts of it. A total of so many digits tells much; a rounder one little."""
    totals = [total for total in known.totals if any(is_rounding(total, other) for other in said.sums)]
    found = []
    if totals:
        exact = any(len(str(total).rstrip("0")) >= digits for total in totals)
        found.append(Mark(WHOLE if exact else HALF, "total"))
    elif any(is_floor(said_sum, total) for said_sum in said.sums for total in known.totals):
        found.append(Mark(HALF, "total in round figures"))
    if parts := (known.parts & said.sums) - set(totals):
        several = len(parts) >= SEVERAL
        found.append(Mark(WHOLE if several else HALF, "sums" if several else "sum"))
    return found


def is_floor(said: int, total: int) -> bool:
    """Is a sum of one digit a little less than the total, as in 'more than 200 million'?"""
    return len(str(said).rstrip("0")) == 1 and said <= total <= said * FLOOR


def differs(known: Known, telling: Telling) -> bool:
    """Can a piece not be about the agreement: another programme or year, or out before it was made?"""
    if known.kind != "other" and telling.kind not in {"other", known.kind}:
        return True
    if telling.year is not None and known.years and telling.year not in known.years:
        return True
    return telling.published is not None and telling.published.isoformat() < min(known.days, default="")
