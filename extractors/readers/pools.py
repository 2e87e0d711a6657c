"""Application pools: on a page of their own, or as money inside an agreement."""

from datetime import date

from extractors.facts import Amount, DocumentKind, Evidence, Initiative, Pool, TimeExpression
from extractors.layout import Layout
from extractors.rules import load_rules

TABLE = load_rules("pools")
NEAR = 400  # characters between a pool's sum and its deadline inside a release


def find_pools(
    layout: Layout,
    kind: DocumentKind,
    amounts: list[Amount],
    dates: list[TimeExpression],
    initiatives: list[Initiative],
) -> list[Pool]:
    """The pools of a document with sum, deadline and account."""
    offered = [amount for amount in amounts if amount.role == "pool"]
    if kind == "pool" or (kind == "project" and offered):
        return own_pool(layout, offered, dates, initiatives)
    found: list[Pool] = []
    for amount in offered:
        title = pool_title(layout, amount, amounts, initiatives)
        if any((pool.amount_dkk, pool.title) == (amount.max_dkk, title) for pool in found):
            continue
        deadline = near_deadline(dates, amount)
        found.append(Pool(amount.evidence, title, amount.max_dkk, deadline, None))
    return found


def own_pool(
    layout: Layout,
    offered: list[Amount],
    dates: list[TimeExpression],
    initiatives: list[Initiative],
) -> list[Pool]:
    """The one pool that a pool's or project's page is about."""
    deadline = next(
        (fact.start_on for fact in dates if fact.role == "deadline" and fact.granularity == "day"), None
    )
    account = next(layout.reading.matches(TABLE.rule("account")), None)
    evidence = offered[0].evidence if offered else title_evidence(layout)
    title = initiatives[0].title if initiatives else layout.document.title
    return [
        Pool(
            evidence,
            title,
            offered[0].max_dkk if offered else None,
            deadline,
            account["account"] if account else None,
        )
    ]


def title_evidence(layout: Layout) -> Evidence:
    span = layout.blocks[0].span
    return Evidence(span, layout.document.quote(span), "pools/title")


def near_deadline(dates: list[TimeExpression], amount: Amount) -> date | None:
    """The first full-day deadline soon after a pool's sum."""
    start = amount.evidence.span.start
    for fact in dates:
        if (
            fact.role == "deadline"
            and fact.granularity == "day"
            and 0 <= fact.evidence.span.start - start < NEAR
        ):
            return fact.start_on
    return None


def pool_title(layout: Layout, amount: Amount, amounts: list[Amount], initiatives: list[Initiative]) -> str:
    """The initiative with the same sum or above the sum, else what the sentence says it is for."""
    twins = {a.initiative for a in amounts if a.max_dkk == amount.max_dkk and a.initiative is not None}
    for initiative in initiatives:
        if initiative.position in twins or initiative.position == amount.initiative:
            return initiative.title
    sentence = layout.sentence_at(amount.evidence.span.start).span
    after = layout.document.text[amount.evidence.span.end : max(sentence.end, amount.evidence.span.end)]
    purpose = TABLE.rule("purpose").pattern.match(after)
    return purpose["title"].strip() if purpose else layout.document.title
