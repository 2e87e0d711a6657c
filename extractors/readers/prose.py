"""Initiatives in running text: 'igangsættes et nyt initiativ om partnervold', '15 mio. kr. går til …'."""

import re
from collections.abc import Iterator, Sequence

from corpus.document import Span
from extractors.facts import Amount, Evidence, Initiative
from extractors.language import Sentence
from extractors.layout import Layout
from extractors.ordered import Ordered
from extractors.readers.deeds import read_deeds
from extractors.readers.objects import Part, fits, read_objects, title_of
from extractors.readers.phases import core_title, read_phases, section_phases
from extractors.readers.stakes import is_priced, pointed_at, read_stakes, without_lead
from extractors.rules import load_rules

NAMED = load_rules("initiatives")
TABLE = load_rules("prose")
VERB = load_rules("deeds").rule("verb")
IN_TEXT = ("set aside for", "set up", "money for", "phase noun")
ZONES = frozenset({"body", "lead"})
OURS = frozenset({"part", "pool"})
KEPT = OURS | {"total"}
ASIDE = re.compile(r"”[^”“]*”|“[^”“]*[”“]|\"[^\"]*\"|»[^»«]*«|\([^()]*\)")
ASIDES = re.compile(rf"{ASIDE.pattern}|\s[–—-]\s[^–—.;:0]{{4,90}}\s[–—-](?=\s)")
NUMBER = re.compile(r"^\s*\d{1,2}(?:\.\d{1,2})+\.?\s")  # of a paragraph: '2.1. '
LONGEST_BEFORE = 300  # characters before a verb that say whether it will be done
AFTER = ("to", "done to", "decided", "shall do", "among", "given")  # the titles follow
BEFORE_VERB = (
    "to first",
    "shall be",
    "may spread",
    "subject",
    "better for",
    "gets",
    "gets after",
    "starts",
)  # the title stands before
NAMING = frozenset({"done to"})  # the name of a method may be short
PRICE = 40  # characters before a sum that say what costs it
BEFORE = 90  # characters before a sum that say whose it is
FEW = 3  # initiatives of lists and headings: where there are more, prose only repeats them
SHORT = 4  # characters of a title right after a sum
MANY = 8  # titles of one sentence
SHORTEST, LONGEST = 8, 170  # characters of a title


def find_prose(
    layout: Layout, amounts: Ordered[Amount], listed: int, known: frozenset[int]
) -> list[Initiative]:
    """The initiatives that sentences of the body name; `known` are the kroner of lists and headings."""
    found: list[Initiative] = []
    for n, sentence in enumerate(layout.sentences):
        zone = layout.zones[sentence.block_index]
        if sentence.block.kind != "paragraph" or zone not in ZONES:
            continue
        inside = amounts.inside(sentence.span)
        ours = [a for a in inside if a.role in OURS and (listed < FEW or a.max_dkk not in known)]
        parts = [*paid(sentence, inside, ours)]
        tells = zone == "body" and not elsewhere(layout, sentence) and not is_said(layout, sentence)
        alone = listed < FEW or bool(known and ours and len(ours) == len(inside)) or besides(sentence, inside)
        if tells:
            parts += said(layout, sentence, inside, alone)
        parts += named(layout, sentence, zone == "lead")
        if tells and alone:
            after = following(layout, amounts, n) if not inside else ""
            parts += deeds(layout, sentence, inside, after)
            parts += back(sentence, inside, after) if not parts else ()
        for whole, rule in parts:
            part = without_lead(sentence.text, whole)
            span = Span(sentence.span.start + part.start, sentence.span.start + part.end)
            if not any(span.overlaps(other.evidence.span) for other in found[-MANY:]):
                found.append(initiative(layout, span, rule, part.told))
    return found


def besides(sentence: Sentence, sums: Sequence[Amount]) -> bool:
    """Does a sentence add something to the list before it?"""
    return not sums and bool(TABLE.rule("besides").pattern.match(sentence.text))


def following(layout: Layout, amounts: Ordered[Amount], n: int) -> str:
    """The next sentence of the paragraph, if it has a sum, with sums as '0'."""
    here, after = layout.sentences[n], layout.sentences[n + 1 : n + 2]
    if not after or after[0].block_index != here.block_index:
        return ""
    sums = amounts.inside(after[0].span)
    return masked(after[0], sums) if sums else ""


def deeds(
    layout: Layout, sentence: Sentence, sums: Sequence[Amount], after: str
) -> Iterator[tuple[Part, str]]:
    """What the clauses of a sentence start, spread, try or go on with, and what its sum, or that of
    the sentence `after` it, makes possible."""
    words = masked(sentence, sums)
    places = [(a.evidence.span.start - sentence.span.start, a.role) for a in sums]
    strange = [place for place, role in places if role not in KEPT and not costs(words, place)]
    paid = bool(sums) or (bool(after) and is_priced(after))
    if layout.reading.has_needed(VERB, sentence.span):
        yield from read_deeds(words, paid, strange)
    if not strange:
        yield from read_stakes(words, paid)


def back(sentence: Sentence, sums: Sequence[Amount], after: str) -> Iterator[tuple[Part, str]]:
    """What a sum of the agreement points back at, in its sentence or the one before it."""
    if after or any(amount.role in OURS for amount in sums):
        yield from pointed_at(masked(sentence, sums), bool(after) and is_priced(after))


def costs(words: str, place: int) -> bool:
    """Is a sum what the thing named before it costs?"""
    return bool(TABLE.rule("its price").pattern.search(words, max(0, place - PRICE), place))


def elsewhere(layout: Layout, sentence: Sentence) -> bool:
    """Does the sentence stand in a section on how to apply, or on what was before?"""
    return bool(TABLE.rule("other section").pattern.search(layout.heading(sentence.block_index)))


def is_said(layout: Layout, sentence: Sentence) -> bool:
    """Does the sentence end or begin inside a quotation of several, or stand below who says it?"""
    index = sentence.block_index
    words, at = layout.words(index), layout.blocks[index].span.start
    first, last = sentence.span.start - at, sentence.span.end - at
    for quote in ASIDE.finditer(words):
        inside = max(0, min(last, quote.end()) - max(first, quote.start()))
        if quote.start() < last and quote.end() > first and not first <= quote.start() < quote.end() <= last:
            return inside * 2 > last - first
    below = bool(index and layout.says(NAMED.rule("says"), index - 1))
    return below and bool(layout.says(NAMED.rule("speech"), index))


def masked(sentence: Sentence, sums: Sequence[Amount], aside: bool = True) -> str:
    """The words of a sentence with sums as '0', quotations and brackets blank, all at their places."""
    words = sentence.text
    for amount in sums:
        start = amount.evidence.span.start - sentence.span.start
        end = amount.evidence.span.end - sentence.span.start
        words = words[:start] + "0".ljust(end - start) + words[end:]
    words = TABLE.rule("some sum").pattern.sub(lambda some: "0".ljust(len(some[0])), words)
    words = NUMBER.sub(lambda number: " " * len(number[0]), words)
    return ASIDES.sub(lambda quoted: " " * len(quoted[0]), words) if aside else words


def paid(sentence: Sentence, sums: Sequence[Amount], ours: list[Amount]) -> Iterator[tuple[Part, str]]:
    """What the sums of a sentence that are parts of the agreement go to."""
    words = masked(sentence, sums) if ours else ""
    for amount in ours:
        start = amount.evidence.span.start - sentence.span.start
        if not_ours(words, start, BEFORE):
            continue
        if words[start] == "0" and (match := TABLE.rule("sum to").pattern.match(words, start)):
            yield from ((part, "sum to") for part in read_objects(words, match.end(), SHORT))


def said(
    layout: Layout, sentence: Sentence, sums: Sequence[Amount], alone: bool
) -> Iterator[tuple[Part, str]]:
    """What the verbs of a sentence say is paid for, set up, tried or decided."""
    words = masked(sentence, sums)
    ours = any(amount.role in OURS for amount in sums)
    if ours or (alone and not sums) or (alone and any(a.role == "total" for a in sums)):
        yield from told_of(layout, sentence, words, ours, alone)
        if alone:
            yield from before_verb(layout, sentence, words)
            yield from in_quotes(masked(sentence, sums, aside=False))


def told_of(
    layout: Layout, sentence: Sentence, words: str, ours: bool, alone: bool
) -> Iterator[tuple[Part, str]]:
    """The titles that stand after the verb of a sentence."""
    for name in AFTER if alone else ("done to",):
        for match in layout.find(TABLE.rule(name), words, sentence.span):
            if not_ours(words, match.end()):
                continue
            verb = match.groupdict().get("verb") or ""
            for part in read_objects(words, match.end(), SHORT if ours or name in NAMING else SHORTEST):
                yield Part(part.start, part.end, f"{verb} {part.told}"), name


def before_verb(layout: Layout, sentence: Sentence, words: str) -> Iterator[tuple[Part, str]]:
    """The titles that stand before the verb of a sentence."""
    for name in BEFORE_VERB:
        for match in layout.find(TABLE.rule(name), words, sentence.span):
            group = "title" if match["title"] else "object"
            if not_ours(words, match.end(group)):
                continue
            if name == "better for":  # the whole clause is the title
                yield Part(*match.span("title"), match["verb"]), name
                continue
            title = title_of(words, Part(*match.span(group)))
            if not title or not fits(words, title):
                continue
            if name.startswith("gets") and TABLE.rule("recipient").pattern.search(match["title"]):
                continue
            yield Part(title.start, title.end, match["verb"] or ""), name


def in_quotes(words: str) -> Iterator[tuple[Part, str]]:
    """The names in quotation marks that a sum goes to."""
    for match in TABLE.rule("quoted").pattern.finditer(words):
        if not not_ours(words, match.start()):
            yield Part(*match.span("to" if match["to"] else "title")), "quoted"


def not_ours(words: str, end: int, most: int = LONGEST_BEFORE) -> bool:
    """Do the words before a place say that it was before, may be, or is somebody else's?"""
    return bool(TABLE.rule("not ours").pattern.search(words, max(0, end - most), end))


def named(layout: Layout, sentence: Sentence, lead: bool) -> Iterator[tuple[Part, str]]:
    """The titles that the rules for running text find in a sentence."""
    for name in IN_TEXT if not lead else IN_TEXT[:1]:
        for match in layout.find(NAMED.rule(name), sentence.text, sentence.span):
            for group in ("title", "title2"):
                if match.groupdict().get(group):
                    start, end = match.span(group)
                    if SHORTEST <= end - start <= LONGEST:
                        yield Part(start, end), name


def initiative(layout: Layout, span: Span, rule: str, told: str) -> Initiative:
    words = layout.document.quote(span)
    shorter = re.sub(r"[\s.;,]+$", "", words)
    span = Span(span.start, span.start + len(shorter))
    table = "initiatives" if rule in IN_TEXT else "prose"
    evidence = Evidence(span, shorter, rule if "/" in rule else f"{table}/{rule}")
    title = " ".join(shorter.split())
    phases = read_phases(title) or section_phases([told])
    return Initiative(evidence, title, core_title(title), "prose", phases=phases)
