"""Claims about how many initiatives there are: 'fem nye initiativer' is 5, of this agreement."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import cast

from corpus.document import Span
from extractors.facts import AgreementKind, CountClaim, Evidence, Initiative, Scope, changed
from extractors.layout import Layout
from extractors.reading import find_hits
from extractors.rules import Hit, load_rules

TABLE = load_rules("counts")
SCOPES = load_rules("count_scopes")
AREAS = ("of an area", "area first", "of one office")  # so also in a title
SCOPE_NAMES = ("part", "other", "cumulative")
PARTS = ("some of them", "so many of")
SOME = frozenset(f"counts/{name}" for name in PARTS)
NEAR = 300  # characters around a count that tell its scope

MOST_OF = 0.7  # share of the initiatives found that a total has at least; some found may be none


@dataclass(frozen=True, slots=True)
class Whole:
    """What the total of a document's initiatives cannot contradict."""

    agreement: AgreementKind | None  # the document's own
    named: tuple[Initiative, ...] = ()  # in its lists, headings and tables
    totals: tuple[Span, ...] = ()  # where its total is said
    some: bool = False  # those that are named get far less than the total
    full_text: bool = False  # of the agreement, not news of it


def find_counts(layout: Layout, whole: Whole) -> list[CountClaim]:
    """Every count of initiatives with its scope; total only in a document about an agreement."""
    text = layout.document.text
    found: list[CountClaim] = []
    for hit in find_hits(TABLE, layout.reading):
        if layout.blocks[layout.block_at(hit.start)].kind == "cell":
            continue
        span = Span(hit.start, hit.end)
        evidence = Evidence(span, text[hit.start : hit.end], f"counts/{hit.rule.name}")
        scope = within_earlier(layout, hit, read_scope(layout, hit, whole), found)
        found.append(CountClaim(evidence, read_number(hit), scope, hit.group("noun")))
    found = echoed(layout, found)
    return settle_totals(layout, fewer(layout, found, whole)) if whole.agreement else without_total(found)


def echoed(layout: Layout, found: list[CountClaim]) -> list[CountClaim]:
    """The counts with 'de fire indsatser' as a part where 'fire af initiativerne' went before."""
    some: set[int] = set()
    kept = []
    for claim in found:
        start = claim.evidence.span.start
        before = layout.document.text[max(0, start - NEAR) : start]
        if claim.evidence.rule in SOME:
            some.add(claim.number)
        said = claim.number in some and SCOPES.rule("the said").pattern.search(before)
        kept.append(changed(claim, scope="part") if said and claim.scope == "total" else claim)
    return kept


def fewer(layout: Layout, found: list[CountClaim], whole: Whole) -> list[CountClaim]:
    """The counts with those that cannot be the total as parts: said once below the top, and of far fewer
    initiatives than are named, or in the text of one of them."""
    totals = Counter(claim.number for claim in found if claim.scope == "total")
    headed = {layout.block_at(i.evidence.span.start) for i in whole.named if i.form == "heading"}
    most = MOST_OF * len(whole.named)
    return [
        changed(claim, scope="part")
        if claim.scope == "total"
        and (
            is_of_shown(layout, claim, whole)
            or (
                totals[claim.number] == 1
                and is_of_some(layout, claim)
                and (
                    claim.number < most
                    or not headed.isdisjoint(layout.headings[block_of(layout, claim)][-1:])
                )
            )
        )
        else claim
        for claim in found
    ]


def is_of_shown(layout: Layout, claim: CountClaim, whole: Whole) -> bool:
    """Does a count below the top tell only how many are shown: of a finance act, which holds more than
    any news of it, or where those shown get far less than the total?"""
    if layout.zones[block_of(layout, claim)] in {"title", "lead"}:
        return False
    news = whole.agreement == "finance_act" and not whole.full_text
    return news or (whole.some and claim.number <= len(whole.named))


def block_of(layout: Layout, claim: CountClaim) -> int:
    return layout.block_at(claim.evidence.span.start)


def is_of_some(layout: Layout, claim: CountClaim) -> bool:
    """Does a count stand below the top, and without 'de' or 'alle' before it?"""
    start = claim.evidence.span.start
    before = layout.document.text[layout.sentence_at(start).span.start : start]
    top = layout.zones[block_of(layout, claim)] in {"title", "lead"}
    return not top and not SCOPES.rule("all of them").pattern.search(f"{before}0")


def without_total(found: list[CountClaim]) -> list[CountClaim]:
    """Without an agreement of the document's own there is no total, and parts only of what was begun
    over the years, or of those that are named as some of another's."""
    kept = {"cumulative", "part"} if any(claim.scope == "cumulative" for claim in found) else set()
    some = {claim.number for claim in found if claim.evidence.rule in SOME and claim.scope == "part"}
    return [
        claim
        if claim.scope in kept or (claim.scope == "part" and claim.number in some)
        else changed(claim, scope="other")
        for claim in found
    ]


def read_number(hit: Hit) -> int:
    """'25' and 'femogtyve' are 25: a unit before the ten."""
    word = hit.group("number")
    if word.isdigit():
        return int(word)
    if word in TABLE.values["word"]:
        return int(TABLE.worth("word", word))
    ten = max((ten for ten in TABLE.values["word"] if word.endswith(ten)), key=len)
    units = [unit for unit in TABLE.values["word"] if word.startswith(unit)]
    return int(TABLE.worth("word", ten)) + (int(TABLE.worth("word", max(units, key=len))) if units else 1)


def read_scope(layout: Layout, hit: Hit, whole: Whole) -> Scope:
    if hit.rule.name in PARTS:
        return "part"
    sentence = layout.sentence_at(hit.start)
    start, end = hit.start - sentence.span.start, hit.end - sentence.span.start
    marked = f"{sentence.text[max(0, start - NEAR) : start]}0{sentence.text[end : end + NEAR]}"
    of_all = SCOPES.rule("some of all").pattern.search(marked)
    for rule in (rule for rule in SCOPES.rules if rule.value in SCOPE_NAMES):
        if rule.value == "part" and of_all:
            continue
        in_title = rule.value == "part" and sentence.block_index == 0  # a title tells the whole
        words = marked if rule.value != "part" else f"{marked} {hit.match[0]}"
        match = None if in_title and rule.name not in AREAS else rule.pattern.search(words)
        if match and is_less(layout, match, whole, sentence.span):
            return cast(Scope, rule.value)
    return "total"


def within_earlier(layout: Layout, hit: Hit, scope: Scope, before: list[CountClaim]) -> Scope:
    """The scope by what stands above or before: 'heraf to' of what another agreement held is of that one,
    and what follows 'ministeriets andel' is a part."""
    index = layout.block_at(hit.start)
    if layout.search(SCOPES.rule("earlier rounds"), layout.heading(index)):
        return "other" if scope == "total" or is_of_earlier(layout, hit, before) else scope
    if scope == "part" and is_of_earlier(layout, hit, before):
        return "other"
    above = layout.document.text[layout.blocks[index].span.start : hit.start]
    if scope == "total" and index and layout.search(SCOPES.rule("share of one office"), above):
        return "part"
    return scope


def is_of_earlier(layout: Layout, hit: Hit, before: list[CountClaim]) -> bool:
    """Does 'heraf' point to a count just before that is no count of this agreement?"""
    last = before[-1] if before else None
    if last is None or last.scope != "other" or block_of(layout, last) != layout.block_at(hit.start):
        return False
    start = max(last.evidence.span.end, layout.sentence_at(hit.start).span.start)
    words = f"{layout.document.text[start : hit.start]}0"
    return bool(SCOPES.rule("part of those").pattern.search(words))


def is_less(layout: Layout, match: re.Match[str], whole: Whole, sentence: Span) -> bool:
    """'fire initiativer på socialområdet' are some of an agreement, unless it is about that area: then
    its title names it, or the sentence has the total. The reserve is always for several areas, and the
    tasks of one office are some, but for a programme that is one office's."""
    if match.groupdict().get("office") and whole.agreement == "uip":
        return False  # one agency carries out all of it
    area = match.groupdict().get("area")
    if area is None or whole.agreement == "reserve":
        return True
    with_total = any(sentence.contains(span) for span in whole.totals)
    return not with_total and area.casefold() not in layout.document.title.casefold()


def is_quoted(layout: Layout, claim: CountClaim) -> bool:
    """Does someone say it? A quotation is often a list item, for its dash."""
    return layout.blocks[block_of(layout, claim)].kind in {"quote", "list_item"}


def settle_totals(layout: Layout, found: list[CountClaim]) -> list[CountClaim]:
    """An agreement has one number of initiatives: the one said most, on a tie the one that is told and
    not quoted, then the largest."""
    totals = Counter(claim.number for claim in found if claim.scope == "total")
    if not totals:
        return found
    told = {c.number for c in found if c.scope == "total" and not is_quoted(layout, c)}
    best = max(totals, key=lambda number: (totals[number], number in told, number))
    parts = (claim for claim in found if claim.scope == "part")
    text = (
        claim.number
        for claim in parts
        if layout.zones[block_of(layout, claim)] != "quote" and not is_quoted(layout, claim)
    )
    if best < max(text, default=0):  # what somebody says of 'ti projekter' is no part of this agreement
        return [changed(claim, scope="part") if claim.scope == "total" else claim for claim in found]
    return [
        claim
        if claim.scope != "total" or claim.number == best
        else CountClaim(
            claim.evidence, claim.number, "part" if claim.number < best else "other", claim.of_what
        )
        for claim in found
    ]
