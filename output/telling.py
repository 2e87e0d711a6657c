"""What a document tells of an agreement, and where others that tell of the same one may be. Pure."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from output.slug import fold
from output.table import Row, Value

OWN = ("full_text", "announces", "reports")  # the agreement's text before ministry before agency
GENERIC = frozenset(
    tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))["titles"]["generic"]
)
FOUR_YEAR = frozenset({"uip", "satspulje", "reserve"})  # their first year of money is their programme year
SPECIFIC = 3  # digits that matter: 66,9 mio. kr. tells more than 100 mio. kr.
TWO_DIGITS = 2
NEXT = 1  # years by which a guessed programme year may be wrong


@dataclass(frozen=True)
class Telling:
    """A claim of a document with what else tells its agreement from others.

    `sums` are whole kroner, `titles` folded core titles of initiatives, `parties` those who agree.
    """

    claim: Row
    sums: frozenset[int] = frozenset()
    titles: frozenset[str] = frozenset()
    parties: frozenset[str] = frozenset()

    @cached_property
    def kind(self) -> str:
        return str(self.claim["kind"])

    @cached_property
    def total(self) -> int | None:
        return number(self.claim["total_min_dkk"]) or None

    @cached_property
    def year(self) -> int | None:
        """The programme year; of a programme over four years also their first."""
        found = number(self.claim["programme_year"])
        if found is None and self.kind in FOUR_YEAR:
            return number(self.claim["start_year"])
        return found

    @property
    def guessed(self) -> bool:
        """Is the programme year only what the day of the document tells? A human's word is no guess."""
        return is_guessed(self.claim)

    @cached_property
    def sector(self) -> str | None:
        return str(self.claim["sector"]) if self.claim.get("sector") else None

    @cached_property
    def published(self) -> date | None:
        found = self.claim["published_on"] or self.claim["agreed_on"]
        return date.fromisoformat(str(found)) if found else None

    @cached_property
    def days(self) -> frozenset[date]:
        """When it was made, and when the document came out."""
        found = (self.claim["agreed_on"], self.claim["published_on"])
        return frozenset(date.fromisoformat(str(day)) for day in found if day)

    @cached_property
    def words(self) -> str:
        """The title without the words that most titles have."""
        return " ".join(word for word in fold(str(self.claim["title"])).split() if word not in GENERIC)

    @cached_property
    def subject(self) -> frozenset[str]:
        """What an agreement of no programme is said to be about: 'aftale om stalking og digital vold'."""
        said = fold(str(self.claim.get("quote") or "")) if self.kind == "other" else ""
        return frozenset(said.split()) - GENERIC

    @cached_property
    def specific(self) -> frozenset[int]:
        return frozenset(n for n in self.sums if len(str(n).rstrip("0")) >= SPECIFIC)

    @property
    def is_keyed(self) -> bool:
        return self.kind != "other" and self.year is not None

    @property
    def own(self) -> bool:
        """Is the document about the agreement itself?"""
        return self.claim["relation"] in OWN

    def looked_at(self) -> Iterator[tuple[Value, ...]]:
        """Where others may be that tell of the same agreement: also beside a guessed year."""
        yield from self.places()
        if self.guessed and self.year:
            yield from (("year", self.kind, self.year + n) for n in (-NEXT, NEXT))

    def places(self) -> Iterator[tuple[Value, ...]]:
        """Where others find it."""
        if self.kind != "other":
            yield "year", self.kind, self.year
        if self.kind != "other" and self.published:
            yield "kind", self.kind, self.published.year
        if self.total:
            yield "total", self.total
            yield from (("rough", rough) for rough in roughly(self.total))
        if self.claim["agreed_on"]:
            yield "agreed", self.claim["agreed_on"]
        yield from (("day", n) for n in {day.toordinal() + n for day in self.days for n in (-1, 0, 1)})
        yield from (("sum", n) for n in self.specific)
        yield from (("subject", word) for word in self.subject)
        yield from (("title", title) for title in self.titles)


def is_guessed(claim: Row) -> bool:
    """Is the programme year of a claim inferred, and nobody corrected it?"""
    corrected = str(claim.get("corrected") or "").split(",")
    return claim.get("year_basis") == "inferred" and "programme_year" not in corrected


def number(value: Value) -> int | None:
    return value if isinstance(value, int) else None


def roughly(total: int) -> set[int]:
    """The two figures of two digits that a total lies between.

    >>> sorted(roughly(95_500_000)), sorted(roughly(95_000_000))
    ([95000000, 96000000], [95000000])
    """
    step = 10 ** max(0, len(str(total)) - TWO_DIGITS)
    return {total // step * step, -(-total // step) * step}
