"""Measured effects: 'halvdelen af de unge stoffri 9 måneder efter indsatsen' is 0.5 after 9 months."""

from corpus.document import Span
from extractors.facts import Effect, Evidence
from extractors.layout import Layout
from extractors.numbers import read_decimal
from extractors.reading import find_hits
from extractors.rules import Hit, load_rules

TABLE, CUES = load_rules("effects"), load_rules("effect_cues")
MONTHS = {"måneder": 1.0, "måned": 1.0, "år": 12.0, "uger": 12 / 52}
TIMED = frozenset({"share after months", "share within months", "months before share"})
MEASURED = frozenset(
    {
        "share of people",
        "from share to share",
        "reduced by",
        "fewer",
        "halved",
        "share beside months",
        "months before the share",
        "the same later",
    }
)
PERCENTS = ("percent", "percent3")
BEFORE = 60  # characters before a share in which it is said to be a need or another group's


def find_effects(layout: Layout) -> list[Effect]:
    """Every share of people for whom an aim was reached; a comparison group's share is no effect."""
    found = []
    for hit in find_hits(TABLE, layout.reading):
        value = read_share(hit) if is_effect(layout, hit) else None
        if value is None or value > 1:
            continue
        quote = layout.document.text[hit.start : hit.end]
        evidence = Evidence(Span(hit.start, hit.end), quote, f"effects/{hit.rule.name}")
        found.append(Effect(evidence, value, read_comparison(layout, hit), read_months(hit)))
    return found


def is_effect(layout: Layout, hit: Hit) -> bool:
    """A share with its time or of a measured effort; neither a need nor another group's share."""
    if hit.rule.name not in TIMED | MEASURED:
        return False
    sentence = layout.sentence_at(hit.start)
    before = layout.document.text[max(sentence.span.start, hit.start - BEFORE) : hit.start]
    if layout.search(TABLE.rule("comparison before"), before) or layout.search(CUES.rule("a need"), before):
        return False
    if layout.search(CUES.rule("a small share"), before):
        return hit.rule.name in TIMED and is_measured(layout, hit)
    return hit.rule.name in TIMED or is_measured(layout, hit)


def is_measured(layout: Layout, hit: Hit) -> bool:
    """Do the sentence, the one before, the heading above or the list's introduction speak of an effort?"""
    index = layout.block_at(hit.start)
    own = layout.sentence_at(hit.start)
    before = [s.text for s in layout.sentences_of(index) if s.span.start < own.span.start][-1:]
    intro = layout.intros[index]
    above = [layout.heading(index), layout.words(intro) if intro is not None else ""]
    rule = CUES.rule("measured")
    return any(layout.search(rule, words) for words in (own.text, *before, *above))


def read_comparison(layout: Layout, hit: Hit) -> float | None:
    """The share of those who had no part, in the rest of the sentence or in the next one."""
    own = layout.sentence_at(hit.start)
    sentences = layout.sentences_of(own.block_index)
    following = [s.text for s in sentences if s.span.start >= own.span.end][:1]
    rest = layout.document.text[hit.end : max(own.span.end, hit.end)]
    for rule, words in (
        ("comparison after", rest),
        ("comparison group", rest),
        *(("comparison group", words) for words in following),
    ):
        if match := layout.search(TABLE.rule(rule), words):
            return read_share(Hit(TABLE.rule(rule), match))
    return None


def read_share(hit: Hit) -> float | None:
    """The share as a number from 0 to 1."""
    if hit.rule.name == "halved":
        return 0.5
    if percent := next(filter(None, map(hit.group, PERCENTS)), ""):
        return round(float(read_decimal(percent)) / 100, 4)
    if share := hit.group("share"):
        return float(TABLE.worth("share", share))
    top, bottom = read_number(hit.group("top")), read_number(hit.group("bottom"))
    return round(top / bottom, 4) if bottom else None


def read_number(word: str) -> float:
    """A number in figures or words, with a half: '18', '1½', 'halvandet'."""
    if word.rstrip("½").isdigit():
        return int(word.rstrip("½")) + 0.5 * word.endswith("½")
    return float(TABLE.worth("word", word))


def read_months(hit: Hit) -> int | None:
    count = hit.group("count") or hit.group("count2")
    if not count:
        return None
    return round(read_number(count) * MONTHS[hit.group("unit") or hit.group("unit2")])
