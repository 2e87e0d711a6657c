"""Claims about how many initiatives there are: 'fem nye initiativer' is 5, of this agreement."""

from typing import cast

from corpus.document import Span
from extractors.facts import CountClaim, Evidence, Scope, changed
from extractors.layout import Layout
from extractors.reading import find_hits
from extractors.rules import Hit, load_rules

TABLE = load_rules("counts")
SCOPES = load_rules("count_scopes")
PARTS = ("some of them", "so many of")
NEAR = 300  # characters around a count that tell its scope


def find_counts(layout: Layout, has_agreement: bool) -> list[CountClaim]:
    """Every count of initiatives with its scope; total only in a document about an agreement."""
    text = layout.document.text
    found = []
    for hit in find_hits(TABLE, layout.reading):
        if layout.blocks[layout.block_at(hit.start)].kind == "cell":
            continue
        span = Span(hit.start, hit.end)
        evidence = Evidence(span, text[hit.start : hit.end], f"counts/{hit.rule.name}")
        found.append(CountClaim(evidence, read_number(hit), read_scope(layout, hit), hit.group("noun")))
    return settle_totals(found) if has_agreement else without_total(found)


def without_total(found: list[CountClaim]) -> list[CountClaim]:
    """Without an agreement of the document's own there is no total, and parts only of what was begun
    over the years."""
    kept = {"cumulative", "part"} if any(claim.scope == "cumulative" for claim in found) else set()
    return [claim if claim.scope in kept else changed(claim, scope="other") for claim in found]


def read_number(hit: Hit) -> int:
    """'25' and 'femogtyve' are 25: a unit before the ten."""
    word = hit.group("number")
    if word.isdigit():
        return int(word)
    if word in TABLE.values["word"]:
        return int(TABLE.worth("word", word))
    ten = max((ten for ten in TABLE.values["word"] if word.endswith(ten)), key=len)
    units = [unit for unit in TABLE.values["word"] if word.startswith(unit)]
    return int(TABLE.worth("word", ten)) + (int(TABLE.worth("word", max(units, key=len))) if units else 1)


def read_scope(layout: Layout, hit: Hit) -> Scope:
    if hit.rule.name in PARTS:
        return "part"
    sentence = layout.sentence_at(hit.start)
    start, end = hit.start - sentence.span.start, hit.end - sentence.span.start
    marked = f"{sentence.text[max(0, start - NEAR) : start]}0{sentence.text[end : end + NEAR]}"
    for rule in SCOPES.rules:
        in_title = rule.value == "part" and sentence.block_index == 0  # a title tells the whole
        words = marked if rule.value != "part" else f"{marked} {hit.match[0]}"
        if not in_title and rule.pattern.search(words):
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
