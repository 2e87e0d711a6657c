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
SHORT = 3  # characters before a name in which its bracket opens
CALLED = ("called a method", "so-and-so method", "is a method")


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
    """Methods by pattern: their names stand in compounds ('ACT-metoden') that are one token. Beside
    the known names those that the text itself calls a method."""
    text = layout.document.text
    found: list[tuple[Span, str]] = []
    for match in layout.reading.matches(METHODS.rule("names")):
        word = " ".join(match[0].split())
        before = text[max(0, match.start() - SHORT) : match.start()]
        alias = ALIAS.search(before) and found and method_name(found[-1][1]) == method_name(word)
        if not alias:  # "Critical Time Intervention (CTI)" names it once
            found.append((Span(match.start(), match.end()), word))
    return sorted([*found, *called_methods(layout, [span for span, _ in found])])


def called_methods(layout: Layout, known: list[Span]) -> list[tuple[Span, str]]:
    """Names that the text calls a method, where no known name stands and no organisation's."""
    organisations = load_rules("organisations").values["organisation"]
    found: dict[Span, str] = {}
    taken = {place for span in known for place in range(span.start, span.end)}
    for rule in CALLED:
        for match in layout.reading.matches(METHODS.rule(rule)):
            span = Span(*match.span("name"))
            places = range(span.start, span.end)
            if taken.isdisjoint(places) and match["name"] not in organisations:
                taken.update(places)
                found[span] = " ".join(match["name"].split())
    return list(found.items())


def method_name(word: str) -> str:
    """The name of a method by one of its forms; a form that is not in the table is the name."""
    return str(METHODS.values["method"].get(word, word))


def mentions(layout: Layout, kind: Kind, places: list[tuple[Span, str]]) -> list[NameMention]:
    table = load_rules(f"{kind}s")
    return [
        NameMention(
            Evidence(span, layout.document.quote(span), f"{kind}s/names"),
            kind,
            str(table.values[kind].get(word, word)),
        )
        for span, word in places
        if layout.zones[layout.block_at(span.start)] != "service"
    ]
