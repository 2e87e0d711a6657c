"""The years that the rest of the document gives a sum: its other mentions, its parts, the agreement."""

from collections.abc import Sequence

from corpus.document import Span
from extractors.facts import (
    Amount,
    DocumentKind,
    TimeExpression,
    changed,
)
from extractors.layout import Layout
from extractors.ordered import in_order
from extractors.readers.agreements import is_frame
from extractors.readers.period_years import within_period
from extractors.rules import load_rules

MOST_PARTS = 8  # sums of a sentence that another one adds up
TELLING = 3  # figures of a number that tell that it is the same sum
SMALLEST_CAP = 10_000  # kroner
FEWEST_YEARS = 3  # in which money falls before they tell the agreement's period
LONG = 330  # days: "maj 2014 til april 2015" is a year
FROM_YEAR = 50  # characters after a sum in which 'fra 2026' stands
LINKS = load_rules("year_links")
AGAIN = load_rules("amount_roles").rule("the same again").pattern
SHORT = 20  # characters before a sum in which 'de samlede' stands
PERMANENT = load_rules("money_terms").rule("permanent")
NEAR = 40  # characters beside a sum in which "varigt" stands
PERIOD_HEADING = load_rules("date_roles").rule("period heading").pattern


def shared_years(
    layout: Layout,
    amounts: Sequence[Amount],
    dates: Sequence[TimeExpression],
    kind: DocumentKind,
    first_year: int | None = None,
) -> list[Amount]:
    """Every mention of a sum carries the years that the document gives that sum anywhere; the
    total takes the years of the agreement's period, and its parts take those of the total."""
    found = added_up(layout, told_apart(layout, copied(layout, amounts)))
    if kind in {"pool", "project"}:
        return of_pool(layout, found, dates, kind)
    if first_year:
        found = [until(layout, amount, first_year) for amount in found]
    period = period_of(layout, found, dates, first_year)
    if period is None:
        return found
    has_total = any(a.role == "total" for a in found)
    if period[0] and period[1]:
        found = placed(layout, found, (period[0], period[1]))
    return [inherit(layout, amount, period, has_total) for amount in found]


def until(layout: Layout, amount: Amount, first_year: int) -> Amount:
    """The total 'frem til 2029' begins with the agreement."""
    if amount.role != "total" or (amount.start_year and amount.start_year < (amount.end_year or 0)):
        return amount
    after = layout.document.text[amount.evidence.span.end :][:FROM_YEAR]
    match = LINKS.rule("until a year").pattern.search(after)
    if not match or int(match["year"]) <= first_year:
        return amount
    return changed(amount, start_year=first_year, end_year=int(match["year"]), years_basis="inferred")


def period_of(
    layout: Layout, amounts: list[Amount], dates: Sequence[TimeExpression], first_year: int | None
) -> tuple[int | None, int | None] | None:
    """The years of the agreement: those of its total, else of the span it names, else of its parts."""
    totals = [a for a in amounts if a.role == "total" and a.start_year]
    whole = next((a for a in totals if a.per == "total"), None)
    if whole and whole.start_year != whole.end_year:
        return whole.start_year, whole.end_year
    period = agreement_period(layout, dates, amounts) or years_by_year(amounts, first_year)
    period = period or ((whole.start_year, whole.end_year) if whole else None)
    return period or next(((a.start_year, a.end_year) for a in totals), None)


def years_by_year(amounts: Sequence[Amount], first_year: int | None) -> tuple[int, int] | None:
    """The years in which money falls year by year, from the agreement's first on."""
    years = {
        a.start_year
        for a in amounts
        if a.role in {"part", "total"} and a.start_year and a.start_year == a.end_year
    }
    if first_year not in years or len(years) < FEWEST_YEARS:
        return None
    return min(years), max(years)


def placed(layout: Layout, amounts: list[Amount], period: tuple[int, int]) -> list[Amount]:
    """The sums without years that name their years by the agreement's period: 'de første to år'."""
    found = list(amounts)
    for i, amount in enumerate(amounts):
        if amount.start_year is None and amount.role != "other":
            sentence = layout.sentence_at(amount.evidence.span.start).span
            before = amounts[i - 1].evidence.span.end if i else 0
            after = amounts[i + 1].evidence.span.start if i + 1 < len(amounts) else sentence.end
            around = max(before, sentence.start), min(after, sentence.end)
            found[i] = within_period(layout, amount, period, around)
        elif amount.start_year == amount.end_year:
            found[i] = widened(layout, amount, period)
    return found


def widened(layout: Layout, amount: Amount, period: tuple[int, int]) -> Amount:
    """'12 mio. kr. fra 2026' to the end of the period, '7 mio. kr. til og med 2023' from its start."""
    after = layout.document.text[amount.evidence.span.end :][:FROM_YEAR]
    year = amount.start_year
    if amount.per == "recipient" or year is None or not period[0] <= year <= period[1]:
        return amount
    if amount.per == "total" and LINKS.rule("from a year").pattern.search(after):
        return changed(amount, end_year=period[1])
    if LINKS.rule("until a year").pattern.search(after):
        return changed(amount, start_year=period[0])
    return amount


def told_apart(layout: Layout, amounts: list[Amount]) -> list[Amount]:
    """A sum without years whose parts follow with years covers the years of its parts."""
    pattern = LINKS.rule("told apart").pattern
    found = list(amounts)
    ordered = in_order(amounts)
    for i, amount in enumerate(amounts[:-1]):
        following = amounts[i + 1]
        gap = layout.document.text[amount.evidence.span.end : following.evidence.span.start]
        if not pattern.search(gap):
            continue
        sentence = layout.sentence_at(amount.evidence.span.start).span
        rest = [a for a in ordered.inside(sentence) if a.evidence.span > amount.evidence.span]
        if amount.start_year:
            found[i + 1 : i + 1 + len(rest)] = one_each(amount, rest)
            continue
        parts = [a for a in rest if a.start_year]
        if len(parts) > 1 and sum_of(parts) * 100 >= amount.max_dkk * 95:
            years = [y for a in parts for y in (a.start_year, a.end_year) if y]
            found[i] = changed(amount, start_year=min(years), end_year=max(years), years_basis="inferred")
    return found


def added_up(layout: Layout, amounts: list[Amount]) -> list[Amount]:
    """'9 mio. kr. i 2013, 12 mio. kr. i 2014, i alt 21 mio. kr.': the sum has the years of its parts."""
    found = list(amounts)
    for i, amount in enumerate(amounts):
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


def copied(layout: Layout, amounts: Sequence[Amount]) -> list[Amount]:
    known: dict[tuple[int, int, str], Amount] = {}
    for amount in amounts:
        if amount.start_year:
            known.setdefault((amount.min_dkk, amount.max_dkk, amount.per), amount)
    sources = (known.get((amount.min_dkk, amount.max_dkk, amount.per)) for amount in amounts)
    return [copy_years(layout, amount, source) for amount, source in zip(amounts, sources, strict=True)]


def is_definite(layout: Layout, amount: Amount) -> bool:
    """'de 6 mio. kr.': a sum that was said before."""
    start = amount.evidence.span.start
    before = layout.document.text[max(0, start - SHORT) : start]
    return bool(AGAIN.search(f"{before}0"))


def copy_years(layout: Layout, amount: Amount, source: Amount | None) -> Amount:
    if amount.start_year or source is None or (amount.role == "other") != (source.role == "other"):
        return amount
    telling = len(str(amount.max_dkk).rstrip("0")) >= TELLING or is_definite(layout, amount)
    if amount.initiative != source.initiative and not telling:
        return amount  # the same number, but perhaps another sum
    return changed(
        amount,
        start_year=source.start_year,
        end_year=source.end_year,
        years_basis=source.years_basis,
    )


def agreement_period(
    layout: Layout, dates: Sequence[TimeExpression], amounts: Sequence[Amount]
) -> tuple[int | None, int | None] | None:
    """The year or years that the sentence before the total speaks of, else the first span of years in
    title, lead or body that is a period of money and not of other money."""
    total = next((a for a in amounts if a.role == "total" and layout.block_at(a.evidence.span.start)), None)
    others = (
        [layout.sentence_at(a.evidence.span.start).span for a in amounts if a.role in {"frame", "other"}]
        if total
        else []
    )
    if total and (year := year_before(layout, dates, total)):
        return year, year
    for fact in dates:
        if any(span.contains(fact.evidence.span) for span in others):
            continue
        relative = (
            fact.basis == "inferred" and fact.role == "period" and fact.evidence.rule == "dates/coming years"
        )
        index = layout.block_at(fact.evidence.span.start)
        in_body = (
            layout.zones[index] in {"title", "lead", "body"} and layout.blocks[index].kind == "paragraph"
        )
        if is_frame(layout, fact) or (relative and in_body):
            return fact.start_on.year, fact.end_on.year
    return None


def year_before(layout: Layout, dates: Sequence[TimeExpression], total: Amount) -> int | None:
    """'… hvad programmet skal støtte i 2018. Der er afsat 22 mio. kr. til formålet.'"""
    sentence = layout.sentence_at(total.evidence.span.start)
    for fact in dates:
        before = layout.sentence_at(fact.evidence.span.start)
        same_block = before.block_index == sentence.block_index and before.span < sentence.span
        if same_block and fact.granularity == "year" and fact.role == "period":
            return fact.start_on.year
    return None


def inherit(layout: Layout, amount: Amount, period: tuple[int | None, int | None], has_total: bool) -> Amount:
    """A sum without years of its own, with the agreement's."""
    if amount.start_year or amount.per == "recipient":
        return amount
    heir = amount.role in {"total", "part", "pool"} if has_total else amount.role in {"pool", "frame", "part"}
    if not heir:
        return amount
    end = None if amount.per == "year" and is_lasting(layout, amount) else period[1]
    return changed(amount, start_year=period[0], end_year=end, years_basis="inferred")


def is_lasting(layout: Layout, amount: Amount) -> bool:
    """'løftes varigt med 6 mio. kr. årligt': money without an end, though the sum has no year."""
    span = amount.evidence.span
    sentence = layout.sentence_at(span.start).span
    near = Span(max(sentence.start, span.start - NEAR), min(max(sentence.end, span.end), span.end + NEAR))
    return bool(layout.search(PERMANENT, layout.document.quote(near), near))
