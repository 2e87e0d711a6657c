"""Measured effects: 'halvdelen af de unge stoffri 9 måneder efter indsatsen' is 0.5 after 9 months."""

from corpus.document import Span
from extractors.facts import Effect, Evidence
from extractors.layout import Layout
from extractors.numbers import read_decimal
from extractors.reading import find_hits
from extractors.rules import Hit, load_rules

TABLE = load_rules("effects")
MONTHS = {"måneder": 1.0, "år": 12.0, "uger": 12 / 52}
SHARES = ("share after months", "share of people")


def find_effects(layout: Layout) -> list[Effect]:
    """Every share of people for whom an aim was reached; a comparison group's share is no effect."""
    text = layout.document.text
    found = []
    for hit in find_hits(TABLE, layout.reading):
        if hit.rule.name not in SHARES:
            continue
        before = text[max(0, hit.start - 40) : hit.start]
        value = read_share(hit)
        if value is None or value > 1 or layout.search(TABLE.rule("comparison before"), before):
            continue
        span = Span(hit.start, hit.end)
        evidence = Evidence(span, text[hit.start : hit.end], f"effects/{hit.rule.name}")
        after = text[hit.end : layout.sentence_at(hit.start).span.end]
        compared = layout.search(TABLE.rule("comparison after"), after)
        against = round(float(read_decimal(compared["against"])) / 100, 4) if compared else None
        found.append(Effect(evidence, value, against, read_months(hit)))
    return found


def read_share(hit: Hit) -> float | None:
    """The share as a number from 0 to 1."""
    if percent := hit.group("percent"):
        return round(float(read_decimal(percent)) / 100, 4)
    if share := hit.group("share"):
        return float(TABLE.worth("share", share))
    top, bottom = int(hit.group("top")), int(hit.group("bottom"))
    return round(top / bottom, 4) if bottom else None


def read_months(hit: Hit) -> int | None:
    count = hit.group("count") or hit.group("count2")
    if not count:
        return None
    number = int(count) if count.isdigit() else int(TABLE.worth("word", count))
    return round(number * MONTHS[hit.group("unit") or hit.group("unit2")])
