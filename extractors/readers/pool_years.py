"""The years of the money on a pool's or project's page."""

from collections.abc import Sequence

from extractors.facts import (
    Amount,
    DocumentKind,
    TimeExpression,
    changed,
)
from extractors.layout import Layout
from extractors.readers.agreement_years import MOST_YEARS, agreement_period
from extractors.readers.parts_years import sum_of
from extractors.rules import load_rules

SMALLEST_CAP = 10_000  # kroner
LARGEST_EXPENSE = 1_000_000  # kroner
LINKS = load_rules("year_links")
EXPENSE = LINKS.rule("expense")
SEVERAL = 2  # pools of a page that have their own headings and years
RUNS = (4, 3, 2)  # neighbouring sums that can be the years of a pool
LONG = 330  # days: "maj 2014 til april 2015" is a year
Years = tuple[int | None, int | None]
PERIOD_HEADING = load_rules("date_roles").rule("period heading").pattern


def of_pool(
    layout: Layout, amounts: list[Amount], dates: Sequence[TimeExpression], kind: DocumentKind
) -> list[Amount]:
    """On a pool's or project's page money has the years of the pool under its own heading, else those
    of the page's pool, else those of the project period."""
    sections = periods_of_sections(layout, amounts) if kind == "pool" else {}
    page = page_period(layout, amounts, dates, list(sections.values()))
    return [
        a if is_expense(layout, a) else in_period(a, kind, sections.get(section_of(layout, a)) or page)
        for a in amounts
    ]


def is_expense(layout: Layout, amount: Amount) -> bool:
    """Is this a threshold for what is bought or must be accounted for? It has no years, as caps have."""
    sentence = layout.sentence_at(amount.evidence.span.start)
    threshold = amount.role == "other" and amount.max_dkk < LARGEST_EXPENSE and amount.qualifier != "at_most"
    return threshold and bool(layout.search(EXPENSE, sentence.text, sentence.span))


def in_period(amount: Amount, kind: DocumentKind, period: Years | None) -> Amount:
    """A sum without years that is the pool's or a share of it, with the pool's."""
    heir = amount.role in {"pool", "part"} or is_cap(amount, kind)
    if period and is_shorter(amount, period):
        return changed(amount, end_year=period[1])
    if period is None or amount.start_year or not heir:
        return amount
    return changed(amount, start_year=period[0], end_year=period[1], years_basis="inferred")


def is_shorter(amount: Amount, period: Years) -> bool:
    """Does a pool have only the years in which it is given out, and the page's projects run for longer?"""
    told = amount.role == "pool" and amount.years_basis == "inferred" and amount.start_year == period[0]
    return told and bool(amount.end_year and period[1]) and (amount.end_year or 0) < (period[1] or 0)


def section_of(layout: Layout, amount: Amount) -> int | None:
    """The outermost heading above a sum, the title aside."""
    trail = layout.headings[layout.block_at(amount.evidence.span.start)]
    return trail[0] if trail else None


def periods_of_sections(layout: Layout, amounts: Sequence[Amount]) -> dict[int | None, Years]:
    """The years of the pools that have a heading each; nothing where a page has but one."""
    sections: dict[int | None, list[Amount]] = {}
    for amount in amounts:
        sections.setdefault(section_of(layout, amount), []).append(amount)
    sections.pop(None, None)
    own = {at: sums for at, sums in sections.items() if any(a.role == "pool" for a in sums)}
    if len({a.max_dkk for sums in own.values() for a in sums if a.role == "pool"}) < SEVERAL:
        return {}
    periods = {at: pool_years(sums) or years_of_parts(sums) for at, sums in own.items()}
    return {at: period for at, period in periods.items() if period}


def pool_years(amounts: Sequence[Amount]) -> Years | None:
    """The years that the largest pool says."""
    largest = max((a.max_dkk for a in amounts if a.role == "pool"), default=0)
    own = (a for a in amounts if a.role == "pool" and a.start_year and a.max_dkk == largest)
    return next(((a.start_year, a.end_year) for a in own), None)


def page_period(
    layout: Layout, amounts: Sequence[Amount], dates: Sequence[TimeExpression], sections: Sequence[Years]
) -> Years | None:
    """The years of the page's pool: its own, those of its parts, of the project, of any part."""
    period = pool_years(amounts) or spanning(sections) or years_of_parts(amounts)
    runs = project_period(layout, dates) or running_period(dates)
    if runs and (period is None or is_start(period, runs)):
        period = runs
    elif runs and period and not is_told(amounts, period) and period[0]:
        period = period[0], max(period[1] or 0, runs[1] if runs[0] <= (period[1] or 0) else 0) or None
    elif period and period[0] == period[1] and (last := last_year(layout, period[0] or 0)):
        period = period[0], last
    period = period or agreement_period(layout, dates, amounts)
    return period or next(
        ((a.start_year, a.end_year) for a in amounts if a.role == "pool" and a.start_year), None
    )


def is_told(amounts: Sequence[Amount], period: Years) -> bool:
    """Does the text itself give a pool these years? Those that its parts make up may end too early."""
    told = [a for a in amounts if a.role == "pool" and a.years_basis == "explicit"]
    return any((a.start_year, a.end_year) == period for a in told)


def last_year(layout: Layout, first: int) -> int | None:
    """The year in which the projects of a pool must end, where it is a later one."""
    years = [int(match["year"]) for match in layout.reading.matches(LINKS.rule("projects end"))]
    return next((year for year in years if first < year <= first + MOST_YEARS), None)


def is_start(period: Years, runs: tuple[int, int]) -> bool:
    """Is a period only the year in which the pool is given out, and the projects run for longer?"""
    first, last = period
    return first == last and first is not None and runs[0] <= first < runs[1]


def spanning(periods: Sequence[Years]) -> Years | None:
    """From the first year of several periods to the last."""
    years = [year for period in periods for year in period if year]
    return (min(years), max(years)) if len(periods) >= SEVERAL and years else None


def is_cap(amount: Amount, kind: DocumentKind) -> bool:
    """What one applicant can get of a pool, or must have; not a price or an hourly rate."""
    limit = amount.qualifier in {"at_most", "at_least"}
    cap = limit or amount.per == "recipient" if kind == "pool" else limit and amount.per == "recipient"
    return cap and amount.max_dkk >= SMALLEST_CAP


def years_of_parts(amounts: Sequence[Amount]) -> Years | None:
    """The years of the parts that make up the pool, or the sum without years, year by year."""
    sizes = [a.max_dkk for a in amounts if a.role == "pool"]
    sizes += [a.max_dkk for a in amounts if a.role == "part" and a.per == "total" and not a.start_year]
    return next((years for size in sizes if (years := years_making_up(size, amounts))), None)


def years_making_up(pool: int, amounts: Sequence[Amount]) -> Years | None:
    """The years of the parts that come to a sum."""
    parts = [a for a in amounts if a.role == "part" and a.start_year and a.end_year]
    runs = [parts] + [parts[i : i + size] for size in RUNS for i in range(len(parts) - size + 1)]
    for run in runs if pool else ():
        if run and abs(sum_of(run) - pool) * 100 <= pool:
            return min(a.start_year or 0 for a in run), max(a.end_year or 0 for a in run)
    return None


def project_period(layout: Layout, dates: Sequence[TimeExpression]) -> tuple[int, int] | None:
    """The first span under a heading like 'Projektperiode'."""
    for fact in dates:
        index = layout.block_at(fact.evidence.span.start)
        if (
            fact.granularity == "span"
            and fact.role == "period"
            and any(PERIOD_HEADING.search(label) for label in (layout.heading(index), layout.words(index)))
        ):
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
