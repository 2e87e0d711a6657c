"""Parties by their official names, and whether they agree, stand outside or are only mentioned."""

import re
from collections import Counter

from corpus.document import Span
from extractors.facts import Evidence, PartyMention, PartyRole, changed
from extractors.layout import Layout
from extractors.readers.names import named
from extractors.rules import load_rules

TABLE = load_rules("parties")
RANK = {"mentioned": 0, "agrees": 1, "outside": 2}
SEVERAL = 2  # parties in one sentence that are a list of those who agree


def find_parties(layout: Layout, has_agreement: bool) -> list[PartyMention]:
    """Every mention of a party; a party has one role in a document, its strongest."""
    text = layout.document.text
    places = [(span, str(TABLE.values["party"][word]), "names") for span, word in names(layout)]
    places += letters(layout)
    by_sentence = Counter(layout.sentence_at(span.start).span for span, _, _ in places)
    found = []
    for span, party, rule in sorted(places):
        evidence = Evidence(span, text[span.start : span.end], f"parties/{rule}")
        several = by_sentence[layout.sentence_at(span.start).span] >= SEVERAL
        role = read_role(layout, span, several) if has_agreement else "mentioned"
        found.append(PartyMention(evidence, party, role))
    return strongest(found)


def names(layout: Layout) -> list[tuple[Span, str]]:
    return named(layout, "parties", "party")


def letters(layout: Layout) -> list[tuple[Span, str, str]]:
    """'regeringen (V, LA og K)': the letters of parties that are listed, not those after a person."""
    text = layout.document.text
    found = []
    for match in layout.reading.matches(TABLE.rule("letters")):
        if not layout.search(TABLE.rule("letters follow"), text[max(0, match.start() - 40) : match.start()]):
            continue
        for letter in re.finditer(r"[A-Z]+", match["letters"]):
            start = match.start("letters") + letter.start()
            party = str(TABLE.values["letter"][letter[0]])
            found.append((Span(start, start + len(letter[0])), party, "letters"))
    return found


def read_role(layout: Layout, span: Span, several: bool) -> PartyRole:
    """The role that the sentence gives a party."""
    index = layout.block_at(span.start)
    zone = layout.zones[index]
    if zone in {"contact", "service", "quote"}:
        return "mentioned"
    sentence = layout.sentence_at(span.start)
    before = sentence.text[: span.start - sentence.span.start]
    after = sentence.text[span.end - sentence.span.start :]
    if layout.search(TABLE.rule("outside after"), before) or is_outside(after):
        return "outside"
    if layout.search(TABLE.rule("wishes"), sentence.text) and not layout.search(
        TABLE.rule("agrees"), sentence.text
    ):
        return "mentioned"
    if stands_alone(layout, index, span):
        return "agrees"
    agrees = layout.search(TABLE.rule("agrees"), sentence.text)
    return "agrees" if agrees and several and zone != "fact" else "mentioned"


def is_outside(after: str) -> bool:
    """Does what follows, up to the end of the list of parties, say that they are not in it?"""
    return bool(TABLE.rule("outside before").pattern.match(after))


def stands_alone(layout: Layout, index: int, span: Span) -> bool:
    """A party on a line of its own among others: the signatures of an agreement."""
    words = layout.words(index).strip(" ,.")
    return len(words) <= span.end - span.start + 4 and layout.blocks[index].kind in {
        "paragraph",
        "list_item",
    }


def strongest(found: list[PartyMention]) -> list[PartyMention]:
    best: dict[str, PartyRole] = {}
    for mention in found:
        if mention.party not in best or RANK[mention.role] > RANK[best[mention.party]]:
            best[mention.party] = mention.role
    return [changed(mention, role=best[mention.party]) for mention in found]
