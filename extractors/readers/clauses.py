"""The words round a sum, by which its role is told."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import Span
from extractors.facts import AgreementKind, Amount, AmountRole, DocumentKind
from extractors.layout import Layout
from extractors.rules import Rule, load_rules

CUES = load_rules("amount_roles")
FIGURES = re.compile(r"\d+")  # other numbers before the sum must not look like its place


@dataclass(frozen=True, slots=True)
class Setting:
    """What the roles of a document's sums depend on: its kind, and the agreement it is about."""

    kind: DocumentKind
    agreement: AgreementKind | None
    first_year: int | None = None
    grand_totals: frozenset[int] = frozenset()  # kroner, from the economy tables
    year: int | None = None  # of publication

    @property
    def default(self) -> AmountRole:
        if self.kind in {"pool", "project"} or self.agreement:
            return "part"
        return "other"


@dataclass(frozen=True, slots=True)
class Clause:
    """The words round a sum with 0 in its place, and where they stand."""

    words: str
    span: Span

    def says(self, layout: Layout, rule: Rule) -> bool:
        return bool(layout.search(rule, self.words, self.span))


def clause(layout: Layout, amounts: Sequence[Amount], i: int) -> Clause:
    """The words round a sum in its sentence, up to the sums beside it, with 0 in its place."""
    span = amounts[i].evidence.span
    sentence = layout.sentence_at(span.start).span
    text = layout.document.text
    start = max(sentence.start, amounts[i - 1].evidence.span.end if i else 0)
    end = max(sentence.end, span.end)
    if i + 1 < len(amounts):
        end = min(end, max(amounts[i + 1].evidence.span.start, span.end))
    before = FIGURES.sub("1", text[start : span.start])
    return Clause(f"{before}0{text[span.end : end]}", Span(min(start, span.start), max(end, span.end)))


def is_split(layout: Layout, clause: Clause) -> bool:
    """Is the sum told apart from another one? Then 'heraf' stands before it."""
    words = clause.words[: clause.words.index("0") + 1]
    return bool(layout.search(CUES.rule("split"), words, clause.span))
