"""What kind of document this is, who issued it, when: its Profile."""

import re

from extractors.facts import DocumentKind, Profile, TimeExpression
from extractors.layout import Layout
from extractors.readers.issuers import GOVERNMENT, is_by_others, read_issuer
from extractors.readers.language_of import language_of
from extractors.rules import load_rules

TABLE = load_rules("bibliography")
TOP = 12  # blocks in which an agreement says between whom it is
FEW = 4  # blocks in which a page says what it is
TWO, THREE = 2, 3  # labels of a form that make a page of that form
ROW = re.compile(r":\s{2}")  # as `key_values` writes a row of two cells
LABEL = re.compile(r"(?<=:)\s")
LONGEST_LABEL = 60  # characters


def read_profile(layout: Layout, dates: list[TimeExpression]) -> Profile:
    """The document's profile; `dates` have their page roles."""
    origin = layout.document.origin
    published = next((fact.start_on for fact in dates if fact.role == "published"), None)
    updated = next((fact.start_on for fact in dates if fact.role == "updated"), None)
    named = next((fact.start_on for fact in dates if fact.granularity == "day"), None)
    day = published or updated or origin.published_on or origin.updated_on or named
    form = read_form(layout)
    issuer = read_issuer(layout, day, form)
    return Profile(
        kind=form or (by_issuer(issuer) if issuer else unsigned(layout)),
        issuer=issuer,
        published_on=published or origin.published_on,
        updated_on=updated or origin.updated_on,
        language=language_of(layout.document.text),
    )


def read_form(layout: Layout) -> DocumentKind | None:
    """The kind of document, by its title, its headings and what its lines say; None for a piece of news,
    whose kind its issuer tells."""
    title = layout.document.title
    lines = [i for i, block in enumerate(layout.blocks) if i and block.kind != "cell"]
    quoted = is_quoted(layout)
    if is_agreement(layout):
        return "agreement"
    needed = TWO - says_form(layout, "pool line")
    if TABLE.rule("pool title").pattern.search(title) or labels(layout, "pool label") >= needed:
        return "pool"
    if is_project(layout) and not quoted:
        return "project"
    publication = TABLE.rule("publication")
    said = layout.reading.may_have(publication) and sum(bool(layout.says(publication, i)) for i in lines)
    if said >= (TWO if is_told(layout) else 1):
        return "publication"
    if TABLE.rule("proposal").pattern.search(title) or proposes(layout):
        return "proposal"
    return None


def is_quoted(layout: Layout) -> bool:
    return any(block.kind in {"quote", "attribution"} for block in layout.blocks)


def is_told(layout: Layout) -> bool:
    """Does someone say something of it? Then it is news, of a publication or an agreement as well."""
    return next(layout.reading.matches(TABLE.rule("says")), None) is not None


def is_agreement(layout: Layout) -> bool:
    """Is this the text of an agreement? So says the title, or the first lines say who made it."""
    title = layout.document.title
    if is_quoted(layout) or any(
        TABLE.rule(name).pattern.search(title) for name in ("pool title", "title tells")
    ):
        return False
    if not TABLE.rule("agreement title").pattern.search(title):
        if not TABLE.rule("agreement and colon").pattern.search(title):
            return False
        top = range(1, min(TOP, len(layout.blocks)))
        if not any(layout.says(TABLE.rule("agreement between"), i) for i in top):
            return False
    return not is_told(layout)


def is_project(layout: Layout) -> bool:
    """Does the page say of its parts that they are a project's?"""
    top = [layout.document.title, layout.words(layout.lead) if layout.lead else ""]
    named = any(TABLE.rule("project title").pattern.search(words) for words in top)
    named = named or says_form(layout, "project line")
    return labels(layout, "project label") + labels(layout, "project period") + named >= THREE


def says_form(layout: Layout, rule: str) -> bool:
    """Does a line under the title say what the page is?"""
    return any(layout.says(TABLE.rule(rule), i) for i in range(1, min(FEW, len(layout.blocks))))


def labels(layout: Layout, rule: str) -> int:
    """How many headings, labels ('Fase: …') and first cells of rows are of a kind."""
    if not layout.reading.may_have(TABLE.rule(rule)):
        return 0
    return sum(
        bool(layout.search(TABLE.rule(rule), head, block.span))
        for i, block in enumerate(layout.blocks)
        if i and may_be_labelled(layout, i)
        if len(head := LABEL.split(layout.words(i), maxsplit=1)[0]) < LONGEST_LABEL
    )


def may_be_labelled(layout: Layout, index: int) -> bool:
    """A heading, a line, the first cell of a row, or what a row of two cells became: 'Frist: 1. maj'."""
    block = layout.blocks[index]
    if block.kind == "list_item":
        return bool(ROW.search(layout.words(index)[:LONGEST_LABEL]))
    return block.kind in {"heading", "paragraph"} or (block.kind == "cell" and not block.column)


def proposes(layout: Layout) -> bool:
    """Is the lead about what the government proposes?"""
    lead = layout.words(layout.lead) if layout.lead else ""
    return bool(layout.search(TABLE.rule("proposal"), lead)) and not load_rules("agreements").rule(
        "decision"
    ).pattern.search(lead)


def unsigned(layout: Layout) -> DocumentKind:
    """A text that names no issuer is a release where its title tells of an agreement, else anybody's."""
    title = layout.document.title
    told = all(TABLE.rule(name).pattern.search(title) for name in ("agreement title", "title tells"))
    return "press_release" if told and not is_by_others(layout, None) else "other"


def by_issuer(issuer: str) -> DocumentKind:
    if TABLE.rule("agency").pattern.fullmatch(issuer):
        return "news"
    if TABLE.rule("ministry").pattern.fullmatch(issuer) or issuer == GOVERNMENT:
        return "press_release"
    return "other"
