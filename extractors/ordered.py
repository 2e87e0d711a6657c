"""Facts by their place: those inside a stretch of text, found without looking at all of them."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from corpus.document import Span
from extractors.facts import Evidence


class Placed(Protocol):
    """Anything read from a place in the text."""

    @property
    def evidence(self) -> Evidence: ...


F = TypeVar("F", bound=Placed)


@dataclass(frozen=True, slots=True)
class Ordered(Generic[F]):
    """Facts in text order with the places where they start."""

    facts: tuple[F, ...]
    starts: tuple[int, ...]

    def inside(self, span: Span) -> tuple[F, ...]:
        """The facts whose words lie in a span."""
        first, last = bisect_left(self.starts, span.start), bisect_left(self.starts, span.end)
        return tuple(f for f in self.facts[first:last] if f.evidence.span.end <= span.end)

    def begun(self, start: int, end: int) -> tuple[F, ...]:
        """The facts whose words begin between two places."""
        return self.facts[bisect_left(self.starts, start) : bisect_left(self.starts, end)]


def place(fact: Placed) -> tuple[int, int]:
    """Where a fact starts and ends; sorts as its span does."""
    span = fact.evidence.span
    return span.start, span.end


def in_order(facts: Iterable[F]) -> Ordered[F]:
    """The facts, sorted by where they start."""
    found = tuple(sorted(facts, key=place))
    return Ordered(found, tuple(fact.evidence.span.start for fact in found))
