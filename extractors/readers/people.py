"""People in a public role, with their title as written and their party where the text gives it."""

import re

from corpus.document import Span
from extractors.facts import Evidence, PersonMention
from extractors.layout import Layout
from extractors.reading import find_hits
from extractors.rules import Hit, load_rules

TABLE = load_rules("people")
NAMED = ("name and title", "title and name")
PARTIES = load_rules("parties")
PARTY_AFTER = PARTIES.rule("party of a person").pattern


def find_people(layout: Layout) -> list[PersonMention]:
    """Every person named with a public title."""
    text = layout.document.text
    found = []
    for hit in find_hits(TABLE, layout.reading):
        if hit.rule.name not in NAMED:
            continue
        name = " ".join(hit.match["name"].split())
        if "\n" in hit.match[0] or not is_person(name) or is_contact(layout, hit):
            continue
        name = without_genitive(name, text)
        span = Span(hit.start, hit.end)
        evidence = Evidence(span, text[hit.start : hit.end], f"people/{hit.rule.name}")
        title = " ".join(hit.match["title"].split())
        found.append(PersonMention(evidence, name, title, read_party(layout, hit)))
    return found


def is_contact(layout: Layout, hit: Hit) -> bool:
    """A case worker or press officer among the contacts; politicians may be named there."""
    zone = layout.zones[layout.block_at(hit.start)]
    return zone in {"contact", "service"} and not TABLE.rule("elected").pattern.search(hit.match["title"])


def without_genitive(name: str, text: str) -> str:
    """'Astrid Krags' is Astrid Krag if the text names her so too."""
    bare = name.removesuffix("s")
    return bare if bare != name and re.search(rf"{re.escape(bare)}(?!\w)", text) else name


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
