"""What others write about an agreement: a party's, an association's, a newspaper's piece. Pure.

Such a document names no year or total of its own claim, but its words may tell which agreement it is
about. It is evidence of nothing: it makes no agreement and none of its figures is ever preferred.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import NamedTuple

from output.join import Agreement
from output.table import Row, Value
from output.telling import ENOUGH, NEAR, ROUNDED, SPECIFIC, Telling

ABOUT = "about"  # the relation of such a document to its agreement
CROWD = 40  # agreements at one place: it tells nothing
FEWEST = 3  # parties that tell an agreement from others
TWO_DIGITS = 2
WHOLE, HALF = 2.0, 1.0  # points of a mark that tells much, or little


class Said(NamedTuple):
    """What the words of a document tell, whatever they say of it: sums in whole kroner, parties, full
    days in ISO, years."""

    sums: frozenset[int] = frozenset()
    parties: frozenset[str] = frozenset()
    days: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()


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

    def learn(self, telling: Telling) -> None:
        self.kind = telling.kind if telling.kind != "other" else self.kind
        self.years.update(year for year in (telling.year,) if year)
        self.totals.update(total for total in (telling.total,) if total)
        self.parties.update(group for group in (telling.parties,) if len(group) >= FEWEST)
        agreed = telling.claim["agreed_on"] or telling.published
        self.days.update(str(day) for day in (agreed, telling.published) if day)


def is_aside(claim: Row) -> bool:
    """May a document be somebody else's piece about an agreement?"""
    return claim["relation"] == "mentions" and claim.get("document_kind") == "other"


def with_asides(
    agreements: Sequence[Agreement], tellings: Iterable[Telling], said: Mapping[str, Said]
) -> list[Agreement]:
    """The agreements with the pieces that are clearly about one of them, wherever these were before."""
    places = Places(agreements)
    homes: dict[Value, tuple[str, Telling, str]] = {}
    for telling in tellings:
        if is_aside(telling.claim):
            words = said.get(str(telling.claim["document_id"]), NOTHING_SAID)
            home, reason = places.best(telling, words)
            if home:
                piece = replace(telling, claim={**telling.claim, "relation": ABOUT})
                homes[telling.claim["mention_id"]] = home.id, piece, reason
    added: dict[str, list[tuple[Telling, str]]] = defaultdict(list)
    for _, (key, piece, reason) in sorted(homes.items(), key=lambda item: str(item[0])):
        added[key].append((piece, reason))
    return [with_pieces(agreement, homes.keys(), added.get(agreement.id, ())) for agreement in agreements]


def with_pieces(
    agreement: Agreement, moved: Collection[Value], added: Sequence[tuple[Telling, str]]
) -> Agreement:
    """The agreement without the tellings that were moved, and with those that were added."""
    told = zip(agreement.tellings, agreement.reasons, strict=True)
    kept = [(telling, why) for telling, why in told if telling.claim["mention_id"] not in moved]
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
        judged = [(marks(self.known[key], telling, said), key) for key in near]
        points = {key: sum(worth for worth, _ in found) for found, key in judged}
        most = max(points.values(), default=0.0)
        best = [(found, key) for found, key in judged if points[key] == most]
        if most < ENOUGH or len(best) > 1:
            return None, ""
        [(found, key)] = best
        return self.known[key].agreement, "a piece about it: same " + ", ".join(why for _, why in found)


def places_of(known: Known) -> Iterator[tuple[object, ...]]:
    """Where an agreement is found by a piece about it."""
    yield from (("year", known.kind, year) for year in known.years if known.kind != "other")
    yield from (("day", day) for day in known.days)
    for total in known.totals:
        yield from (("total", rough, parties) for rough in roughly(total) for parties in known.parties)


def looked_at(telling: Telling, said: Said) -> Iterator[tuple[object, ...]]:
    """Where the agreement of a piece is looked for."""
    yield from (("year", telling.kind, year) for year in years_of(telling, said))
    yield from (("day", day) for day in days_of(telling, said))
    for total in said.sums:
        yield from (("total", rough, said.parties) for rough in roughly(total))


def roughly(total: int) -> set[int]:
    """The two figures of two digits that a total lies between.

    >>> sorted(roughly(95_500_000)), sorted(roughly(95_000_000))
    ([95000000, 96000000], [95000000])
    """
    step = 10 ** max(0, len(str(total)) - TWO_DIGITS)
    return {total // step * step, -(-total // step) * step}


def years_of(telling: Telling, said: Said) -> frozenset[int]:
    """The programme years that a piece may mean: the one that it names beside the programme, else all."""
    return said.years if telling.year is None else frozenset({telling.year})


def days_of(telling: Telling, said: Said) -> frozenset[str]:
    """The days on which what a piece is about may have come out: those that it names, its own and the
    last ones before."""
    if telling.published is None:
        return said.days
    return said.days | {(telling.published - timedelta(n)).isoformat() for n in range(NEAR + 1)}


def marks(known: Known, telling: Telling, said: Said) -> list[tuple[float, str]]:
    """What a piece tells that is the agreement's, with what it is worth; nothing if it can't be the one."""
    if differs(known, telling):
        return []
    found: list[tuple[float, str]] = []
    if telling.kind == known.kind != "other":
        year = known.years & years_of(telling, said)
        named = f"programme and year: {known.kind} {min(year)}" if year else ""
        found.append((WHOLE, named) if named else (HALF, "programme"))
    totals = [total for total in known.totals if any(same_sum(total, other) for other in said.sums)]
    if totals:
        exact = any(len(str(total).rstrip("0")) >= SPECIFIC - 1 for total in totals)
        found.append((WHOLE if exact else HALF, "total"))
    found += [(WHOLE, "day")] if known.days & days_of(telling, said) else []
    found += [(WHOLE, "parties")] if said.parties in known.parties else []
    return found


def differs(known: Known, telling: Telling) -> bool:
    """Can a piece not be about the agreement: another programme or year, or out before it was made?"""
    if known.kind != "other" and telling.kind not in {"other", known.kind}:
        return True
    if telling.year is not None and known.years and telling.year not in known.years:
        return True
    return telling.published is not None and telling.published.isoformat() < min(known.days, default="")


def same_sum(total: int, other: int) -> bool:
    return abs(total - other) <= ROUNDED * max(total, other)
