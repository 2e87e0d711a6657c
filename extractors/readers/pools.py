"""Application pools: on a page of their own, one or several, or as money inside an agreement."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise

from corpus.document import Span
from extractors.facts import Amount, DocumentKind, Evidence, Initiative, Pool, TimeExpression, changed
from extractors.layout import Layout
from extractors.readers.pool_sums import is_beside, lies_in, main_sum
from extractors.readers.titles import item_title
from extractors.rules import load_rules

TABLE, PAGES = load_rules("pools"), load_rules("bibliography")
NEAR = 400  # characters between a pool's sum and its deadline inside a release
LEAST_TITLE = 5  # characters; a shorter word tells no pool from another


@dataclass(frozen=True, slots=True)
class Case:
    """What a document's pools are made of."""

    layout: Layout
    amounts: list[Amount]
    deadlines: list[TimeExpression]  # full days
    accounts: list[tuple[int, str]]  # where they stand
    initiatives: list[Initiative]
    twins: dict[int, set[int]]  # by kroner the positions of the initiatives with such a sum


def find_pools(
    layout: Layout,
    kind: DocumentKind,
    amounts: list[Amount],
    dates: list[TimeExpression],
    initiatives: list[Initiative],
) -> list[Pool]:
    """The pools of a document with sum, deadline and account."""
    deadlines = [fact for fact in dates if fact.role == "deadline" and fact.granularity == "day"]
    accounts = [(match.start(), match["account"]) for match in layout.reading.matches(TABLE.rule("account"))]
    twins: dict[int, set[int]] = {}
    for amount in amounts:
        if amount.initiative is not None:
            twins.setdefault(amount.max_dkk, set()).add(amount.initiative)
    case = Case(layout, amounts, deadlines, accounts, initiatives, twins)
    offered = [amount for amount in amounts if amount.role == "pool"]
    if kind == "pool" or (kind == "project" and offered):
        return pools_of_page(case) if kind == "pool" else page_pools(case)
    return [*pools_inside(case, offered), *calendar_pools(case), *pools_without_sum(case)]


def pools_of_page(case: Case) -> list[Pool]:
    """The pools of a pool's page: its parts under headings, those of its list, or else the one."""
    parts = list(pool_parts(case))
    if len(parts) > 1:
        return [part_pool(case, part) for part in parts]
    listed = list(listed_pools(case))
    return listed if len(listed) > 1 else page_pools(case)


def pools_inside(case: Case, offered: list[Amount]) -> list[Pool]:
    """The pools that a release or an agreement speaks of, each once: a sum told again without a name is
    that of the pool with this sum."""
    found: dict[tuple[int, str], Pool] = {}
    unnamed = case.layout.document.title
    for amount in sorted(offered, key=lambda a: pool_title(case, a) == unnamed):
        title = pool_title(case, amount)
        again = title == unnamed and any(size == amount.max_dkk for size, _ in found)
        if (amount.max_dkk, title) not in found and not again and not is_of_several(case.layout, amount):
            deadline = deadline_for(case, title) or near_deadline(case, amount)
            account = account_beside(case, amount)
            found[amount.max_dkk, title] = Pool(amount.evidence, title, amount.max_dkk, deadline, account)
    pools = list(found.values())
    days = {fact.start_on for fact in case.deadlines}
    if len(pools) == 1 and len(days) == 1 and pools[0].deadline_on is None:
        return [changed(pools[0], deadline_on=next(iter(days)))]
    return pools


def is_of_several(layout: Layout, amount: Amount) -> bool:
    """Is this the sum of several pools together, or of one that is not named?"""
    span = amount.evidence.span
    before = layout.document.text[layout.sentence_at(span.start).span.start : span.end]
    return bool(TABLE.rule("of several").pattern.search(before))


def calendar_pools(case: Case) -> Iterator[Pool]:
    """The pools of a list of those that come: 'Værgefamilier: slås op i august, frist 1. oktober'."""
    layout = case.layout
    for index, block in enumerate(layout.blocks):
        if block.kind != "list_item":
            continue
        intro = layout.intros[index]
        above = [layout.heading(index), layout.words(intro) if intro is not None else ""]
        if not any(layout.search(TABLE.rule("calendar"), words) for words in above):
            continue
        if named := TABLE.rule("of a calendar").pattern.match(layout.words(index)):
            inside = [a for a in case.amounts if lies_in(a.evidence.span.start, block.span)]
            days = [f.start_on for f in case.deadlines if lies_in(f.evidence.span.start, block.span)]
            if not any(a.role == "pool" for a in inside):
                size = inside[0].max_dkk if inside else None
                yield Pool(
                    block_evidence(layout, block.span), named["title"], size, next(iter(days), None), None
                )


def pools_without_sum(case: Case) -> Iterator[Pool]:
    """The pool of a sentence that has a deadline and no sum, where no sum near it is a pool's."""
    layout = case.layout
    offered = [a.evidence.span.start for a in case.amounts if a.role == "pool"]
    for fact in case.deadlines:
        sentence = layout.sentence_at(fact.evidence.span.start)
        alone = not any(abs(at - sentence.span.start) < NEAR for at in offered)
        if alone and layout.search(TABLE.rule("told without a sum"), sentence.text):
            yield Pool(
                block_evidence(layout, sentence.span), layout.document.title, None, fact.start_on, None
            )


def block_evidence(layout: Layout, span: Span) -> Evidence:
    return Evidence(span, layout.document.quote(span), "pools/told without a sum")


def pool_parts(case: Case) -> Iterator[Span]:
    """The parts of a page that are pools of their own: each under a heading, with its own sum and its
    own deadline or account."""
    layout = case.layout
    labels = [PAGES.rule(name) for name in ("pool label", "project label")]
    starts = [
        block.span.start
        for i, block in enumerate(layout.blocks)
        if i
        and block.kind == "heading"
        and not any(layout.search(rule, layout.words(i).partition(":")[0]) for rule in labels)
    ]
    for start, end in pairwise([*starts, len(layout.document.text)]):
        part = Span(start, end)
        told = [fact for fact in case.deadlines if lies_in(fact.evidence.span.start, part)]
        paid = [account for place, account in case.accounts if lies_in(place, part)]
        named = TABLE.rule("part").pattern.search(layout.words(layout.block_at(start)))
        if (told or (paid and named)) and main_sum(case.layout, case.amounts, part):
            yield part


def part_pool(case: Case, part: Span) -> Pool:
    """The pool of one part of a page; its heading is its name."""
    layout = case.layout
    heading = layout.words(layout.block_at(part.start))
    amount = main_sum(case.layout, case.amounts, part)
    deadline = next((f.start_on for f in case.deadlines if lies_in(f.evidence.span.start, part)), None)
    account = next((account for place, account in case.accounts if lies_in(place, part)), None)
    evidence = amount.evidence if amount else title_evidence(layout)
    title = TABLE.rule("part").pattern.sub("", heading)
    return Pool(evidence, title, amount.max_dkk if amount else None, deadline, account)


def listed_pools(case: Case) -> Iterator[Pool]:
    """The parts of a pool that a list names, each with its sum: 'Delpulje 1: Lokale teams – 45,0 mio. kr.'"""
    layout = case.layout
    for index, block in enumerate(layout.blocks):
        if block.kind not in {"list_item", "paragraph"} or not index:
            continue
        label = TABLE.rule("listed part").pattern.match(layout.words(index))
        intro = layout.intros[index]
        named = intro is not None and layout.search(TABLE.rule("parts follow"), layout.words(intro))
        sums = [a for a in case.amounts if lies_in(a.evidence.span.start, block.span)]
        if not sums or not (label or named):
            continue
        start = block.span.start + (label.end() if label else 0)
        span = item_title(layout, Span(start, block.span.end), sums)
        if span is not None:
            title = layout.document.quote(span)
            deadline = deadline_of_part(case, label["mark"] if label else None, title)
            account = next((account for _, account in case.accounts), None)
            yield Pool(sums[0].evidence, title, sums[0].max_dkk, deadline, account)


def deadline_of_part(case: Case, mark: str | None, title: str) -> date | None:
    """The deadline in the sentence that names a part by its number or name, else the page's first."""
    own = marked_deadline(case, mark) if mark else None
    return own or deadline_for(case, title) or next((f.start_on for f in case.deadlines), None)


def marked_deadline(case: Case, mark: str) -> date | None:
    """'Fristen for delpulje 1 er den 11. maj': a date after the part's number, or before it where the
    sentence begins with the dates."""
    for sentence, told in groupby(case.deadlines, lambda f: case.layout.sentence_at(f.evidence.span.start)):
        names = list(TABLE.rule("part number").pattern.finditer(sentence.text))
        places = [m.start() for m in names if m["mark"].casefold() == mark.casefold()]
        if not places:
            continue
        days = [(f.evidence.span.start - sentence.span.start, f.start_on) for f in told]
        if days[0][0] < names[0].start():
            return next((day for at, day in reversed(days) if at < places[0]), None)
        return next((day for at, day in days if at > places[0]), days[-1][1])
    return None


def page_pools(case: Case) -> list[Pool]:
    """The one pool that a page is about, and others that it names beside it with a sum of their own."""
    layout = case.layout
    amount = main_sum(case.layout, case.amounts, Span(0, len(layout.document.text) + 1))
    size = amount.max_dkk if amount else None
    beside = [a for a in case.amounts if a.role == "pool" and is_beside(layout, a) and a.max_dkk != size]
    pools = [(beside_title(layout, other), other) for other in beside]
    days = [deadline_for(case, title) for title, _ in pools]
    deadline = last_round(case, [f for f in case.deadlines if f.start_on not in days])
    accounts = [*(account for _, account in case.accounts), None]
    title = case.initiatives[0].title if case.initiatives else layout.document.title
    evidence = amount.evidence if amount else title_evidence(layout)
    own = Pool(evidence, title, size, deadline or next(iter(days), None), accounts[0])
    others = [
        Pool(other.evidence, name, other.max_dkk, day or deadline, accounts[min(i, len(accounts) - 1)])
        for i, ((name, other), day) in enumerate(zip(pools, days, strict=True), start=1)
    ]
    return [own, *others]


def last_round(case: Case, deadlines: list[TimeExpression]) -> date | None:
    """The deadline of a page's last round: the latest in the sentence that names the first one."""
    if not deadlines:
        return None
    end = case.layout.sentence_at(deadlines[0].evidence.span.start).span.end
    return max(f.start_on for f in deadlines if f.evidence.span.start < end)


def beside_title(layout: Layout, amount: Amount) -> str:
    sentence = layout.sentence_at(amount.evidence.span.start)
    purpose = layout.search(TABLE.rule("purpose before"), sentence.text)
    return purpose["title"].strip() if purpose else layout.document.title


def title_evidence(layout: Layout) -> Evidence:
    span = layout.blocks[0].span
    return Evidence(span, layout.document.quote(span), "pools/title")


def deadline_for(case: Case, title: str) -> date | None:
    """The deadline that stands nearest to the pool's name in a sentence that names it."""
    named = title.lower()
    if len(named) < LEAST_TITLE:
        return None
    near: list[tuple[int, date]] = []
    for fact in case.deadlines:
        sentence = case.layout.sentence_at(fact.evidence.span.start)
        at = sentence.text.lower().find(named)
        if at >= 0:
            after = fact.evidence.span.start - sentence.span.start - at
            near.append((after if after > 0 else NEAR - after, fact.start_on))
    return min(near)[1] if near else None


def near_deadline(case: Case, amount: Amount) -> date | None:
    """The first full-day deadline soon after a pool's sum, and before another pool is told of."""
    start, end = amount.evidence.span.start, amount.evidence.span.end
    others = (a.evidence.span.start for a in case.amounts if a.role == "pool")
    text = case.layout.document.text
    another = TABLE.rule("a pool").pattern
    stop = next((o for o in others if o > start and another.search(text[end:o])), start + NEAR)
    near = (f.start_on for f in case.deadlines if start <= f.evidence.span.start < min(stop, start + NEAR))
    return next(near, None)


def account_beside(case: Case, amount: Amount) -> str | None:
    """The one account that the block of a pool's sum names."""
    layout = case.layout
    block = layout.blocks[layout.block_at(amount.evidence.span.start)].span
    inside = [account for place, account in case.accounts if lies_in(place, block)]
    return inside[0] if len(inside) == 1 else None


def pool_title(case: Case, amount: Amount) -> str:
    """The initiative with the same sum or above the sum, else what the sentence says it is for."""
    layout = case.layout
    if twins := case.twins.get(amount.max_dkk):  # its own is one of them
        return case.initiatives[min(twins)].title
    block = layout.blocks[layout.block_at(amount.evidence.span.start)]
    if block.kind == "list_item" and (item := item_title(layout, block.span, [amount])):
        return layout.document.quote(item)
    sentence = layout.sentence_at(amount.evidence.span.start).span
    start, end = amount.evidence.span.start, amount.evidence.span.end
    after = layout.document.text[end : max(sentence.end, end)]
    before = layout.document.text[sentence.start : start]
    purpose = TABLE.rule("named before").pattern.search(before) or TABLE.rule("purpose").pattern.match(after)
    return purpose["title"].strip() if purpose else layout.document.title
