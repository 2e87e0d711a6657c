"""People in a public role, with their title as written and their party where the text gives it."""

from corpus.document import Span
from extractors.facts import Evidence, PersonMention
from extractors.layout import Layout
from extractors.rules import Hit, find_hits, load_rules

TABLE = load_rules("people")
PARTIES = load_rules("parties")
PARTY_AFTER = PARTIES.rule("party of a person").pattern


def find_people(layout: Layout) -> list[PersonMention]:
    """Every person named with a public title."""
    text = layout.document.text
    found = []
    for hit in find_hits(TABLE, text):
        name = " ".join(hit.match["name"].split())
        if "\n" in hit.match[0] or not is_person(name):
            continue
        span = Span(hit.start, hit.end)
        evidence = Evidence(span, text[hit.start : hit.end], f"people/{hit.rule.name}")
        title = " ".join(hit.match["title"].split())
        found.append(PersonMention(evidence, name, title, read_party(layout, hit)))
    return found


def is_person(name: str) -> bool:
    """A name of two words at least, none of them a party."""
    return not PARTIES.rule("names").pattern.search(name)


def read_party(layout: Layout, hit: Hit) -> str | None:
    """The party in brackets, or right after the title."""
    letter = hit.match.groupdict().get("letter")
    if letter and letter in PARTIES.values["letter"]:
        return str(PARTIES.values["letter"][letter])
    match = PARTY_AFTER.match(layout.document.text[hit.end : hit.end + 60])
    return str(PARTIES.values["party"][" ".join(match["party"].split())]) if match else None
