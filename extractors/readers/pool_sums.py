"""Which of a page's sums is what its pool offers."""

from collections.abc import Sequence
from itertools import accumulate

from corpus.document import Span
from extractors.facts import Amount
from extractors.layout import Layout
from extractors.rules import load_rules

TABLE = load_rules("pools")
NEXT = 2  # characters between two sentences
LONGEST_RUN = 6  # years of a pool


def main_sum(layout: Layout, amounts: list[Amount], part: Span) -> Amount | None:
    """What a page or a part of it offers: the first sum of title and lead, of those said to be a
    pool's, else the largest that is no grant to one."""
    inside = [a for a in amounts if lies_in(a.evidence.span.start, part) and a.per == "total"]
    now = [a for a in inside if is_labelled(layout, a) or is_rest(layout, a)]
    if now:
        return now[0]
    called = [a for a in inside if a.role == "pool" and not is_beside(layout, a)]
    inside = [a for i, a in enumerate(inside) if not is_earlier(layout, a, inside[:i])]
    offered = [a for a in inside if a in called] or [a for a in called if len(called) == 1]
    top = [a for a in inside if layout.zones[layout.block_at(a.evidence.span.start)] in {"title", "lead"}]
    sizes = [a.max_dkk for a in inside]
    again = (a for a in top if sizes.count(a.max_dkk) > 1 and not a.split)
    whole = [a for a in inside if a.role in {"part", "pool"} and not a.split and not is_beside(layout, a)]
    alone = whole or (inside if part.start else made_up(inside))  # a page has other money too, a part has not
    largest = max(alone, key=lambda a: a.max_dkk, default=None)
    return next(iter(offered), None) or next(again, None) or next(iter(made_up(inside)), None) or largest


def is_beside(layout: Layout, amount: Amount) -> bool:
    """'Til pårørendepladser er der desuden en ansøgningspulje på …': another pool than the page's own."""
    sentence = layout.sentence_at(amount.evidence.span.start)
    before = layout.document.text[sentence.span.start : amount.evidence.span.start]
    return bool(layout.search(TABLE.rule("beside"), before))


def is_labelled(layout: Layout, amount: Amount) -> bool:
    """Is this the first sum after 'Beløb til rådighed:' or under 'Puljens størrelse'?"""
    index = layout.block_at(amount.evidence.span.start)
    before = layout.document.text[layout.blocks[index].span.start : amount.evidence.span.start]
    first = not any(sign.isdigit() for sign in before)
    return first and bool(layout.search(TABLE.rule("size label"), before))


def is_rest(layout: Layout, amount: Amount) -> bool:
    """'De resterende 14,3 mio. kr. er nu i spil': what is offered now of a larger sum."""
    sentence = layout.sentence_at(amount.evidence.span.start)
    at = amount.evidence.span.start - sentence.span.start
    marked = f"{sentence.text[:at]}0{sentence.text[at + len(amount.evidence.quote) :]}"
    return bool(TABLE.rule("offered now").pattern.search(marked)) and not is_first_round(layout, amount)


def is_first_round(layout: Layout, amount: Amount) -> bool:
    """Do the sum's sentence and the next one say that more of the pool is offered later?"""
    block = layout.blocks[layout.block_at(amount.evidence.span.start)].span
    own = layout.sentence_at(amount.evidence.span.start).span
    after = layout.sentence_at(own.end + NEXT).span.end if own.end + NEXT < block.end else own.end
    return bool(TABLE.rule("later round").pattern.search(layout.document.text[own.start : after]))


def is_earlier(layout: Layout, amount: Amount, before: Sequence[Amount]) -> bool:
    """Is this a sum of an earlier round? So says its heading, or the words between it and the sum before."""
    start = amount.evidence.span.start
    begin = max([layout.sentence_at(start).span.start, *(a.evidence.span.end for a in before[-1:])])
    words = layout.document.text[min(begin, start) : start]
    heading = layout.heading(layout.block_at(start))
    return any(layout.search(TABLE.rule("earlier round"), told) for told in (words, heading))


def made_up(amounts: list[Amount]) -> list[Amount]:
    """The sums that neighbouring sums after them make up: '4,8 mio., fordelt med 2,1 i … og 2,7 i …'."""
    found = []
    for i, amount in enumerate(amounts):
        runs = (
            accumulate(a.max_dkk for a in amounts[j : j + LONGEST_RUN]) for j in range(i + 1, len(amounts))
        )
        if any(amount.max_dkk in list(run)[1:] for run in runs):
            found.append(amount)
    return found


def lies_in(place: int, part: Span) -> bool:
    return part.start <= place < part.end
