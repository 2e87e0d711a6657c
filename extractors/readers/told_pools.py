"""Sums that are pools' by what is said before them: a list of pools, or 'den største er på 19,6 mio. kr.'"""

from collections.abc import Sequence

from extractors.facts import Amount, changed
from extractors.layout import Layout
from extractors.readers.clauses import CUES, Clause, is_split
from extractors.readers.headings import offers_pool

SHARES = frozenset({"part", "other"})
FEWEST = 2  # headings that each stand above a pool
SMALLEST = 1_000_000  # kroner; a smaller sum is rather a grant


def with_told_pools(layout: Layout, amounts: Sequence[Amount], clauses: Sequence[Clause]) -> list[Amount]:
    """The sums of a list or a sentence that words before it say to be of pools."""
    return [
        changed(amount, role="pool") if is_of_pools(layout, amount, words) else amount
        for amount, words in zip(amounts, clauses, strict=True)
    ]


def with_headed_pools(layout: Layout, amounts: Sequence[Amount]) -> list[Amount]:
    """Where several headings each stand above a text that says how to apply, each is a pool: the first
    sum of the text is what it offers, unless another one is said to be."""
    sections: dict[int, list[int]] = {}
    for i, amount in enumerate(amounts):
        if trail := layout.headings[layout.block_at(amount.evidence.span.start)]:
            sections.setdefault(trail[-1], []).append(i)
    offered = [at for at in sections if layout.zones[at] == "body" and offers_pool(layout, at)]
    found = list(amounts)
    for at in offered if len(offered) >= FEWEST else ():
        if any(amounts[i].role == "pool" for i in sections[at]):
            continue
        whole = (i for i in sections[at] if is_offer(amounts[i]))
        if (first := next(whole, None)) is not None:
            found[first] = changed(found[first], role="pool")
    return found


def is_offer(amount: Amount) -> bool:
    """Can a sum be what a pool offers, and no cap, price or earlier money?"""
    whole = amount.per == "total" and amount.qualifier not in {"at_most", "at_least"}
    return whole and amount.role in {"part", "total"} and amount.max_dkk >= SMALLEST


def is_of_pools(layout: Layout, amount: Amount, words: Clause) -> bool:
    whole = amount.per == "total" and amount.max_dkk >= SMALLEST and amount.qualifier != "at_most"
    if not whole or amount.role not in SHARES or is_split(layout, words):
        return False
    if not layout.reading.may_have(CUES.rule("speaks of pools")):
        return False
    place = amount.evidence.span.start
    return is_listed(layout, place) or (
        words.says(layout, CUES.rule("one of them")) and follows_pools(layout, place)
    )


def is_listed(layout: Layout, place: int) -> bool:
    """Is this the first sum of an item in a list that the text above introduces as pools?"""
    index = layout.block_at(place)
    intro = layout.intros[index]
    if intro is None or not layout.words(intro).rstrip().endswith(":"):
        return False
    before = layout.document.text[layout.blocks[index].span.start : place]
    first = not any(sign.isdigit() for sign in before)
    return first and any(speaks_of_pools(layout, s.text) for s in layout.sentences_of(intro))


def follows_pools(layout: Layout, place: int) -> bool:
    """Does the sentence before this one speak of pools?"""
    before = [s for s in layout.sentences_of(layout.block_at(place)) if s.span.end <= place]
    return bool(before) and speaks_of_pools(layout, before[-1].text)


def speaks_of_pools(layout: Layout, words: str) -> bool:
    return bool(layout.search(CUES.rule("speaks of pools"), words))


def tells_more(words: Clause) -> bool:
    """Is a pool announced, and only its terms are what somebody plans: 'en pulje på 35 mio. kr., som
    efter planen åbner i maj'?"""
    more = CUES.rule("relative clause").pattern.search(words.words)
    if not more or CUES.rule("wish").pattern.search(words.words[: more.start() + 1]):
        return False
    return bool(CUES.rule("pool").pattern.search(words.words[: more.start() + 1]))


def has_deadline(layout: Layout, heading: int) -> bool:
    """Is there a deadline in the lines under a heading, up to the next one or in it?"""
    rule = CUES.rule("deadline")
    for index in range(heading + 1, len(layout.blocks)):
        if layout.search(rule, layout.words(index)):
            return True
        if layout.blocks[index].kind == "heading":
            return False
    return False
