"""Parties by their official names, and whether they agree, stand outside or are only mentioned."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from corpus.document import Span
from extractors.facts import Evidence, PartyMention, PartyRole, changed
from extractors.language import Sentence
from extractors.layout import Layout
from extractors.rules import load_rules

TABLE = load_rules("parties")
RANK = {"mentioned": 0, "agrees": 1, "outside": 2}
SEVERAL = 2  # parties in one clause that are a list of those who agree
MANY = 3  # letters in a row that are a list of parties, whatever stands around them
EARLY = 4  # blocks after the lead in which a page says who agreed
NEAR = 400  # characters around a list of parties that tell its role; a bound on work, not on meaning
BEFORE = 40  # characters before a bracket that tell whose letters it holds
THIS, OTHER = "§", "¤"  # how the rules see a list of parties, and the other lists of its sentence
EXCLUDED = ("excluded", "excluded after")
NOT_IN = ("not in", "not in after all", "left", "outside before", "says it is not", "voted out")


class Place(NamedTuple):
    """One name of a party in the text."""

    span: Span
    party: str
    rule: str
    genitive: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Parties in a row, as 'Venstre, SF og de Radikale', with the sentence as the rules see it."""

    places: tuple[Place, ...]
    index: int  # of the block
    words: str
    clause: str
    following: str  # the next sentence where it goes on about this run; else empty

    @property
    def genitive(self) -> bool:
        return self.places[-1].genitive


def find_parties(layout: Layout, has_agreement: bool) -> list[PartyMention]:
    """Every mention of a party; a party has one role in a document, its strongest."""
    text = layout.document.text
    found = []
    roles = [(run, read_role(layout, run, has_agreement)) for run in runs(layout, find_places(layout))]
    if has_agreement and not any(role == "agrees" for _, role in roles):  # somebody made it
        roles = [(run, "agrees" if is_list_of_parties(layout, run, role) else role) for run, role in roles]
    for run, role in roles:
        for span, party, rule, _ in run.places:
            evidence = Evidence(span, text[span.start : span.end], f"parties/{rule}")
            found.append(PartyMention(evidence, party, role))
    return strongest(found)


@lru_cache(maxsize=2)
def find_places(layout: Layout) -> tuple[Place, ...]:
    """Every name of a party and every letter that stands for one, in text order. Asked for parties and
    for people."""
    found = {
        place.span: place
        for place in [*letters(layout), *listed_letters(layout), *ballot_letters(layout), *names(layout)]
    }
    return tuple(found[span] for span in sorted(found))


def names(layout: Layout) -> Iterator[Place]:
    rule = TABLE.rule("names")
    for match in layout.reading.matches(rule):
        party = str(TABLE.values["party"][" ".join(match["name"].split())])
        yield Place(Span(*match.span()), party, rule.name, bool(match["genitive"]))


def letters(layout: Layout) -> Iterator[Place]:
    """'regeringen (V, LA og K)' and 'Sophie Løhde (V)': letters between brackets."""
    text = layout.document.text
    for match in layout.reading.matches(TABLE.rule("letters")):
        before = text[max(0, match.start() - BEFORE) : match.start()]
        if TABLE.rule("letters follow").pattern.search(before):
            yield from letters_in(match, "letters")


def listed_letters(layout: Layout) -> Iterator[Place]:
    """'S, V og M' and 'LA og Enhedslisten': letters that are listed without brackets."""
    for match in layout.reading.matches(TABLE.rule("letters in a list")):
        found = list(letters_in(match, "letters in a list"))
        if len(found) >= MANY or TABLE.rule("names").pattern.search(match[0]):
            yield from found


def ballot_letters(layout: Layout) -> Iterator[Place]:
    """'mellem A, V, M, F og Å': letters as on the ballot, after words that only parties follow."""
    for match in layout.reading.matches(TABLE.rule("ballot letters")):
        name = "letters" if match["letters"] else "bracket"
        for found in re.finditer(r"\w+", match[name]):
            party = {**TABLE.values["ballot"], **TABLE.values["letter"]}.get(found[0])
            if party:
                start = match.start(name) + found.start()
                yield Place(Span(start, start + len(found[0])), str(party), "ballot letters")


def letters_in(match: re.Match[str], rule: str) -> Iterator[Place]:
    for found in re.finditer(r"\w+", match[0]):
        if found[0] in TABLE.values["letter"]:
            span = Span(match.start() + found.start(), match.start() + found.end())
            yield Place(span, str(TABLE.values["letter"][found[0]]), rule)


def runs(layout: Layout, places: Sequence[Place]) -> Iterator[Run]:
    """The places by sentence, those that are joined together."""
    for sentence, group in groupby(places, key=lambda place: layout.sentence_at(place.span.start)):
        lists = joined(layout.document.text, list(group))
        words, marks = marked(sentence, lists)
        last = len(lists) - 1
        for number, (run, mark) in enumerate(zip(lists, marks, strict=True)):
            near = words[max(0, mark - NEAR) : mark] + THIS + words[mark + 1 : mark + NEAR]
            following = goes_on(layout, sentence) if number == last else ""
            yield Run(tuple(run), sentence.block_index, near, clause_of(near), following)


def joined(text: str, places: list[Place]) -> list[list[Place]]:
    """Places with nothing but commas, brackets and small words between them belong together."""
    found: list[list[Place]] = []
    for place in places:
        between = text[found[-1][-1].span.end : place.span.start] if found else ""
        if found and found[-1][-1].genitive <= place.genitive and TABLE.rule("joins").pattern.match(between):
            found[-1].append(place)
        else:
            found.append([place])
    return found


def marked(sentence: Sentence, lists: list[list[Place]]) -> tuple[str, list[int]]:
    """The sentence with a sign for every list of parties, and where the signs stand."""
    pieces, marks, at, length = [], [], sentence.span.start, 0
    for run in lists:
        before = sentence.text[at - sentence.span.start : run[0].span.start - sentence.span.start]
        pieces += [before, OTHER]
        length += len(before) + 1
        marks.append(length - 1)
        at = run[-1].span.end
    return "".join([*pieces, sentence.text[at - sentence.span.start :]]), marks


def clause_of(words: str) -> str:
    """The part of a sentence that speaks of this list: 'mens' and 'hvorimod' begin another."""
    return next(part for part in TABLE.rule("clause").pattern.split(words) if THIS in part)


def goes_on(layout: Layout, sentence: Sentence) -> str:
    """The next sentence of the block if it begins with 'Partiet', with the sign for that word."""
    at = bisect_right(layout.sentence_starts, sentence.span.start)
    if at == len(layout.sentences) or layout.sentences[at].block_index != sentence.block_index:
        return ""
    words = layout.sentences[at].text[:NEAR]
    match = TABLE.rule("the party").pattern.match(words)
    return THIS + words[match.end() :] if match else ""


def read_role(layout: Layout, run: Run, has_agreement: bool) -> PartyRole:
    """The role that the sentence gives a list of parties."""
    zone = layout.zones[run.index]
    if zone in {"contact", "service", "quote"}:
        return "mentioned"
    if says(run.words, EXCLUDED):
        return "outside"
    if not has_agreement or says(run.words, ("of a person", "earlier")):
        return "mentioned"
    return role_in_agreement(layout, run)


def role_in_agreement(layout: Layout, run: Run) -> PartyRole:
    """The role of a list of parties in the agreement that the document is about."""
    if says(run.words, ("joined",)):
        return "agrees"
    if is_outside(run):
        return "outside"
    if stands_alone(layout, run):
        return "outside" if is_under_outsiders(layout, run) else "agrees"
    if begins_item(layout, run):
        return "outside" if is_under_outsiders(layout, run) else under_parties(layout, run)
    if layout.zones[run.index] == "fact" and not says(run.words, ("names the parties",)):
        return "mentioned"
    return "agrees" if agrees(run) or is_told_first(layout, run) else "mentioned"


def is_outside(run: Run) -> bool:
    """Does the sentence, or the next one about the same party, say that it is not in it?"""
    head, _, _ = run.words.partition(THIS)
    listed = head.rstrip().endswith(":") and says(head, ("outsiders",))
    told = {run.words, TABLE.rule("aside").pattern.sub(" ", run.words)}
    gone = not run.genitive and any(says(words, NOT_IN) for words in told)
    return listed or gone or says(run.following, NOT_IN)


def says(words: str, names: Sequence[str]) -> bool:
    return any(TABLE.rule(name).pattern.search(words) for name in names)


def agrees(run: Run) -> bool:
    """Is the list named as one of those who agree? One party alone needs the government, another
    list or words of its own beside it."""
    if run.genitive or says(run.clause, ("wishes",)) or not says(run.clause, ("agrees",)):
        return False
    several = len(run.places) >= SEVERAL or OTHER in run.clause
    return several or says(run.clause, ("with the government",))


def is_told_first(layout: Layout, run: Run) -> bool:
    """Does the top of the page list several parties? Those are the ones that agree, whatever verb says
    it, but for what they wish, refuse or did before."""
    block, zone = layout.blocks[run.index], layout.zones[run.index]
    early = zone == "body" and block.kind == "paragraph" and run.index <= layout.lead + EARLY
    return (early or zone in {"title", "lead"}) and members(run) >= MANY and is_plain(run)


def members(run: Run) -> int:
    """How many are listed, the government among them."""
    return len(run.places) + says(run.words, ("beside the government",))


def is_plain(run: Run) -> bool:
    """Does the clause say nothing of the parties that those who agree do not do?"""
    return not run.genitive and not says(run.clause, ("wishes", "turned"))


def is_list_of_parties(layout: Layout, run: Run, role: PartyRole) -> bool:
    """Where no party is said to agree: does a line of text list several without saying more of them?"""
    told = role == "mentioned" and layout.zones[run.index] in {"title", "lead", "body", "fact"}
    early = run.index <= layout.lead + EARLY
    several = members(run) >= (SEVERAL if early else MANY)
    return told and several and is_plain(run) and not says(run.words, ("of a person", "earlier"))


def begins_item(layout: Layout, run: Run) -> bool:
    """A party a bullet, with a word on why: '• Enhedslisten, der ville have flere penge'."""
    item = layout.blocks[run.index].kind == "list_item"
    return item and bool(TABLE.rule("begins").pattern.match(run.words))


def under_parties(layout: Layout, run: Run) -> PartyRole:
    """The role of a party that begins a bullet: does what introduces the list name those who agree?"""
    intro = layout.intros[run.index]
    above = layout.words(intro) if intro is not None else ""
    return "agrees" if says(above, ("names the parties", "are listed")) else "mentioned"


def stands_alone(layout: Layout, run: Run) -> bool:
    """Parties on a line of their own: the signatures of an agreement, or one party a bullet; several
    of them under a heading look like a heading themselves."""
    kind = layout.blocks[run.index].kind
    several = kind == "heading" and run.index > 0 and len(run.places) >= SEVERAL
    return (several or kind in {"paragraph", "list_item"}) and bool(
        TABLE.rule("alone").pattern.match(run.words)
    )


def is_under_outsiders(layout: Layout, run: Run) -> bool:
    """Does what introduces the line, or the sentence before, say that these parties are not in it?"""
    intro = layout.intros[run.index]
    before = layout.document.text[layout.blocks[run.index].span.start : run.places[0].span.start]
    words = [
        layout.heading(run.index),
        layout.label(run.index),
        before,
        *([layout.words(intro)] if intro is not None else []),
    ]
    return any(TABLE.rule("outsiders").pattern.search(above[-NEAR:]) for above in words)


def strongest(found: list[PartyMention]) -> list[PartyMention]:
    best: dict[str, PartyRole] = {}
    for mention in found:
        if mention.party not in best or RANK[mention.role] > RANK[best[mention.party]]:
            best[mention.party] = mention.role
    return [changed(mention, role=best[mention.party]) for mention in found]
