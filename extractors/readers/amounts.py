"""Sums of money: '60-70 mio. kr. årligt' is 60_000_000..70_000_000 kroner a year."""

from decimal import Decimal
from typing import cast

from corpus.document import Span
from extractors.facts import Amount, Evidence, Per, Qualifier, changed
from extractors.layout import Layout
from extractors.numbers import read_decimal, read_words
from extractors.reading import find_hits
from extractors.rules import Hit, load_rules

TABLE = load_rules("amounts")
TERMS = load_rules("money_terms")
THOUSAND = 1_000
MOST_KRONER = Decimal(10**15)  # a thousand times the state budget
UNIT_SLIP = Decimal(100_000)  # "4.753.000 mio. kr.": no programme has a hundred thousand millions
LONG_LEFT, LONG_RIGHT = 120, 60  # characters in which a sum's own terms stand


def find_amounts(layout: Layout) -> list[Amount]:
    """Every sum in running text, with number, hedge, and whether it is per year or recipient."""
    text = layout.document.text
    found = []
    last = 0
    for hit in find_hits(TABLE, layout.reading):
        span = Span(hit.start, hit.end)
        if layout.zones[layout.block_at(span.start)] == "contact" and hit.rule.name != "scaled":
            continue
        evidence = Evidence(span, text[span.start : span.end], f"amounts/{hit.rule.name}")
        if amount := read_amount(hit, evidence):
            found.append(changed(amount, per=read_per(layout, amount, last)))
        last = hit.end
    return with_price_years(layout, found)


def read_amount(hit: Hit, evidence: Evidence) -> Amount | None:
    """The kroner of one hit; None for a sum of nothing."""
    scale = int(TABLE.worth("scale", hit.group("scale"))) if hit.group("scale") else 1
    if fraction := hit.group("fraction"):
        whole = read_number(hit.group("whole")) if hit.group("whole") else 0
        low = high = whole + Decimal(str(TABLE.worth("fraction", fraction)))
    else:
        high = read_number(hit.group("high"))
        low = read_number(hit.group("low")) if hit.group("low") else high
    unit_slip = scale > THOUSAND and high >= UNIT_SLIP
    low, high = low * low_scale(hit, low, high, scale), high * scale
    low, high = sorted((low, high))
    if not 1 <= high < MOST_KRONER:
        return None  # no sum, or no number a database can hold; the audit keeps its words
    word = hit.group("qualifier")
    qualifier = cast(Qualifier, TABLE.worth("qualifier", word)) if word else "exact"
    return Amount(evidence, int(low), int(high), qualifier, implausible=unit_slip)


def low_scale(hit: Hit, low: Decimal, high: Decimal, scale: int) -> int:
    """What the low end of a range counts: '60-70 mio.', '570.000 til 2,5 mio.', '200-300.000 kr.'"""
    if word := hit.group("lowscale"):
        return int(TABLE.worth("scale", word))
    if scale > 1 and low >= THOUSAND > high:
        return 1
    if scale == 1 and not hit.group("lowkr") and low < THOUSAND <= high and low * THOUSAND <= high:
        return THOUSAND
    return scale


def read_number(words: str) -> Decimal:
    """A numeral in figures or as a word."""
    if words[0].isalpha():
        return Decimal(read_words(words, TABLE.values["word"]))
    return read_decimal(words)


def surroundings(layout: Layout, amount: Amount) -> tuple[str, str]:
    """The words before and after a sum within its sentence."""
    span = amount.evidence.span
    sentence = layout.sentence_at(span.start).span
    start = max(sentence.start, span.start - LONG_LEFT)
    end = min(max(sentence.end, span.end), span.end + LONG_RIGHT)
    text = layout.document.text
    return text[start : span.start], text[span.end : end]


def read_per(layout: Layout, amount: Amount, last: int) -> Per:
    """Is the sum for the whole period, for each year, or for each recipient? `last` is where the sum
    before it ends."""
    before, after = surroundings(layout, amount)
    gap = amount.evidence.span.start - last
    before = own_words(before[-gap:] if gap else "") if gap < len(before) else before
    capped = amount.qualifier in {"at_most", "at_least"} or amount.min_dkk < 1_500_000  # noqa: PLR2004 one person's or project's money
    if layout.search(TERMS.rule("recipient after"), after):
        return "recipient"
    if capped and layout.search(TERMS.rule("recipient before"), before):
        return "recipient"
    if layout.search(TERMS.rule("yearly after"), after) or layout.search(TERMS.rule("yearly before"), before):
        return "year"
    return "total"


def own_words(between: str) -> str:
    """The words between the sum before this one and this one, without what belongs to that one."""
    theirs = TERMS.rule("yearly after").pattern.match(between)
    return between[theirs.end() :] if theirs else between


def with_price_years(layout: Layout, amounts: list[Amount]) -> list[Amount]:
    """The price level that a sum's sentence names, or the one level that the document names."""
    levels = [*layout.reading.matches(TERMS.rule("price level"))]
    only = {int(level["year"]) for level in levels}
    if not only:
        return amounts
    by_sentence = {layout.sentence_at(level.start()).span: int(level["year"]) for level in levels}
    fallback = next(iter(only)) if len(only) == 1 else None
    return [
        changed(a, price_year=by_sentence.get(layout.sentence_at(a.evidence.span.start).span, fallback))
        for a in amounts
    ]
