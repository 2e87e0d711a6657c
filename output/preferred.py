"""Which of several sources' figures stands for an agreement, and why. Pure."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from output.join import preference, seniority
from output.table import Row, Value
from output.telling import OWN, is_guessed

FIELDS = (
    "programme_year", "agreed_on", "total_min_dkk", "total_max_dkk", "start_year", "end_year",
    "initiative_count",
)  # fmt: skip
TOTAL, YEAR = "total_min_dkk", "programme_year"
SOURCES = {"full_text": "the agreement's text", "announces": "the ministry", "reports": "the agency"}


class Best(NamedTuple):
    """The value of a field, the mention it comes from, and why it was chosen."""

    value: Value
    mention_id: Value
    reason: str


Preferred = Mapping[str, Best]


def preferred_values(claims: Sequence[Row]) -> Preferred:
    """The best supported value of each field: the agreement's text before the ministry before the
    agency, an exact figure before a rounded one, then the earliest.

    Both ends of a total come from one source.
    """
    own = [claim for claim in claims if claim["relation"] in OWN]
    found: dict[str, Best] = {}
    for name in FIELDS:
        telling = [c for c in own if c[name] is not None]
        if telling:
            best = min(telling, key=lambda claim: standing(claim, name))
            found[name] = Best(best[name], best["mention_id"], reason(best, telling, name))
    return found


def is_total(name: str) -> bool:
    return name.startswith("total")


def standing(claim: Row, name: str) -> tuple[object, ...]:
    """Sorts sources, the best first; a year that only the day of a document tells comes last."""
    roughness = (not claim.get("exact", 1), -digits(claim[TOTAL])) if is_total(name) else ()
    guessed = name == YEAR and is_guessed(claim)
    return guessed, preference(claim)[0], *roughness, seniority(claim)


def digits(value: Value) -> int:
    """How many digits of a sum matter: 885,5 mio. kr. is said more exactly than 885.

    >>> digits(885_500_000), digits(885_000_000)
    (4, 3)
    """
    return len(str(value).rstrip("0"))


def reason(best: Row, telling: Sequence[Row], name: str) -> str:
    """Why this source's value, in words."""
    others = [claim for claim in telling if claim[name] != best[name]]
    if len(telling) == 1:
        return "the only source"
    if not others:
        return f"all {len(telling)} sources agree"
    source = SOURCES[str(best["relation"])]
    if name == YEAR and all(is_guessed(claim) for claim in others):
        return f"{source}, which names the year"
    if all(preference(claim)[0] > preference(best)[0] for claim in others):
        return f"{source} before others"
    same = [claim for claim in others if claim["relation"] == best["relation"]]
    if is_total(name) and all(standing(c, name)[2:-1] > standing(best, name)[2:-1] for c in same):
        return f"{source}, exact before rounded"
    return f"{source}, the earliest"
