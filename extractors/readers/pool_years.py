"""The years of the money on a pool's or project's page."""

from collections.abc import Sequence

from extractors.facts import (
    Amount,
    DocumentKind,
    TimeExpression,
    changed,
)
from extractors.layout import Layout
from extractors.readers.agreement_years import agreement_period
from extractors.readers.parts_years import sum_of
from extractors.rules import load_rules

SMALLEST_CAP = 10_000  # kroner
LONG = 330  # days: "maj 2014 til april 2015" is a year
PERIOD_HEADING = load_rules("date_roles").rule("period heading").pattern


def of_pool(
    layout: Layout, amounts: list[Amount], dates: Sequence[TimeExpression], kind: DocumentKind
) -> list[Amount]:
    """On a pool's or project's page money has the pool's own years, else those of the project period."""
    pool = next((a for a in amounts if a.role == "pool" and a.start_year), None)
    period = (pool.start_year, pool.end_year) if pool else years_of_parts(amounts)
    period = period or project_period(layout, dates) or running_period(dates)
    period = period or agreement_period(layout, dates, amounts)
    if period is None:
        return amounts
    return [
        changed(a, start_year=period[0], end_year=period[1], years_basis="inferred")
        if a.start_year is None and (a.role in {"pool", "part"} or (kind == "pool" and is_cap(a)))
        else a
        for a in amounts
    ]


def is_cap(amount: Amount) -> bool:
    """What one applicant can get of a pool, or must have; not a price or an hourly rate."""
    return amount.max_dkk >= SMALLEST_CAP and (
        amount.per == "recipient" or amount.qualifier in {"at_most", "at_least"}
    )


def years_of_parts(amounts: Sequence[Amount]) -> tuple[int | None, int | None] | None:
    """The years of the parts of a pool that make it up, year by year."""
    pool = max((a.max_dkk for a in amounts if a.role == "pool"), default=0)
    parts = [a for a in amounts if a.role == "part" and a.start_year and a.end_year]
    if not pool or abs(sum_of(parts) - pool) * 100 > pool:
        return None
    return min(a.start_year or 0 for a in parts), max(a.end_year or 0 for a in parts)


def project_period(layout: Layout, dates: Sequence[TimeExpression]) -> tuple[int, int] | None:
    """The first span under a heading like 'Projektperiode'."""
    for fact in dates:
        index = layout.block_at(fact.evidence.span.start)
        if fact.granularity == "span" and PERIOD_HEADING.search(layout.heading(index)):
            return fact.start_on.year, fact.end_on.year
    return None


def running_period(dates: Sequence[TimeExpression]) -> tuple[int, int] | None:
    """The first span of a year or more that is told by month or day: so projects run."""
    for fact in dates:
        whole_years = (fact.start_on.month, fact.end_on.month) == (1, 12)
        long = (fact.end_on - fact.start_on).days >= LONG
        if fact.role == "period" and fact.granularity == "span" and long and not whole_years:
            return fact.start_on.year, fact.end_on.year
    return None
