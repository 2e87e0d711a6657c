"""Sums of money: '60-70 mio. kr. årligt' is 60_000_000..70_000_000 kroner a year."""

from decimal import ROUND_HALF_UP, Decimal
from typing import cast

from corpus.document import Span
from extractors.facts import Amount, Evidence, Per, Qualifier, changed
from extractors.layout import Layout
from extractors.numbers import read_decimal, read_words
from extractors.reading import find_hits
from extractors.rules import Hit, load_rules

TABLE = load_rules("amounts")
TERMS = load_rules("money_terms")
TEN, HUNDRED, THOUSAND, MILLION = 10, 100, 1_000, 1_000_000
BARE = frozenset(
    {"figures with a dash", "of a list", "share of a list", "kroner of a list", "unit said before"}
)  # no currency
LOW_END = ("low", "lowscale", "lowkr", "lowend")  # from the first word of a range's low end to its last
MOST_KRONER = Decimal(10**15)  # a thousand times the state budget
UNIT_SLIP = Decimal(100_000)  # "4.753.000 mio. kr.": no programme has a hundred thousand millions
LONG_LEFT, LONG_RIGHT = 120, 60  # characters in which a sum's own terms stand


def find_amounts(layout: Layout) -> list[Amount]:
    """Every sum in running text, with number, hedge, and whether it is per year or recipient."""
    found: list[Amount] = []
    said: Hit | None = None  # the last sum that named its unit
    last = 0
    for hit in find_hits(TABLE, layout.reading):
        if layout.zones[layout.block_at(hit.start)] == "contact" and hit.rule.name in BARE:
            continue
        if hit.rule.name == "kroner said before" and not likewise(layout, hit, said):
            continue
        if hit.rule.name == "unit said before":
            amounts = read_unsaid(layout, hit, said)
        else:
            amounts = read_amounts(layout, hit)
            said = hit
        for amount in amounts:
            found.append(with_surroundings(layout, amount, last))
            last = amount.evidence.span.end
        last = hit.end
    return with_price_years(layout, shares_of_yearly(layout, bounds(layout, found)))


def bounds(layout: Layout, amounts: list[Amount]) -> list[Amount]:
    """'mindst 300.000 kr. og højst 1,5 mio. kr.': the second bound is for each one as the first."""
    found = amounts[:1]
    for amount in amounts[1:]:
        gap = layout.document.text[found[-1].evidence.span.end : amount.evidence.span.start]
        bound = amount.qualifier in {"at_most", "at_least"} and amount.per == "total"
        beside = bound and found[-1].per == "recipient" and TERMS.rule("bound beside").pattern.match(gap)
        found.append(changed(amount, per="recipient") if beside else amount)
    return found


def shares_of_yearly(layout: Layout, amounts: list[Amount]) -> list[Amount]:
    """'10 mio. kr. årligt, heraf 2 mio. kr. til rådgivning': the share is so much a year as well."""
    found = amounts[:1]
    text = layout.document.text
    for amount in amounts[1:]:
        before, span = found[-1], amount.evidence.span
        gap = text[before.evidence.span.end : span.start]
        share = (
            (before.per, amount.per) == ("year", "total")
            and amount.max_dkk < before.max_dkk
            and TERMS.rule("share of it").pattern.match(gap)
            and not TERMS.rule("own years").pattern.match(text[span.end : span.end + LONG_RIGHT])
        )
        found.append(changed(amount, per="year") if share else amount)
    return found


def read_amounts(layout: Layout, hit: Hit) -> list[Amount]:
    """The sum of a hit; the two sums of 'steg fra 22 til 17 mio. kr.'; none for a sum of nothing."""
    scale = Decimal(str(TABLE.worth("scale", hit.group("scale")))) if hit.group("scale") else Decimal(1)
    low, high = read_ends(hit)
    unit_slip = scale > THOUSAND and high >= UNIT_SLIP
    more = read_big_part(hit)
    low, high = low * low_scale(hit, low, high, scale) + more, high * scale + more
    if not 1 <= max(low, high).quantize(0, ROUND_HALF_UP) < MOST_KRONER:
        return []  # no sum, or no number a database can hold; the audit keeps its words
    hedge = hedge_of(hit)
    if hit.group("low") and changes(layout, hit, falls=low > high):
        middle = hit.match.start("high")
        end = max(hit.match.end(name) for name in LOW_END if name in hit.match.re.groupindex)
        first = amount_of(layout, hit, Span(hit.start, end), (low, low), hedge)
        return [first, amount_of(layout, hit, Span(middle, hit.end), (high, high), "exact")]
    ends = (min(low, high), max(low, high))
    amount = amount_of(layout, hit, Span(hit.start, hit.end), ends, hedge)
    return [changed(amount, implausible=unit_slip)]


def amount_of(
    layout: Layout, hit: Hit, span: Span, ends: tuple[Decimal, Decimal], hedge: Qualifier
) -> Amount:
    evidence = Evidence(span, layout.document.text[span.start : span.end], f"amounts/{hit.rule.name}")
    low, high = (int(end.quantize(0, ROUND_HALF_UP)) for end in ends)
    return Amount(evidence, low, high, hedge)


def read_big_part(hit: Hit) -> Decimal:
    """The millions of 'en million to hundrede tusind kroner'; nothing for other sums."""
    if not (word := hit.group("bigscale")):
        return Decimal(0)
    return read_number(hit.group("units")) * Decimal(str(TABLE.worth("scale", word)))


def likewise(layout: Layout, hit: Hit, said: Hit | None) -> bool:
    """Is a bare number money, as the sum in kroner that its sentence names before it?"""
    start = layout.sentence_at(hit.start).span.start
    if said is None or said.start < start or said.group("scale") not in {"", "tusind", "tusinde"}:
        return False
    return bool(layout.search(TERMS.rule("likewise before"), layout.document.text[said.end : hit.start]))


def read_unsaid(layout: Layout, hit: Hit, said: Hit | None) -> list[Amount]:
    """'10 mio. kr. i 2020 og 12 i 2021': the sum has the unit of the one before it in its sentence."""
    if said is None or not said.group("scale") or said.start < layout.sentence_at(hit.start).span.start:
        return []
    scale = Decimal(str(TABLE.worth("scale", said.group("scale"))))
    worth = read_decimal(hit.group("high") or hit.group("high2") or hit.group("high3")) * scale
    if scale < MILLION or not 1 <= worth < MOST_KRONER:
        return []
    return [amount_of(layout, hit, Span(hit.start, hit.end), (worth, worth), "exact")]


def read_ends(hit: Hit) -> tuple[Decimal, Decimal]:
    """The numbers of a hit, not yet in kroner; both the same where it is no range."""
    if fraction := hit.group("fraction"):
        whole = read_number(hit.group("whole")) if hit.group("whole") else 0
        high = whole + Decimal(str(TABLE.worth("fraction", fraction)))
        word = hit.group("lowfraction")
        low = Decimal(str(TABLE.values["fraction"].get(word, 1))) if word else high
        return low, high
    if word := hit.group("loose"):
        high = Decimal(TABLE.worth("loose", word))
    elif hit.group("size"):
        high = Decimal(1)
    else:
        high = read_number(hit.group("high") or hit.group("high2"))
    return (read_number(hit.group("low")) if hit.group("low") else high), high


def hedge_of(hit: Hit) -> Qualifier:
    """The hedge before the sum, inside it ('en god milliard') or behind it ('eller derover')."""
    for kind, name in (("qualifier", "qualifier"), ("behind", "behind"), ("size", "size")):
        if word := hit.group(name):
            return cast(Qualifier, TABLE.worth(kind, word))
    return "about" if hit.group("loose") else "exact"


def changes(layout: Layout, hit: Hit, *, falls: bool) -> bool:
    """Is this no range, but what something was or grows by and what it becomes?"""
    start = hit.match.start("low")
    before = layout.document.text[max(layout.sentence_at(start).span.start, start - LONG_LEFT) : start]
    own_unit = hit.group("lowscale") or hit.group("lowkr")
    if own_unit and layout.search(TERMS.rule("changes by"), before):
        return True
    return bool(layout.search(TERMS.rule("falls" if falls else "changes"), before))


def low_scale(hit: Hit, low: Decimal, high: Decimal, scale: Decimal) -> Decimal:
    """What the low end of a range counts: '60-70 mio.', '570.000 til 2,5 mio.', '200-300.000 kr.',
    '5-600 mio.', '2-300.000 kr.'"""
    if word := hit.group("lowscale"):
        return Decimal(str(TABLE.worth("scale", word)))
    if scale > 1 and (low >= THOUSAND > high or hit.group("lowkr")):
        return Decimal(1)
    if hit.group("lowkr"):
        return scale
    lead = high / THOUSAND if scale == 1 and high >= THOUSAND else high
    unit = scale * (high / lead) if lead else scale
    if low < TEN and lead % HUNDRED == 0 and low * HUNDRED < lead and is_dashed(hit):
        return unit * HUNDRED
    return unit if low < THOUSAND and low * unit <= high * scale else scale


def is_dashed(hit: Hit) -> bool:
    """Do the ends of a range stand right beside the dash?"""
    return hit.match.start("high") - hit.match.end("low") == 1


def read_number(words: str) -> Decimal:
    """A numeral in figures or as a word."""
    if words[0].isalpha():
        return read_words(words, TABLE.values["word"])
    return read_decimal(words)


def surroundings(layout: Layout, amount: Amount) -> tuple[str, str]:
    """The words before and after a sum within its sentence."""
    span = amount.evidence.span
    sentence = layout.sentence_at(span.start).span
    start = max(sentence.start, span.start - LONG_LEFT)
    end = min(max(sentence.end, span.end), span.end + LONG_RIGHT)
    text = layout.document.text
    return text[start : span.start], text[span.end : end]


def with_surroundings(layout: Layout, amount: Amount, last: int) -> Amount:
    """The sum with what the words around it say. `last` is where the sum before it ends."""
    before, after = surroundings(layout, amount)
    span = amount.evidence.span
    left = Span(max(0, span.start - 2 * LONG_LEFT), span.end)
    gap = span.start - last
    before = own_words(before[-gap:] if gap else "") if gap < len(before) else before
    if amount.qualifier == "at_most" and is_raised(layout, amount, before, after):
        amount = changed(amount, qualifier="exact")
    elif amount.qualifier == "over":
        amount = changed(amount, qualifier=read_over(layout, amount))
    elif amount.qualifier == "exact":
        for rule in (TERMS.rule("cap before"), TERMS.rule("floor before")):
            if layout.search(rule, before, left):
                amount = changed(amount, qualifier=rule.value)
    return changed(amount, per=read_per(layout, amount, before, after))


def read_over(layout: Layout, amount: Amount) -> Qualifier:
    """'råder over 5 mio. kr.' is exact, 'ikke mere end 5 mio. kr.' a cap."""
    span = amount.evidence.span
    before = layout.document.text[layout.sentence_at(span.start).span.start : span.start]
    verb = TERMS.rule("over").pattern.match(amount.evidence.quote)
    if verb and TERMS.rule("over of a verb").pattern.search(before):
        return "exact"
    more = TERMS.rule("more than").pattern.match(amount.evidence.quote)
    return "at_most" if more and TERMS.rule("denied").pattern.search(before) else "over"


def is_raised(layout: Layout, amount: Amount, before: str, after: str) -> bool:
    """'sættes afgiften op til 750 kr.' is no cap; 'sættes der op til 5 mio. kr. af' is one."""
    return bool(
        TERMS.rule("up to").pattern.match(amount.evidence.quote)
        and layout.search(TERMS.rule("up to it"), before)
        and not TERMS.rule("set aside").pattern.match(after)
    )


def read_per(layout: Layout, amount: Amount, before: str, after: str) -> Per:
    """Is the sum for the whole period, for each year, or for each recipient?"""
    capped = amount.qualifier in {"at_most", "at_least"} or amount.min_dkk < 1_500_000  # noqa: PLR2004 one person's or project's money
    span = amount.evidence.span  # words that the text before is cut within begin farther to the left
    left, right = Span(max(0, span.start - 2 * LONG_LEFT), span.end), Span(span.start, span.end + LONG_RIGHT)
    if layout.search(TERMS.rule("recipient after"), after, right):
        return "recipient"
    if layout.search(TERMS.rule("each before"), before, left):
        return "recipient"
    if capped and layout.search(TERMS.rule("recipient before"), before, left):
        return "recipient"
    yearly = layout.search(TERMS.rule("yearly after"), after, right)
    return "year" if yearly or layout.search(TERMS.rule("yearly before"), before, left) else "total"


def own_words(between: str) -> str:
    """The words between the sum before this one and this one, without what belongs to that one."""
    for name in ("recipient after", "yearly after"):
        if theirs := TERMS.rule(name).pattern.match(between):
            between = between[theirs.end() :]
    return between


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
