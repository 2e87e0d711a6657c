"""What the sums of a pool's or a project's own page are: the pool's, shares of it, or other money."""

from collections.abc import Sequence
from typing import get_args

from extractors.facts import AgreementKind, Amount, changed
from extractors.layout import Layout
from extractors.readers.amount_sums import ROUNDING
from extractors.readers.amount_totals import TOTALS
from extractors.readers.clauses import CUES, Clause, Setting, is_split
from extractors.readers.pool_sums import is_beside, is_labelled, is_rest
from extractors.readers.told_pools import has_deadline
from extractors.rules import load_rules

POOLS = load_rules("pools")
PROGRAMMES = [rule for rule in load_rules("agreements").rules if rule.value in get_args(AgreementKind)]
WITH_OVERHEAD = 1.25  # times what can be applied for, at most, is the pool with its evaluation
LONGEST_RUN = 7  # sums after a pool among which its years or rounds are looked for
LIMITS = frozenset({"over", "at_most", "at_least"})
FEWEST = 2  # rounds or years that a pool is told apart into
FAR_BEYOND = 3  # times the pool: more than that is no money of which the pool could be the rest


def on_own_page(
    layout: Layout, amounts: list[Amount], clauses: list[Clause], setting: Setting
) -> list[Amount]:
    """The roles of a page about one project, or about one or several pools."""
    cued = beyond(layout, amounts, clauses, setting)
    if setting.kind != "pool":
        return cued
    offered = [pool_role(layout, amount, words) for amount, words in zip(cued, clauses, strict=True)]
    pooled = with_pool(layout, with_section_pools(layout, offered, clauses), clauses)
    settled = in_rounds(layout, beyond(layout, pooled, clauses, setting))
    return [to_one(layout, a, words) for a, words in zip(larger(layout, settled), clauses, strict=True)]


def larger(layout: Layout, amounts: list[Amount]) -> list[Amount]:
    """On a pool's page what is more than the pool is other money, unless the pool is the rest of it."""
    pools = {a.max_dkk for a in amounts if a.role == "pool" and not is_beside(layout, a)}
    pool = max(pools) if len(pools) == 1 else 0  # several have sections of their own
    return [
        changed(a, role="other")
        if pool
        and a.role in {"part", "frame"}
        and a.min_dkk > pool
        and not is_source(layout, a, pool, amounts)
        else a
        for a in amounts
    ]


def to_one(layout: Layout, amount: Amount, words: Clause) -> Amount:
    """What one applicant can get or must pay, and what is reckoned as an example, is no share."""
    if amount.role == "pool" and amount.per == "recipient":
        return changed(amount, role="other")
    if amount.role != "part":
        return amount
    example = POOLS.rule("example").pattern.search(words.words) or layout.search(
        POOLS.rule("own share"), layout.heading(layout.block_at(amount.evidence.span.start))
    )
    kept = is_split(layout, words) or words.says(layout, POOLS.rule("kept back"))
    limit = amount.qualifier in LIMITS and not kept and not words.says(layout, CUES.rule("gives"))
    if example or limit:
        return changed(amount, role="other", per="recipient")
    given = amount.per != "recipient" or words.says(layout, POOLS.rule("each is given"))
    return amount if given else changed(amount, role="other")


def beyond(
    layout: Layout, amounts: list[Amount], clauses: Sequence[Clause], setting: Setting
) -> list[Amount]:
    """On a pool's page a sum larger than the pool and of an agreement is other money; on a project's it
    is the project's where it is told apart next, 'afsatte 13,7 mio. kr. … Heraf er 10,5 mio. kr. …'."""
    pool = max((a.max_dkk for a in amounts if a.role == "pool"), default=0)
    if not pool:
        return amounts
    found = list(amounts)
    for i, (amount, words) in enumerate(zip(amounts, clauses, strict=True)):
        if amount.role not in {"part", "other"} or amount.min_dkk <= pool:
            continue
        apart = i + 1 < len(amounts) and is_split(layout, clauses[i + 1])
        if setting.kind == "project" and apart and amount.per == "total":
            found[i] = changed(amount, role="part")
            continue
        if setting.kind == "pool" and is_source(layout, amount, pool, amounts):
            continue
        rules = [CUES.rule("earlier money"), *PROGRAMMES]
        rules += [TOTALS.rule("agreement")] * (amount.min_dkk > FAR_BEYOND * pool)
        if any(words.says(layout, rule) for rule in rules):
            found[i] = changed(amount, role="other")
    return found


def is_source(layout: Layout, amount: Amount, pool: int, amounts: Sequence[Amount]) -> bool:
    """Is the pool what is left of a larger sum, when the next sum of its sentence is taken from it?"""
    sentence = layout.sentence_at(amount.evidence.span.start).span
    return any(
        abs(amount.max_dkk - pool - a.max_dkk) <= ROUNDING
        and a.evidence.span.start > amount.evidence.span.end
        for a in amounts
        if sentence.contains(a.evidence.span)
    )


def in_rounds(layout: Layout, amounts: list[Amount]) -> list[Amount]:
    """A pool that the sums after it make up by rounds or years, '24,6 mio. kr. … 15 mio. kr. i 2024 …
    de resterende 9,6 mio. kr. i 2025': these are parts of it. Where only the rest can be applied for
    now, that is the pool."""
    found = list(amounts)
    for i, whole in enumerate(amounts):
        run = run_of(amounts, i) if whole.role == "pool" and whole.per == "total" else []
        if not run or not (by_years(run) or any(in_a_round(layout, a) for a in run)):
            continue
        now = next((a for a in run if is_rest(layout, a)), None)
        for j, amount in enumerate(amounts):
            if now and amount is now:
                found[j] = changed(amount, role="pool")
            elif amount.role == "pool" and (amount in run or (now and amount.max_dkk == whole.max_dkk)):
                found[j] = changed(amount, role="part")
    return found


def run_of(amounts: Sequence[Amount], i: int) -> list[Amount]:
    """The sums right after one that together make it up; none where there are no two such."""
    run = [a for a in amounts[i + 1 : i + 1 + LONGEST_RUN] if a.max_dkk != amounts[i].max_dkk]
    for size in range(FEWEST, len(run) + 1):
        if abs(sum(a.max_dkk for a in run[:size]) - amounts[i].max_dkk) <= ROUNDING:
            return run[:size]
    return []


def by_years(run: Sequence[Amount]) -> bool:
    """Has each sum a year of its own?"""
    years = {a.start_year for a in run if a.start_year and a.start_year == a.end_year}
    return len(years) == len(run)


def in_a_round(layout: Layout, amount: Amount) -> bool:
    sentence = layout.sentence_at(amount.evidence.span.start)
    return bool(layout.search(POOLS.rule("in a round"), sentence.text, sentence.span))


def pool_role(layout: Layout, amount: Amount, words: Clause) -> Amount:
    """On a pool's own page the first sums are the pool's; splits and grants are parts of it."""
    block = layout.block_at(amount.evidence.span.start)
    first = layout.zones[block] in {"title", "lead"} and amount.per == "total"
    offered = amount.role == "part" and first and not is_split(layout, words)
    kept = words.says(layout, POOLS.rule("kept back"))
    if amount.role == "part" and kept:
        return amount
    if amount.role == "pool" and words.says(layout, CUES.rule("year of a pool")):
        return changed(amount, role="part")
    return changed(amount, role="pool") if offered else amount


def with_section_pools(layout: Layout, amounts: list[Amount], clauses: list[Clause]) -> list[Amount]:
    """Where several headings of a page have a sum and a deadline each, the largest sum of each is a pool."""
    found = list(amounts)
    sections: dict[int, list[int]] = {}
    due: dict[int, bool] = {}
    for i, (amount, words) in enumerate(zip(amounts, clauses, strict=True)):
        trail = layout.headings[layout.block_at(amount.evidence.span.start)]
        whole = amount.role in {"part", "pool"} and amount.per == "total" and not is_split(layout, words)
        if trail and whole and trail[0] not in due:
            due[trail[0]] = has_deadline(layout, trail[0])
        if trail and whole and due[trail[0]]:
            sections.setdefault(trail[0], []).append(i)
    for inside in sections.values() if len(sections) > 1 else ():
        if not any(amounts[i].role == "pool" for i in inside):
            largest = max(inside, key=lambda i: amounts[i].max_dkk)
            found[largest] = changed(amounts[largest], role="pool")
    return found


def with_pool(layout: Layout, amounts: list[Amount], clauses: list[Clause]) -> list[Amount]:
    """On a pool's own page the largest sum is the pool's where none is called so, wherever it is said."""
    pools = {a.max_dkk for a in amounts if a.role == "pool" and not is_beside(layout, a)}
    shared = (a for a in amounts if a.role == "part" and a.per == "total")
    offered = next((a.max_dkk for a in shared if is_labelled(layout, a) or is_rest(layout, a)), None)
    if offered and not pools:
        pools = {offered}
    elif not pools:
        whole = [
            a.max_dkk
            for a, words in zip(amounts, clauses, strict=True)
            if a.role in {"part", "frame"} and a.per == "total" and not is_split(layout, words)
        ]
        pools = {max(whole)} if whole else set()
    elif any(words.says(layout, CUES.rule("applied for")) for words in clauses):
        most = max(pools) * WITH_OVERHEAD  # the pool before what is kept for evaluation
        pools |= {
            a.max_dkk for a in amounts if a.role in {"part", "frame"} and max(pools) < a.max_dkk <= most
        }
    return [
        changed(a, role="pool")
        if a.max_dkk in pools and a.role in {"part", "frame"} and a.per == "total"
        else a
        for a in amounts
    ]
