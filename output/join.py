"""Which documents tell of the same agreement, and what it is called. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from heapq import nlargest
from itertools import chain, count

from output.slug import slug
from output.table import Row, Value
from output.telling import OWN, Telling
from output.verdict import ENOUGH, compare

PREFIXES = {"finance_act": "finanslov", "other": "aftale"}  # of ids, where the kind is no word
RESERVE_YEARS = 4  # every reserve agreement runs over four years
LOOKED_AT = 8  # documents of an agreement, the best first, that a further one is compared with
CROWD = 40  # agreements at one place: it tells nothing
LIKELIEST = 10  # agreements at most of its places that a document is compared with
# places that are enough to look; of others two
WEIGHTS = {"year": 2, "total": 2, "agreed": 2, "title": 2, "day": 2}


@dataclass(slots=True)
class Agreement:
    """An agreement while its documents are found: what they tell, the best first, and why they are here."""

    tellings: list[Telling] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    id: str = ""

    @property
    def claims(self) -> list[Row]:
        return [telling.claim for telling in self.tellings]

    @property
    def own(self) -> list[Telling]:
        return [telling for telling in self.tellings if telling.own]


def preference(claim: Row) -> tuple[int, str, str, str]:
    """Sorts documents by how well they speak for their agreement."""
    relation = str(claim["relation"])
    place = OWN.index(relation) if relation in OWN else len(OWN)
    day = str(claim["published_on"] or "9999")
    return place, day, str(claim["document_id"]), str(claim["mention_id"])


def seniority(claim: Row) -> tuple[str, int, str, str]:
    """Sorts documents by when they could be cited: the first one gives the names, and keeps them."""
    place, day, document, mention = preference(claim)
    return day, place, document, mention


def join(tellings: Iterable[Telling]) -> list[Agreement]:
    """The agreements, each with its documents. The order of the tellings does not matter.

    Documents with a programme and a year come first, for they are surest; a document that is not
    about the agreement itself joins one that others made known, and makes none.
    """
    ordered = sorted(tellings, key=lambda t: (not t.own, not t.is_keyed, t.guessed, preference(t.claim)))
    found = Found()
    for telling in ordered:
        home, reason = found.best(telling)
        if home is None and telling.own:
            home, reason = found.new(), "the agreement's first source"
        if home is not None:
            found.add(home, telling, reason)
    name(found.agreements)
    for agreement in found.agreements:
        pairs = sorted(
            zip(agreement.tellings, agreement.reasons, strict=True), key=lambda p: preference(p[0].claim)
        )
        agreement.tellings, agreement.reasons = [t for t, _ in pairs], [r for _, r in pairs]
    return sorted(found.agreements, key=lambda agreement: agreement.id)


class Found:
    """The agreements that are known so far, by the places where their documents would be looked for."""

    def __init__(self) -> None:
        self.agreements: list[Agreement] = []
        self.at: dict[tuple[Value, ...], dict[int, None]] = defaultdict(dict)

    def new(self) -> int:
        self.agreements.append(Agreement())
        return len(self.agreements) - 1

    def add(self, home: int, telling: Telling, reason: str) -> None:
        self.agreements[home].tellings.append(telling)
        self.agreements[home].reasons.append(reason)
        for place in telling.places():
            self.at[place][home] = None

    def best(self, telling: Telling) -> tuple[int | None, str]:
        """The agreement a document tells of, and why; None where none is sure enough."""
        near: Counter[int] = Counter()
        for place in telling.looked_at():
            homes = self.at.get(place, {})
            if len(homes) <= CROWD:
                near.update(dict.fromkeys(homes, WEIGHTS.get(str(place[0]), 1)))
        best: tuple[float, int | None, str] = (ENOUGH, None, "")
        likely = nlargest(LIKELIEST, ((weight, -home) for home, weight in near.items() if weight > 1))
        for home in sorted(-home for _, home in likely):
            points, reason = self.points(home, telling)
            if points > best[0] or (points == best[0] and best[1] is None):
                best = points, home, reason
        return best[1], best[2]

    def points(self, home: int, telling: Telling) -> tuple[float, str]:
        """Points for the likest document of an agreement; 0 if one of them cannot tell of the same."""
        verdicts = [compare(telling, other) for other in self.agreements[home].tellings[:LOOKED_AT]]
        if any(verdict.never for verdict in verdicts):
            return 0.0, ""
        best = max(verdicts, key=lambda verdict: verdict.points)
        alone = not telling.own and self.is_only_one(home, telling)
        return (max(best.points, ENOUGH) if alone else best.points), "same " + ", ".join(best.reasons)

    def is_only_one(self, home: int, telling: Telling) -> bool:
        """Is this the only agreement of the programme and year that a document mentions?"""
        place = ("year", telling.kind, telling.year)
        return telling.is_keyed and list(self.at.get(place, ())) == [home]


def name(agreements: Sequence[Agreement]) -> None:
    """Readable, stable ids. Of several that would have the same, all but the first tell their month."""
    taken: set[str] = set()
    for agreement in sorted(agreements, key=first_cited):
        stem = stem_of(agreement)
        later = f"{stem}-{first_cited(agreement)[0][:7]}"
        names = chain([stem, later], (f"{later}-{n}" for n in count(2)))
        agreement.id = next(name for name in names if name not in taken)
        taken.add(agreement.id)


def first_cited(agreement: Agreement) -> tuple[str, int, str, str]:
    """When an agreement could first be cited."""
    return min(seniority(telling.claim) for telling in agreement.own)


def stem_of(agreement: Agreement) -> str:
    """Programme and years, as the document that names both says; else the first document's id."""
    first = min(
        agreement.own, key=lambda t: (not t.is_keyed, t.guessed, t.sector is None, seniority(t.claim))
    )
    return own_id(first)


def own_id(telling: Telling) -> str:
    """The id of an agreement that only this document tells of.

    >>> own_id(Telling({"kind": "reserve", "programme_year": 2021}))
    'reserve-2021-2024'
    """
    kind, year = telling.kind, telling.year
    if not telling.is_keyed or year is None:
        return f"{PREFIXES.get(kind, kind)}-{telling.claim['document_id']}"
    if kind == "reserve":
        return f"reserve-{year}-{year + RESERVE_YEARS - 1}"
    sector = slug(telling.sector) if telling.sector and kind == "satspulje" else None
    return "-".join(filter(None, [PREFIXES.get(kind, kind), str(year), sector]))
