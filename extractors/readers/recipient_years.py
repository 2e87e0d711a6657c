"""The years of what one recipient gets: those of the money that it is given from."""

from collections.abc import Sequence

from extractors.facts import Amount, changed
from extractors.layout import Layout
from extractors.rules import load_rules

LINKS = load_rules("year_links")
COST = load_rules("amount_roles").rule("cost").pattern
SMALLEST = 30_000  # kroner; a smaller cap is rather a price or a rate than a share of a pool
MOST_BEFORE = 6  # sums among which the shared one is looked for

Period = tuple[int | None, int | None]


def of_recipients(layout: Layout, amounts: list[Amount], period: Period | None) -> list[Amount]:
    """The shares of recipients without years, with the years of the money they are shares of."""
    found = list(amounts)
    for i, amount in enumerate(amounts):
        if amount.per != "recipient" or amount.start_year or not may_have_years(layout, amount):
            continue
        source = shared_sum(layout, amount, found[max(0, i - MOST_BEFORE) : i])
        years = (source.start_year, source.end_year) if source else None
        years = years or (period if amount.role == "part" else None)
        if years:
            found[i] = changed(amount, start_year=years[0], end_year=years[1], years_basis="inferred")
    return found


def may_have_years(layout: Layout, amount: Amount) -> bool:
    """A share of given money, neither a cost nor a price."""
    if amount.role == "part":
        return True
    words = layout.sentence_at(amount.evidence.span.start).text
    limit = amount.qualifier in {"at_most", "at_least"}
    given = limit or layout.search(LINKS.rule("grant"), words)
    return amount.max_dkk >= SMALLEST and bool(given) and not COST.search(words)


def shared_sum(layout: Layout, amount: Amount, before: Sequence[Amount]) -> Amount | None:
    """The last sum with years before a share that it can be given from: a pool of this paragraph or
    the one above, or money of the same sentence or of the one that "Pengene" points to."""
    block = layout.block_at(amount.evidence.span.start)
    sentence = layout.sentence_at(amount.evidence.span.start)
    points_back = LINKS.rule("the money").pattern.match(sentence.text)
    for other in reversed(before):
        place = other.evidence.span.start
        if other.per == "recipient" or other.start_year is None:
            continue
        if other.role == "pool" and layout.block_at(place) >= block - 1:
            return other
        own = layout.block_at(place) == block
        beside = own and (place >= sentence.span.start or points_back or amount.role == "part")
        if other.role == "part" and beside:
            return other
    return None
