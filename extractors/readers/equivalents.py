"""What a sum comes to each year: '84 mio. kr., eller 21 mio. kr. årligt' is one and the same money."""

from collections.abc import Sequence

from extractors.facts import Amount, changed
from extractors.layout import Layout
from extractors.rules import load_rules

TOTALS = load_rules("totals")
RULE = TOTALS.rule("the same each year")
AFTER = load_rules("year_links").rule("after a year").pattern
HEREOF = TOTALS.rule("of another sum").pattern
EARLY = 2  # blocks after the lead
NEAR = 60  # characters before a sum in which 'svarende til' stands
MOST_BETWEEN = 3  # sums between one and what it comes to each year
ROUNDING = 50_000  # kroner of a year
HEDGED = 0.03  # share by which 'ca. 31 mio. kr.' may be off
KEPT = frozenset({"total", "part", "other"})  # roles that what a sum comes to each year has as well


def each_year(layout: Layout, amounts: Sequence[Amount]) -> list[Amount]:
    """The yearly sums that only divide another one by its years, with its role and years."""
    found = list(amounts)
    wholes: dict[tuple[object, ...], Amount] = {}  # each total once, however often it is told
    for a in amounts:
        if a.role == "total" and a.per == "total":
            wholes.setdefault((a.max_dkk, a.qualifier, a.start_year, a.end_year), a)
    for i, amount in enumerate(found):
        if amount.per != "year" or not is_told_as_same(layout, amount):
            continue
        near = [a for a in reversed(found[max(0, i - MOST_BETWEEN) : i]) if a.per == "total"]
        whole = next((a for a in [*near, *wholes.values()] if comes_to(a, amount)), None)
        if whole is not None:
            years = {"start_year": whole.start_year, "end_year": whole.end_year}
            role = whole.role if whole.role in KEPT else amount.role
            found[i] = changed(amount, role=role, years_basis="inferred", **years)
    return found


def after_period(
    layout: Layout, amounts: Sequence[Amount], period: tuple[int | None, int | None]
) -> list[Amount]:
    """The sums with what is given each year for good from the year after the agreement's last as a
    total, where the first paragraphs tell it: 'Dertil kommer 10,2 mio. kr. årligt fra 2030.'"""
    last = period[1]
    if last is None or not any(a.role == "total" and a.per == "total" for a in amounts):
        return list(amounts)
    return [
        changed(a, role="total")
        if a.role == "part"
        and (a.per, a.start_year, a.end_year) == ("year", last + 1, None)
        and is_of_whole(layout, a)
        else a
        for a in amounts
    ]


def from_the_next(layout: Layout, amounts: Sequence[Amount]) -> list[Amount]:
    """'Efter 2017 er der afsat 45 mio. kr. årligt': so much a year without years, from 2018 on."""
    found = list(amounts)
    for i, amount in enumerate(amounts):
        if amount.per != "year" or amount.start_year:
            continue
        start = amount.evidence.span.start
        before = layout.document.text[layout.sentence_at(start).span.start : start]
        if after := AFTER.search(before):
            found[i] = changed(amount, start_year=int(after["year"]) + 1, years_basis="inferred")
    return found


def is_of_whole(layout: Layout, amount: Amount) -> bool:
    """Does a sum stand in one of the first paragraphs, and not told apart from another?"""
    index = layout.block_at(amount.evidence.span.start)
    early = index <= layout.lead + EARLY and layout.zones[index] in {"lead", "body"}
    sentence, span = layout.sentence_at(amount.evidence.span.start), amount.evidence.span
    words = layout.document.text[sentence.span.start : span.start]
    one = TOTALS.rule("goes to").pattern.search(layout.document.text[span.end : sentence.span.end])
    early = early and (not one or bool(TOTALS.rule("of the whole").pattern.search(sentence.text)))
    return early and layout.blocks[index].kind == "paragraph" and not HEREOF.search(words)


def is_told_as_same(layout: Layout, amount: Amount) -> bool:
    """Do the words before a yearly sum say that it is another one in other words?"""
    start = amount.evidence.span.start
    first = max(layout.sentence_at(start).span.start, start - NEAR)
    return bool(RULE.pattern.search(f"{layout.document.text[first:start]}0"))


def comes_to(whole: Amount, yearly: Amount) -> bool:
    """Does so much each year come to the whole over its years?"""
    if not (whole.start_year and whole.end_year and whole.start_year < whole.end_year):
        return False
    years = whole.end_year - whole.start_year + 1
    exact = whole.qualifier == yearly.qualifier == "exact"
    most = ROUNDING * years if exact else max(ROUNDING * years, whole.max_dkk * HEDGED)
    return abs(yearly.max_dkk * years - whole.max_dkk) <= most
