"""The government as one of those who make the agreement that a document is about."""

from collections.abc import Iterable

from corpus.document import Span
from extractors.facts import Evidence, GovernmentMention, PartyMention
from extractors.layout import Layout
from extractors.rules import load_rules

TABLE = load_rules("governments")
BEFORE = 40  # characters before the word that tell whose government it is
NOT_TOLD = frozenset({"quote", "contact", "service"})


def find_government(layout: Layout, parties: Iterable[PartyMention]) -> list[GovernmentMention]:
    """The first place where the government stands beside parties that agree, or is said to agree."""
    agreeing = {
        layout.sentence_at(party.evidence.span.start).span for party in parties if party.role == "agrees"
    }
    text, rule = layout.document.text, TABLE.rule("government")
    for match in layout.reading.matches(rule):
        sentence = layout.sentence_at(match.start())
        before = text[max(sentence.span.start, match.start() - BEFORE) : match.start()]
        told = layout.zones[sentence.block_index] not in NOT_TOLD
        if not told or TABLE.rule("another").pattern.search(before):
            continue
        if sentence.span in agreeing or TABLE.rule("agrees").pattern.search(sentence.text):
            return [GovernmentMention(Evidence(Span(*match.span()), match[0], rule.key))]
    return []
