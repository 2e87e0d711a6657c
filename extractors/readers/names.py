"""Organisations, methods and target groups by their names."""

import re
from typing import Literal

from corpus.document import Span
from extractors.facts import Evidence, NameMention
from extractors.language import find_phrases
from extractors.layout import Layout
from extractors.rules import load_rules, squash

METHODS = load_rules("methods")
Kind = Literal["organisation", "method", "target_group"]
ALIAS = re.compile(r"\(\s*$")


def find_names(layout: Layout) -> list[NameMention]:
    """Every mention of a known name, in text order within each kind."""
    organisations = named(layout, "organisations", "organisation")
    rule = load_rules("target_groups").rule("names")
    groups = [(Span(*m.span()), squash(m["name"])) for m in layout.reading.matches(rule)]
    return [
        *mentions(layout, "organisation", organisations),
        *mentions(layout, "method", methods(layout)),
        *mentions(layout, "target_group", groups),
    ]


def named(layout: Layout, table: str, kind: str) -> list[tuple[Span, str]]:
    """Where the names of a table stand. Tokens decide where a name ends, and are made only of the
    sentences with letters of a name."""
    places = layout.reading.needed(load_rules(table).rule("names"))
    sentences = dict.fromkeys(layout.sentence_at(place) for place in places)
    return [found for sentence in sentences for found in find_phrases(sentence, table, kind)]


def methods(layout: Layout) -> list[tuple[Span, str]]:
    """Methods by pattern: their names stand in compounds ('ACT-metoden') that are one token."""
    text = layout.document.text
    found: list[tuple[Span, str]] = []
    for match in layout.reading.matches(METHODS.rule("names")):
        name = METHODS.values["method"][match[0]]
        before = text[: match.start()]
        alias = ALIAS.search(before[-3:]) and found and METHODS.values["method"][found[-1][1]] == name
        if not alias:  # "Critical Time Intervention (CTI)" names it once
            found.append((Span(match.start(), match.end()), match[0]))
    return found


def mentions(layout: Layout, kind: Kind, places: list[tuple[Span, str]]) -> list[NameMention]:
    table = load_rules(f"{kind}s")
    return [
        NameMention(
            Evidence(span, layout.document.quote(span), f"{kind}s/names"),
            kind,
            str(table.values[kind][word]),
        )
        for span, word in places
        if layout.zones[layout.block_at(span.start)] != "service"
    ]
