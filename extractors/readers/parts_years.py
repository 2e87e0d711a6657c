"""The years of a sum and of the parts it is told apart into."""

from collections.abc import Sequence

from corpus.document import Span
from extractors.facts import (
    Amount,
    changed,
)
from extractors.layout import Layout
from extractors.ordered import in_order
from extractors.rules import load_rules

MOST_PARTS = 8  # sums of a sentence that another one adds up
NEAR = 40  # characters after a sum in which its own year stands
LINKS = load_rules("year_links")
OWN_YEARS = load_rules("money_terms").rule("own years").pattern


def told_apart(layout: Layout, amounts: list[Amount]) -> list[Amount]:
    """A sum without years whose parts follow with years covers the years of its parts."""
    found = list(amounts)
    ordered = in_order(amounts)
    for i, amount in enumerate(amounts[:-1]):
        following = amounts[i + 1]
        start, stop = amount.evidence.span.end, following.evidence.span.start
        gap = Span(start, stop) if start < stop else None
        if not (gap and layout.search(LINKS.rule("told apart"), layout.document.quote(gap), gap)):
            continue
        sentence = layout.sentence_at(amount.evidence.span.start).span
        rest = [a for a in ordered.inside(sentence) if a.evidence.span > amount.evidence.span]
        if amount.start_year:
            found[i + 1 : i + 1 + len(rest)] = one_each(amount, rest)
            continue
        parts = [a for a in rest if a.start_year]
        end = layout.document.text[following.evidence.span.end : sentence.end]
        match = LINKS.rule("rest in a year").pattern.search(end)
        if match and parts and parts[0].start_year and parts[0].start_year < int(match["year"]):
            first, last = parts[0].start_year, int(match["year"])
            found[i] = changed(amount, start_year=first, end_year=last, years_basis="inferred")
            continue
        if len(parts) > 1 and sum_of(parts) * 100 >= amount.max_dkk * 95:
            years = [y for a in parts for y in (a.start_year, a.end_year) if y]
            found[i] = changed(amount, start_year=min(years), end_year=max(years), years_basis="inferred")
    return found


def added_up(layout: Layout, amounts: list[Amount]) -> list[Amount]:
    """'9 mio. kr. i 2013, 12 mio. kr. i 2014, i alt 21 mio. kr.': the sum has the years of its parts."""
    found = list(amounts)
    for i, amount in enumerate(amounts):
        after = layout.document.text[amount.evidence.span.end : amount.evidence.span.end + NEAR]
        if amount.start_year != amount.end_year or OWN_YEARS.match(after):
            continue  # it says its own
        sentence = layout.sentence_at(amount.evidence.span.start).span
        parts: list[Amount] = []
        for part in reversed(amounts[max(0, i - MOST_PARTS) : i]):
            if not (sentence.contains(part.evidence.span) and part.start_year and part.end_year):
                break
            parts.append(part)
            if len(parts) > 1 and sum_of(parts) == amount.max_dkk:
                years = [year for p in parts for year in (p.start_year, p.end_year) if year]
                found[i] = changed(amount, start_year=min(years), end_year=max(years), years_basis="inferred")
    return found


def shared_out(amounts: list[Amount]) -> list[Amount]:
    """'455 mio. kr. årligt fra 2020 … 310 … 85 … de resterende 60 mio. kr. om året': the sums right after
    one with years that come to it, and have none, have its years."""
    found = list(amounts)
    for i, whole in enumerate(amounts):
        if whole.start_year is None or whole.per == "recipient" or whole.role == "other":
            continue
        for size in range(2, MOST_PARTS + 1):
            parts = amounts[i + 1 : i + 1 + size]
            if len(parts) < size or any(not is_like(part, whole) for part in parts):
                break
            if sum(part.max_dkk for part in parts) == whole.max_dkk:
                years = whole.start_year, whole.end_year
                for j, part in enumerate(parts, i + 1):
                    found[j] = changed(part, start_year=years[0], end_year=years[1], years_basis="inferred")
                break
    return found


def is_like(part: Amount, whole: Amount) -> bool:
    """Can a sum without years be a share of one that has them?"""
    return part.start_year is None and part.per == whole.per and part.role == "part"


def one_each(amount: Amount, parts: Sequence[Amount]) -> list[Amount]:
    """'16,2 mio. kr. i 2019 og 2020, fordelt med 10,2 og 6,0 mio. kr.': each part has its year."""
    years = range(amount.start_year or 0, (amount.end_year or 0) + 1)
    whole = abs(sum(a.max_dkk for a in parts) - amount.max_dkk) * 100 <= amount.max_dkk
    if len(years) != len(parts) or not whole or len({(a.start_year, a.end_year) for a in parts}) > 1:
        return list(parts)
    return [
        changed(a, start_year=year, end_year=year, years_basis="inferred")
        for a, year in zip(parts, years, strict=True)
    ]


def sum_of(parts: Sequence[Amount]) -> int:
    """What parts come to over their years."""
    return sum(
        a.max_dkk * (((a.end_year or 0) - (a.start_year or 0) + 1) if a.per == "year" else 1) for a in parts
    )
