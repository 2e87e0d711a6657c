"""People in a public role, with their title as written and their party where the text gives it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from corpus.document import Span
from extractors.facts import Evidence, PersonMention
from extractors.layout import Layout
from extractors.readers.parties import find_places
from extractors.rules import load_rules

TABLE = load_rules("people")
PARTIES = load_rules("parties")
PARTY_AFTER = PARTIES.rule("party of a person").pattern
PARTY_NAMES = PARTIES.rule("names").pattern
NEAR = 130  # characters before and after a title in which its person is named
PARTY_NEAR = 60  # characters after a name in which its party follows
GENITIVE = re.compile(r"(?:['’´]s?|(?<=sen)s)$")
LETTER = re.compile(r"\s\((?P<letter>[A-ZÆØÅ]{1,3})\)")


class Found(NamedTuple):
    """A person as one title names him or her."""

    span: Span
    name: str
    title: str
    party: str | None
    rule: str


def find_people(layout: Layout) -> list[PersonMention]:
    """Every person named with a public title, and politicians named with their party only."""
    titled = [found for found in [*by_title(layout), *by_plural(layout)] if is_public(layout, found)]
    untitled = list(by_party(layout))
    text = layout.document.text
    names = {name: without_genitive(name, text) for name in {found.name for found in titled + untitled}}
    known = {names[found.name] for found in titled}
    taken = {place for found in titled for place in range(found.span.start, found.span.end)}
    bare = [f for f in untitled if names[f.name] not in known and f.span.end - 1 not in taken]
    people = sorted([*titled, *bare], key=lambda f: f.span)
    return [mention(layout, found, names[found.name]) for found in people]


def mention(layout: Layout, found: Found, name: str) -> PersonMention:
    evidence = Evidence(found.span, layout.document.quote(found.span), f"people/{found.rule}")
    return PersonMention(evidence, name, found.title, found.party)


def by_title(layout: Layout) -> Iterator[Found]:
    """'Socialminister N.N.', 'direktør i X, N.N.,' and 'N.N., der er formand': a title and its one name."""
    end = 0
    for match in layout.reading.matches(TABLE.rule("title")):
        block = layout.blocks[layout.block_at(match.start())].span
        before = layout.document.text[max(block.start, end, match.start() - NEAR) : match.start()]
        after = layout.document.text[match.end() : min(block.end, match.end() + NEAR)]
        found = read_titled(layout, match, before, after)
        if found:
            end = found.span.end
            yield found


def read_titled(layout: Layout, match: re.Match[str], before: str, after: str) -> Found | None:
    """The name right after a title, else right before it, else after a comma or a place."""
    title = " ".join(match["title"].split())
    first = TABLE.rule("name after").pattern.match(after)
    preceding = TABLE.rule("name before").pattern.search(before)
    placed = TABLE.rule("name after a place").pattern.match(after)
    direct = first if first and not first["comma"] else None
    for found in (direct, preceding, first, placed):
        name = read_name(found)
        if found is None or not is_person(name):
            continue
        start, end = match.span()
        if found is preceding:
            start += found.start() - len(before)
            between = PARTY_NAMES.search(before[found.end("name") :])
            party = read_party(found["letter"], "", after) or (between and party_of(between))
        else:
            letter = LETTER.match(after, found.end())
            end += letter.end() if letter else found.end()
            party = read_party(letter and letter["letter"], before, after[: found.end()])
            party = party or party_after(after[found.end() :])
        return Found(Span(start, end), name, title, party, "title")
    return None


def read_name(found: re.Match[str] | None) -> str:
    """The words of the group in which a rule found a name; empty if there is none."""
    groups = found.groupdict() if found else {}
    return " ".join((groups.get("name") or groups.get("name_b") or groups.get("name_c") or "").split())


def read_party(letter: str | None, before: str, after: str) -> str | None:
    """The party in brackets, or whose title it is, or right after the title."""
    if letter in PARTIES.values["letter"]:
        return str(PARTIES.values["letter"][str(letter)])
    owners = [found for found in PARTY_NAMES.finditer(before) if not before[found.end() :].strip(" ,")]
    if owners:
        return party_of(owners[0])
    return party_after(after)


def party_of(match: re.Match[str]) -> str:
    """The party that the rule for names found."""
    return str(PARTIES.values["party"][" ".join(match["name"].split())])


def party_after(after: str) -> str | None:
    match = PARTY_AFTER.match(after[:PARTY_NEAR])
    return str(PARTIES.values["party"][" ".join(match["party"].split())]) if match else None


def by_plural(layout: Layout) -> Iterator[Found]:
    """'Ministrene A.A. og B.B.': several names with one title."""
    for match in layout.reading.matches(TABLE.rule("several")):
        for name in TABLE.rule("one of several").pattern.finditer(match["names"]):
            start = match.start("names")
            span = Span(start + name.start(), start + name.end())
            if is_person(name["name"]):
                yield Found(
                    span, read_name(name), match["title"], read_party(name["letter"], "", ""), "several"
                )


def by_party(layout: Layout) -> Iterator[Found]:
    """'Rosa Lund (EL)', 'Enhedslistens Rosa Lund': a name with a party and no title."""
    text = layout.document.text
    for place in find_places(layout):
        block = layout.blocks[layout.block_at(place.span.start)].span
        begin = max(block.start, place.span.start - PARTY_NEAR)
        found = TABLE.rule("name before a party").pattern.search(text[begin : place.span.start])
        start, end = begin + (found.start() if found else 0), place.span.end
        if place.genitive:
            after = text[place.span.end : min(block.end, place.span.end + PARTY_NEAR)]
            found = TABLE.rule("name after a party").pattern.match(after)
            start, end = place.span.start, place.span.end + (found.end() if found else 0)
        if found and is_person(read_name(found)):
            yield Found(Span(start, end), read_name(found), "", place.party, "name before a party")


def is_public(layout: Layout, found: Found) -> bool:
    """Not a case worker or press officer among the contacts; politicians may be named there."""
    if TABLE.rule("elected").pattern.search(found.title):
        return True
    index = layout.block_at(found.span.start)
    sentence = layout.sentence_at(found.span.start).span
    start, end = max(sentence.start, found.span.start - NEAR), min(sentence.end, found.span.end + NEAR)
    contact = TABLE.rule("contact line").pattern.search(layout.document.text, start, end)
    return layout.zones[index] not in {"contact", "service"} and not contact


def without_genitive(name: str, text: str) -> str:
    """'Astrid Krags' is Astrid Krag if the text names her so too; 'Hansens' is always Hansen."""
    if GENITIVE.search(name):
        return GENITIVE.sub("", name)
    bare = name.removesuffix("s")
    return bare if bare != name and re.search(rf"{re.escape(bare)}(?!\w)", text) else name


def is_person(name: str) -> bool:
    """A name of two words at least, none of them a party or an organisation."""
    if " " not in name or "\n" in name:
        return False
    rules = (PARTY_NAMES, TABLE.rule("no person").pattern, TABLE.rule("title").pattern)
    return not any(pattern.search(name) for pattern in rules)
