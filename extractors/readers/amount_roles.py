"""What a sum is: the total of the agreement, part of it, a pool, the frame it draws on, or something else."""

from collections.abc import Sequence
from typing import cast, get_args

from extractors.facts import AgreementKind, Amount, AmountRole, changed
from extractors.layout import Layout
from extractors.readers.amount_totals import TOTALS, with_total
from extractors.readers.asides import (
    PAID_RULES,
    SMALL_SUM,
    introduced_as,
    is_aside,
    is_background,
    is_paid,
    is_rate,
    of_sum,
    spans_before,
)
from extractors.readers.clauses import CUES, Clause, Setting, clause, is_split
from extractors.readers.told_pools import has_deadline, tells_more, with_headed_pools, with_told_pools
from extractors.rules import Rule, load_rules

CLAUSE_RULES = (
    "cap", "cost", "co-funding", "not new money", "earlier money", "wish", "frame", "on the finance act",
    "pool", "split",
)  # fmt: skip
PROGRAMMES = [rule for rule in load_rules("agreements").rules if rule.value in get_args(AgreementKind)]
TOP = frozenset({"title", "lead"})  # there an agreement's own money may be told as what was given
OWN_PAGES = frozenset({"pool", "project"})  # of money that an earlier agreement set aside
OWNS_TOTAL = frozenset({"press_release", "news", "agreement", "other"})
SMALLEST_POOL = 5_000_000  # kroner: "der kan søges om 26,5 mio. kr." is the pool, a smaller sum a grant
WITH_OVERHEAD = 1.25  # times what can be applied for, at most, is the pool with its evaluation
FAR_BEYOND = 3  # times the pool: more than that is no money of which the pool could be the rest


def with_roles(layout: Layout, amounts: Sequence[Amount], setting: Setting) -> list[Amount]:
    """The sums with their roles."""
    clauses = [clause(layout, amounts, i) for i in range(len(amounts))]
    cued = []
    for a, words in zip(amounts, clauses, strict=True):
        drawn_on = is_drawn_on(layout, a, words, setting)
        role = "frame" if drawn_on else role_of(layout, a, words, setting)
        cued.append(changed(a, role=role, split=is_split(layout, words)))
    cued = [undated(layout, a, words, setting) for a, words in zip(cued, clauses, strict=True)]
    cued = again(layout, shares_of_other(layout, alike(cued)), clauses)
    cued = [elsewhere(layout, a) for a in cued]
    if setting.kind not in OWN_PAGES:
        cued = with_told_pools(layout, cued, clauses)
        cued = with_headed_pools(layout, cued) if setting.kind != "agreement" else cued
    if setting.default == "other":
        cued = shares_of_pool(layout, in_context(layout, cued, clauses), clauses)
    if setting.kind in {"pool", "project"}:
        cued = beyond(layout, cued, clauses, setting)
    if setting.kind == "pool":
        offered = [pool_role(layout, amount, words) for amount, words in zip(cued, clauses, strict=True)]
        pooled = with_pool(layout, with_section_pools(layout, offered, clauses), clauses)
        return beyond(layout, pooled, clauses, setting)
    if setting.agreement is None or setting.kind not in OWNS_TOTAL:
        return cued
    return with_total(layout, cued, clauses, setting)


def role_of(layout: Layout, amount: Amount, words: Clause, setting: Setting) -> AmountRole:
    """The role that the words of the clause, the part of the page and the kind of document give."""
    block = layout.block_at(amount.evidence.span.start)
    own_page = setting.kind in OWN_PAGES
    settled = is_rate(layout, amount, words) or spans_before(amount, setting)
    rule = cue_of(layout, amount, words, setting)
    if rule and not settled:
        role = cast(AmountRole, rule.value)
        if (
            role == "frame"
            and setting.kind == "agreement"
            and not words.says(layout, CUES.rule("across ministries"))
        ):
            return "part"
        return role
    if settled or (
        amount.per == "recipient"
        and (amount.qualifier in {"at_most", "at_least"} or setting.default == "other")
    ):
        return "other"
    if layout.zones[block] == "fact" and not own_page and is_background(amount, setting):
        return "frame" if amount.per == "year" else "other"
    earlier = bool(layout.search(CUES.rule("earlier heading"), layout.heading(block)))
    if setting.agreement and not own_page and layout.zones[block] not in TOP:
        earlier = earlier or words.says(layout, CUES.rule("in the past"))
    if earlier or introduced_as(layout, block) or is_aside(layout, amount, words, setting):
        return "other"
    return setting.default


def is_drawn_on(layout: Layout, amount: Amount, words: Clause, setting: Setting) -> bool:
    """Is a sum what an agreement's money is taken from, or put aside for a decision still to be made?"""
    if not setting.agreement or setting.kind in OWN_PAGES or amount.per == "recipient":
        return False
    return any(words.says(layout, CUES.rule(name)) for name in ("source", "to be decided"))


def cue_of(layout: Layout, amount: Amount, words: Clause, setting: Setting) -> Rule | None:
    """The rule that the words of the clause meet; none where they only seem to."""
    own_page = setting.kind in OWN_PAGES
    idle = {"earlier money": own_page, "on the finance act": setting.agreement == "finance_act"}
    rules = (CUES.rule(name) for name in CLAUSE_RULES if not idle.get(name))
    rule = next(
        (rule for rule in rules if words.says(layout, rule) and of_sum(layout, amount, words, rule)), None
    )
    if (rule is None or rule.name == "split") and setting.default == "other":
        own = CUES.rule("project's money")
        rule = own if words.says(layout, own) else rule
    shared = CUES.rule("to be shared out")
    if rule is None and setting.default == "other" and words.says(layout, shared):
        return shared
    if rule is None:
        return None
    if rule.name == "cap" and setting.kind == "pool" and amount.qualifier == "exact":
        applied = CUES.rule("applied for")
        return applied if amount.max_dkk >= SMALLEST_POOL and words.says(layout, applied) else rule
    if rule.name == "wish" and tells_more(words):
        return CUES.rule("pool")
    decided = rule.value == "frame" and words.says(layout, CUES.rule("how it is shared"))
    paid = rule.name in PAID_RULES and is_paid(layout, amount, words, setting)
    return None if decided or paid else rule


def in_context(layout: Layout, amounts: list[Amount], clauses: Sequence[Clause]) -> list[Amount]:
    """Where a document has no agreement of its own, a sum that is told apart is a part only of money
    that was given: 'I aftalen for 2018 er der 6 mio. kr., heraf 2 mio. kr. i 2018' is other money."""
    found: list[Amount] = []
    for amount, words in zip(amounts, clauses, strict=True):
        block = layout.block_at(amount.evidence.span.start)
        near = (a for a in found if layout.block_at(a.evidence.span.start) >= block - 1)
        given = any(a.role not in {"other", "frame"} for a in near)
        told = amount.role == "part" and not words.says(layout, CUES.rule("project's money"))
        found.append(changed(amount, role="other") if told and not given else amount)
    return found


def is_granted(layout: Layout, amount: Amount, words: Clause) -> bool:
    """Do the words say that somebody was given the sum, or those above its list: 'De største tilskud'?"""
    index = layout.block_at(amount.evidence.span.start)
    listed = layout.blocks[index].kind == "list_item"
    return words.says(layout, CUES.rule("granted")) or (
        listed and bool(layout.search(CUES.rule("grants"), layout.heading(index)))
    )


def shares_of_pool(layout: Layout, amounts: list[Amount], clauses: Sequence[Clause]) -> list[Amount]:
    """In news of who was given a pool's money, the grants are parts of it."""
    pool = max((a.max_dkk for a in amounts if a.role in {"pool", "part"}), default=0)
    rules = [CUES.rule(name) for name in CLAUSE_RULES]
    return [
        changed(a, role="part")
        if a.role == "other"
        and SMALL_SUM <= a.max_dkk < pool
        and is_granted(layout, a, words)
        and not any(words.says(layout, rule) for rule in rules)
        else a
        for a, words in zip(amounts, clauses, strict=True)
    ]


def elsewhere(layout: Layout, amount: Amount) -> Amount:
    """A sum in a line that leads to another page is of no matter here: 'Læs også: 4 mio. kr. til …'"""
    words = layout.words(layout.block_at(amount.evidence.span.start))
    return changed(amount, role="other") if layout.search(CUES.rule("another page"), words) else amount


def undated(layout: Layout, amount: Amount, words: Clause, setting: Setting) -> Amount:
    """Earlier money without its year, which is that of the deed: 'En plan fra 2014 var på 36 mio. kr.'"""
    begins = setting.first_year or setting.year or 0
    past = amount.end_year and amount.start_year == amount.end_year < begins
    if past and setting.first_year and amount.years_basis == "inferred" and amount.end_year == setting.year:
        return changed(amount, start_year=None, end_year=None, years_basis=None)  # 'I år er der fordelt …'
    if not (past and setting.agreement and amount.role == "other"):
        return amount
    if words.says(layout, CUES.rule("cost")) or CUES.rule("received").pattern.search(words.words):
        return amount  # what was spent or received was so in that year
    return changed(amount, start_year=None, end_year=None, years_basis=None)


def alike(amounts: list[Amount]) -> list[Amount]:
    """The sums of an enumeration with the role of its last one, which has the unit and the words."""
    found = list(amounts)
    for i in range(len(amounts) - 2, -1, -1):
        if amounts[i].evidence.rule.endswith("of a list"):
            found[i] = changed(amounts[i], role=found[i + 1].role)
    return found


def shares_of_other(layout: Layout, amounts: list[Amount]) -> list[Amount]:
    """'Det koster samfundet 110 mia. kr., herunder 26 mia. kr. i sygedagpenge' is all other money."""
    found = amounts[:1]
    pattern = load_rules("money_terms").rule("share of it").pattern
    for amount in amounts[1:]:
        gap = layout.document.text[found[-1].evidence.span.end : amount.evidence.span.start]
        share = found[-1].role == "other" and amount.max_dkk < found[-1].max_dkk
        found.append(changed(amount, role="other") if share and pattern.match(gap) else amount)
    return found


def again(layout: Layout, amounts: list[Amount], clauses: Sequence[Clause]) -> list[Amount]:
    """'de 68,4 mio. kr.' is what it was when it was first said."""
    known: dict[tuple[int, int], AmountRole] = {}
    found = []
    for amount, words in zip(amounts, clauses, strict=True):
        value = (amount.min_dkk, amount.max_dkk)
        before = known.get(value)
        if amount.role == "other" and before and words.says(layout, CUES.rule("the same again")):
            found.append(changed(amount, role=before))
            continue
        if amount.role != "other":
            known.setdefault(value, amount.role)
        found.append(amount)
    return found


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
        rules = [CUES.rule("earlier money"), *PROGRAMMES]
        rules += [TOTALS.rule("agreement")] * (amount.min_dkk > FAR_BEYOND * pool)
        if any(words.says(layout, rule) for rule in rules):
            found[i] = changed(amount, role="other")
    return found


def pool_role(layout: Layout, amount: Amount, words: Clause) -> Amount:
    """On a pool's own page the first sums are the pool's; splits and grants are parts of it."""
    block = layout.block_at(amount.evidence.span.start)
    first = layout.zones[block] in {"title", "lead"} and amount.per == "total"
    offered = amount.role == "part" and first and not is_split(layout, words)
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
    pools = {a.max_dkk for a in amounts if a.role == "pool"}
    if not pools:
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
