"""Claims about how many initiatives there are: 'fem nye initiativer' is 5, of this agreement."""

from typing import cast

from corpus.document import Span
from extractors.facts import CountClaim, Evidence, Scope
from extractors.layout import Layout
from extractors.reading import find_hits
from extractors.rules import Hit, load_rules

TABLE = load_rules("counts")
SCOPES = load_rules("count_scopes")


def find_counts(layout: Layout, has_agreement: bool) -> list[CountClaim]:
    """Every count of initiatives with its scope; total only in a document about an agreement."""
    text = layout.document.text
    found = []
    for hit in find_hits(TABLE, layout.reading):
        if layout.blocks[layout.block_at(hit.start)].kind == "cell":
            continue
        span = Span(hit.start, hit.end)
        evidence = Evidence(span, text[hit.start : hit.end], f"counts/{hit.rule.name}")
        scope = read_scope(layout, hit) if has_agreement else "other"
        found.append(CountClaim(evidence, read_number(hit), scope, hit.group("noun")))
    return settle_totals(found)


def read_number(hit: Hit) -> int:
    word = hit.group("number")
    return int(word) if word.isdigit() else int(TABLE.worth("word", word))


def read_scope(layout: Layout, hit: Hit) -> Scope:
    if hit.rule.name == "some of them":
        return "part"
    sentence = layout.sentence_at(hit.start)
    start, end = hit.start - sentence.span.start, hit.end - sentence.span.start
    marked = f"{sentence.text[:start]}0{sentence.text[end:]}"
    for name in ("cumulative", "other", "part"):
        rule = SCOPES.rule(name)
        words = marked if name != "part" else f"{marked} {hit.match[0]}"
        if rule.pattern.search(words):
            return cast(Scope, rule.value)
    return "total"


def settle_totals(found: list[CountClaim]) -> list[CountClaim]:
    """An agreement has one number of initiatives: the one said most, the largest on a tie."""
    totals = [claim.number for claim in found if claim.scope == "total"]
    if not totals:
        return found
    best = max(totals, key=lambda number: (totals.count(number), number))
    return [
        claim
        if claim.scope != "total" or claim.number == best
        else CountClaim(
            claim.evidence, claim.number, "part" if claim.number < best else "other", claim.of_what
        )
        for claim in found
    ]
