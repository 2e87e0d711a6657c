"""The years that the rest of the document gives a sum: its other mentions, its parts, the agreement."""

from collections.abc import Sequence

from corpus.document import Span
from extractors.facts import (
    Amount,
    TimeExpression,
    changed,
)
from extractors.layout import Layout
from extractors.ordered import in_order
from extractors.readers.agreement_years import period_of
from extractors.readers.amount_years import whole_before
from extractors.readers.clauses import Setting
from extractors.readers.heading_years import under_headings
from extractors.readers.parts_years import added_up, shared_out, told_apart
from extractors.readers.period_years import within_period
from extractors.readers.pool_years import of_pool
from extractors.readers.recipient_years import of_recipients
from extractors.readers.sums_years import summed_up
from extractors.readers.told_years import elsewhere_dated, sentence_after
from extractors.rules import load_rules

TELLING = 3  # figures of a number that tell that it is the same sum
FROM_YEAR = 50  # characters after a sum in which 'fra 2026' stands
LINKS = load_rules("year_links")
AGAIN = load_rules("amount_roles").rule("the same again").pattern
SHORT = 20  # characters before a sum in which 'de samlede' stands
PERMANENT = load_rules("money_terms").rule("permanent")
NEAR = 40  # characters before a sum in which "varigt" stands
AFTER = 80  # characters after it


def shared_years(
    layout: Layout,
    amounts: Sequence[Amount],
    dates: Sequence[TimeExpression],
    setting: Setting,
    begins: int | None = None,
) -> list[Amount]:
    """Every mention of a sum carries the years that the document gives that sum anywhere; the
    total takes the years of the agreement's period, and its parts take those of the total."""
    kind, first_year = setting.kind, setting.first_year
    ordered = in_order(dates)
    first = first_year or begins
    if first and kind not in {"pool", "project"}:
        amounts = [until(layout, amount, first) for amount in amounts]
    found = passed_on(layout, [elsewhere_dated(layout, amount, ordered) for amount in amounts])
    found = shared_out(added_up(layout, told_apart(layout, copied(layout, found))))
    found = summed_up(layout, found, ordered)
    if kind in {"pool", "project"}:
        return of_pool(layout, found, dates, kind)
    if first:
        found = [over_years(layout, until(layout, amount, first), first) for amount in found]
    found = under_headings(layout, found)
    period = period_of(layout, found, dates, first_year, begins) or default_period(setting, found)
    if period is None and any(a.role == "pool" for a in found):
        found = of_pool(layout, found, dates, kind)
    if period is None:
        return of_recipients(layout, found, None)
    has_total = any(a.role == "total" for a in found)
    if period[0] and period[1]:
        found = placed(layout, found, (period[0], period[1]))
    found = for_good(found, period[0])
    found = [inherit(layout, amount, period, has_total) for amount in found]
    return of_recipients(layout, found, period)


def default_period(setting: Setting, amounts: Sequence[Amount]) -> tuple[int, int] | None:
    """The year of a finance act, for what it gives without years: it is an act for that year."""
    first = setting.first_year
    given = any(a.role in {"part", "total"} and a.start_year == first for a in amounts)
    return (first, first) if first and given and setting.agreement == "finance_act" else None


def until(layout: Layout, amount: Amount, first_year: int) -> Amount:
    """The total 'frem til 2029' and a pool 'der udløber med 2026' begin with the agreement."""
    if amount.role not in {"total", "pool"} or (
        amount.start_year and amount.start_year < (amount.end_year or 0)
    ):
        return amount
    after = layout.document.text[amount.evidence.span.end : amount.evidence.span.end + FROM_YEAR]
    match = LINKS.rule("until a year").pattern.search(after)
    if not match or int(match["year"]) <= first_year:
        return amount
    return changed(amount, start_year=first_year, end_year=int(match["year"]), years_basis="inferred")


def over_years(layout: Layout, amount: Amount, first_year: int) -> Amount:
    """The total 'over fire år' covers so many years from the agreement's first on."""
    if amount.role != "total" or amount.start_year:
        return amount
    after = layout.document.text[amount.evidence.span.end : amount.evidence.span.end + FROM_YEAR]
    match = LINKS.rule("over some years").pattern.search(after)
    if not match:
        return amount
    last = first_year + int(LINKS.worth("count", match["count"])) - 1
    return changed(amount, start_year=first_year, end_year=last, years_basis="inferred")


def passed_on(layout: Layout, amounts: list[Amount]) -> list[Amount]:
    """The parts that 'Heraf er …' tells apart, with the years of the sum of the sentence before."""
    found = list(amounts)
    for i in range(1, len(found)):
        amount = found[i]
        sentence = layout.sentence_at(amount.evidence.span.start)
        before = whole_before(layout, (found[j] for j in range(i - 1, -1, -1)), sentence)
        if before is None:
            continue
        parts = LINKS.rule("opens with a part").pattern.match(sentence.text)
        after = layout.document.text[amount.evidence.span.end : amount.evidence.span.end + NEAR]
        own = amount.start_year or LINKS.rule("last years").pattern.search(after)
        if parts and not own and amount.role != "other" and before.start_year:
            years = before.start_year, before.end_year
            found[i] = changed(amount, start_year=years[0], end_year=years[1], years_basis="inferred")
    return found


def placed(layout: Layout, amounts: list[Amount], period: tuple[int, int]) -> list[Amount]:
    """The sums without years that name their years by the agreement's period: 'de første to år'."""
    found = list(amounts)
    for i, amount in enumerate(amounts):
        if amount.start_year is None and amount.role != "other":
            if is_afterwards(layout, amounts, i):
                found[i] = changed(amount, start_year=period[1] + 1, years_basis="inferred")
                continue
            sentence = layout.sentence_at(amount.evidence.span.start).span
            before = amounts[i - 1].evidence.span.end if i else 0
            after = amounts[i + 1].evidence.span.start if i + 1 < len(amounts) else sentence.end
            around = max(before, sentence.start), min(after, sentence.end)
            found[i] = ending(layout, within_period(layout, amount, period, around), period)
            gap = layout.document.text[amount.evidence.span.end : around[1]]
            closed = LINKS.rule("whole period").pattern.match(gap)
            lasts = amount.per == "year" and not closed and is_lasting(layout, amount)
            if found[i].start_year and lasts:
                found[i] = changed(found[i], end_year=None)
        elif amount.start_year == amount.end_year:
            found[i] = widened(layout, amount, period)
    return found


def is_afterwards(layout: Layout, amounts: Sequence[Amount], i: int) -> bool:
    """'6 mio. kr. årligt i hele perioden og 4,5 mio. kr. årligt herefter': so much a year after it."""
    amount, before = amounts[i], amounts[i - 1] if i else None
    if before is None or amount.per != "year" or before.start_year:
        return False
    sentence = layout.sentence_at(amount.evidence.span.start).span
    if not sentence.contains(before.evidence.span):
        return False
    gap = layout.document.text[before.evidence.span.end : amount.evidence.span.start]
    whole = LINKS.rule("whole period").pattern.match(gap)
    near = layout.document.text[amount.evidence.span.end : sentence.end][:NEAR]
    return bool(whole and LINKS.rule("thereafter").pattern.search(gap + near))


def ending(layout: Layout, amount: Amount, period: tuple[int, int]) -> Amount:
    """'19 mio. kr.; udløber i 2027' begins with the agreement and ends then."""
    after = layout.document.text[amount.evidence.span.end : amount.evidence.span.end + FROM_YEAR]
    match = None if amount.start_year else LINKS.rule("until a year").pattern.search(after)
    following = sentence_after(layout, amount) if match is None and amount.start_year is None else None
    if following and (longer := LINKS.rule("goes on").pattern.match(following.text)):
        match = longer if longer["until"] else None
    if match is None and amount.role == "pool" and amount.start_year is None:
        block = layout.blocks[layout.block_at(amount.evidence.span.start)].span
        match = LINKS.rule("projects end").pattern.search(layout.document.text, block.start, block.end)
    if not match or not period[0] <= int(match["year"]) <= period[1]:
        return amount
    return changed(amount, start_year=period[0], end_year=int(match["year"]), years_basis="inferred")


def widened(layout: Layout, amount: Amount, period: tuple[int, int]) -> Amount:
    """'12 mio. kr. fra 2026' to the end of the period, '7 mio. kr. til og med 2023' from its start."""
    after = layout.document.text[amount.evidence.span.end : amount.evidence.span.end + FROM_YEAR]
    year = amount.start_year
    if amount.per == "recipient" or year is None or not period[0] <= year <= period[1]:
        return amount
    if amount.per == "total" and LINKS.rule("from a year").pattern.search(after):
        return changed(amount, end_year=period[1])
    if LINKS.rule("until a year").pattern.search(after):
        return changed(amount, start_year=period[0])
    return amount


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
    after = layout.document.text[amount.evidence.span.end : amount.evidence.span.end + FROM_YEAR]
    if LINKS.rule("whole period").pattern.match(after):
        return amount  # of the agreement
    telling = len(str(amount.max_dkk).rstrip("0")) >= TELLING or is_definite(layout, amount)
    if amount.initiative != source.initiative and not telling:
        return amount  # the same number, but perhaps another sum
    return changed(
        amount,
        start_year=source.start_year,
        end_year=source.end_year,
        years_basis=source.years_basis,
    )


def for_good(amounts: list[Amount], begins: int | None) -> list[Amount]:
    """So much a year without years, where all that the agreement gives lasts: from its first year on.
    What lasts only after the agreement's years says nothing of the money inside them."""
    totals = [a for a in amounts if a.role == "total" and a.start_year]
    once = any(a.per == "total" and (a.end_year or 0) > (a.start_year or 0) for a in totals)
    first = next((a.start_year for a in totals if a.per == "year" and a.end_year is None), None)
    if first is None or once or (begins and first > begins + 1):
        return amounts
    return [
        changed(a, start_year=first, end_year=None, years_basis="inferred")
        if a.per == "year" and a.start_year is None and a.role in {"part", "total"}
        else a
        for a in amounts
    ]


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
    near = Span(max(sentence.start, span.start - NEAR), min(max(sentence.end, span.end), span.end + AFTER))
    if layout.search(PERMANENT, layout.document.quote(near), near):
        return True
    following = sentence_after(layout, amount)
    told = following and LINKS.rule("the money").pattern.match(following.text)
    return bool(following and told and PERMANENT.pattern.search(following.text))
