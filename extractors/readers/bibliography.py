"""What kind of document this is, who issued it, when: its Profile."""

import re
from collections import Counter

from extractors.facts import DocumentKind, Profile, TimeExpression, changed
from extractors.layout import Layout
from extractors.readers.language_of import language_of
from extractors.rules import load_rules

TABLE = load_rules("bibliography")
GOVERNMENT, PRIME_MINISTER = "Regeringen", "Statsministeriet"
TOP = 8  # blocks in which a page's own date line and issuer stand
TWO = 2  # headings of a form that make a page of that form


def with_page_roles(layout: Layout, dates: list[TimeExpression]) -> list[TimeExpression]:
    """The dates with published and updated marked: a date line at the top, 'Senest opdateret …'."""
    found = []
    published = False
    for fact in dates:
        index = layout.block_at(fact.evidence.span.start)
        block = layout.blocks[index]
        before = layout.document.text[block.span.start : fact.evidence.span.start]
        if fact.granularity == "day" and fact.basis == "explicit" and is_update(layout, index, before):
            found.append(changed(fact, role="updated"))
        elif block.kind == "date_line" and fact.granularity == "day" and not published:
            published = True
            found.append(changed(fact, role="published"))
        else:
            found.append(fact)
    return one_update(found)


def is_update(layout: Layout, index: int, before: str) -> bool:
    """Does the line say that the page was updated on this day?"""
    said = layout.search(TABLE.rule("update line"), before)
    return bool(said) and len(before) < 60  # noqa: PLR2004 a line of its own, not a sentence about something else


def one_update(dates: list[TimeExpression]) -> list[TimeExpression]:
    """Of several update dates the latest is the page's; the others are references."""
    updates = [fact for fact in dates if fact.role == "updated"]
    latest = max((fact.start_on for fact in updates), default=None)
    return [
        changed(fact, role="reference") if fact.role == "updated" and fact.start_on != latest else fact
        for fact in dates
    ]


def read_profile(layout: Layout, dates: list[TimeExpression]) -> Profile:
    """The document's profile; `dates` have their page roles."""
    origin = layout.document.origin
    published = next((fact.start_on for fact in dates if fact.role == "published"), None)
    updated = next((fact.start_on for fact in dates if fact.role == "updated"), None)
    issuer = read_issuer(layout)
    return Profile(
        kind=read_kind(layout, issuer),
        issuer=issuer,
        published_on=published or origin.published_on,
        updated_on=updated or origin.updated_on,
        language=language_of(layout.document.text),
    )


def read_issuer(layout: Layout) -> str | None:
    """Ministry or agency: from the press line, the page's metadata, the top lines, the words of the text."""
    document = layout.document
    press = next(layout.reading.matches(TABLE.rule("press line")), None)
    if press:
        return press["issuer"]
    publishers = (document.origin.publisher or "").split(" | ")
    if publishers[0] == GOVERNMENT:
        return GOVERNMENT
    named = [name for name in publishers if is_office(name)]
    named.sort(key=lambda name: name == PRIME_MINISTER)  # it publishes for the others
    agency = body_agency(layout)
    if named:
        is_agency = TABLE.rule("agency").pattern.fullmatch(named[0])
        return agency if is_agency and agency else named[0]
    return top_office(layout) or text_office(layout, agency) or next(iter(filter(None, publishers)), None)


def is_office(name: str) -> bool:
    return any(TABLE.rule(rule).pattern.fullmatch(name.strip()) for rule in ("ministry", "agency"))


def body_agency(layout: Layout) -> str | None:
    """The agency that the text itself speaks of most, under the name it had."""
    names = Counter(match[0] for match in layout.reading.matches(TABLE.rule("agency")))
    own = {name: n for name, n in names.items() if "Social" in name} or names
    return max(own, key=lambda name: (own[name], name)) if own else None


def top_office(layout: Layout) -> str | None:
    """A ministry's name on a line of its own at the top, or after 'Kilde:'."""
    for index in range(1, min(TOP, len(layout.blocks))):
        if is_office(layout.words(index)):
            return layout.words(index)
    for index in range(len(layout.blocks)):
        source = layout.search(TABLE.rule("source line"), layout.words(index))
        if source and is_office(source["issuer"]):
            return source["issuer"]
    return None


def text_office(layout: Layout, agency: str | None) -> str | None:
    """The agency of an agency's page, else the ministry named first or its minister's."""
    reading = layout.reading
    updated = next(reading.matches(TABLE.rule("update line")), None)
    ministers = [office_of(m["title"]) for m in reading.matches(TABLE.rule("minister"))]
    quoted = any(block.kind == "quote" for block in layout.blocks)
    if agency and updated and not (quoted and ministers):
        return agency
    ministries = [m[0] for m in reading.matches(TABLE.rule("ministry"))]
    if ministries and (not ministers or ministries[0] in ministers or not quoted):
        return ministries[0]
    return next(iter(ministers), None) or next(iter(ministries), None) or agency


def office_of(title: str) -> str:
    """The ministry of a minister.

    >>> office_of("social- og indenrigs")
    'Social- og Indenrigsministeriet'
    """
    return re.sub(r"(?<![\wæøå])(?!og\b)[a-zæøå]", lambda m: m[0].upper(), title) + "ministeriet"


def read_kind(layout: Layout, issuer: str | None) -> DocumentKind:
    """The kind of document, by its title, its headings and what its lines say."""
    title = layout.document.title
    headings = [layout.words(i) for i, block in enumerate(layout.blocks) if block.kind == "heading"][1:]
    lines = [layout.words(i) for i, block in enumerate(layout.blocks) if i and block.kind != "cell"]
    pools = sum(bool(layout.search(TABLE.rule("pool heading"), h)) for h in headings)
    projects = sum(bool(layout.search(TABLE.rule("project heading"), h)) for h in headings)
    quoted = any(block.kind in {"quote", "attribution"} for block in layout.blocks)
    if TABLE.rule("pool title").pattern.search(title) or pools >= TWO:
        return "pool"
    if projects >= TWO and not quoted:
        return "project"
    if any(layout.search(TABLE.rule("publication"), line) for line in lines):
        return "publication"
    if TABLE.rule("proposal").pattern.search(title) or proposes(layout):
        return "proposal"
    if TABLE.rule("agreement title").pattern.search(title) and not quoted:
        return "agreement"
    return by_issuer(issuer)


def proposes(layout: Layout) -> bool:
    """Is the lead about what the government proposes?"""
    lead = layout.words(layout.lead) if layout.lead else ""
    return bool(layout.search(TABLE.rule("proposal"), lead)) and not load_rules("agreements").rule(
        "decision"
    ).pattern.search(lead)


def by_issuer(issuer: str | None) -> DocumentKind:
    if issuer is None:
        return "other"
    if TABLE.rule("agency").pattern.fullmatch(issuer):
        return "news"
    if TABLE.rule("ministry").pattern.fullmatch(issuer) or issuer == GOVERNMENT:
        return "press_release"
    return "other"
