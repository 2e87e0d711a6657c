"""What a sum is: the total of the agreement, part of it, a pool, the frame it draws on, or something else."""

from collections.abc import Sequence
from typing import cast

from extractors.facts import Amount, AmountRole, changed
from extractors.layout import Layout
from extractors.readers.amount_totals import with_total
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
from extractors.readers.pool_news import with_news_pool
from extractors.readers.pool_roles import on_own_page
from extractors.readers.small_sums import of_one
from extractors.readers.told_pools import tells_more, with_headed_pools, with_told_pools
from extractors.rules import Rule, load_rules

CLAUSE_RULES = (
    "cap", "cost", "co-funding", "not new money", "earlier money", "wish", "frame", "pool", "split",
)  # fmt: skip
OWN_PAGES = frozenset({"pool", "project"})  # of money that an earlier agreement set aside
OWNS_TOTAL = frozenset({"press_release", "news", "agreement"})
SMALLEST_POOL = 5_000_000  # kroner: "der kan søges om 26,5 mio. kr." is the pool, a smaller sum a grant


def with_roles(layout: Layout, amounts: Sequence[Amount], setting: Setting) -> list[Amount]:
    """The sums with their roles, and the small ones that are nobody's share per recipient."""
    clauses = [clause(layout, amounts, i) for i in range(len(amounts))]
    return of_one(layout, read_roles(layout, amounts, clauses, setting), clauses)


def read_roles(
    layout: Layout, amounts: Sequence[Amount], clauses: list[Clause], setting: Setting
) -> list[Amount]:
    """What each sum is by its own words, by those of other sums and by the kind of document."""
    cued = [
        changed(a, role=role_of(layout, a, words, setting), split=is_split(layout, words))
        for a, words in zip(amounts, clauses, strict=True)
    ]
    cued = [undated(layout, a, words, setting) for a, words in zip(cued, clauses, strict=True)]
    cued = again(layout, shares_of_other(layout, alike(cued)), clauses)
    cued = [elsewhere(layout, a) for a in cued]
    if setting.kind not in OWN_PAGES:
        cued = with_told_pools(layout, cued, clauses)
        cued = with_headed_pools(layout, cued) if setting.kind != "agreement" else cued
    if setting.default == "other":
        cued = with_news_pool(layout, cued, clauses, setting)
        cued = shares_of_pool(layout, in_context(layout, cued, clauses), clauses)
    if setting.kind in OWN_PAGES:
        return on_own_page(layout, cued, clauses, setting)
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
    earlier = layout.search(CUES.rule("earlier heading"), layout.heading(block))
    if earlier or introduced_as(layout, block) or is_aside(layout, amount, words, setting):
        return "other"
    return setting.default


def cue_of(layout: Layout, amount: Amount, words: Clause, setting: Setting) -> Rule | None:
    """The rule that the words of the clause meet; none where they only seem to."""
    own_page = setting.kind in OWN_PAGES
    named = CUES.rule("of an agreement")
    if not setting.agreement and setting.kind != "agreement" and words.says(layout, named):
        return named
    rules = (CUES.rule(name) for name in CLAUSE_RULES if not (own_page and name == "earlier money"))
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
    decided = rule.name == "frame" and words.says(layout, CUES.rule("how it is shared"))
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
    intro = layout.intros[index]
    above = [layout.heading(index), layout.words(intro) if intro is not None else ""]
    return words.says(layout, CUES.rule("granted")) or (
        listed and any(layout.search(CUES.rule("grants"), words) for words in above)
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
    named = amount.role == "other" and amount.start_year and amount.start_year == amount.end_year
    if named and words.says(layout, CUES.rule("of an agreement")):
        return changed(amount, start_year=None, end_year=None, years_basis=None)
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
