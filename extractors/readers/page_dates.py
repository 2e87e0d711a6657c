"""The dates that a page says of itself: when it was published, when it was last updated."""

from extractors.facts import DateRole, TimeExpression, changed
from extractors.layout import Layout
from extractors.rules import load_rules

TABLE = load_rules("bibliography")
TOP = 8  # blocks in which a page's own date line stands
LONGEST_LINE = 60  # characters before the date: a line of its own, not a sentence about something else


def with_page_roles(layout: Layout, dates: list[TimeExpression], agreement: bool) -> list[TimeExpression]:
    """The dates with published and updated marked: a date line at the top, 'Senest opdateret …'. The
    date line of an agreement is the day it was made, which is not when it was published."""
    found = []
    published = False
    for fact in dates:
        role = page_role(layout, fact)
        if role == "published" and (published or agreement):
            role = "agreed" if agreement and not published else "reference"
            published = True
        published |= role == "published"
        found.append(changed(fact, role=role))
    return one_update(found)


def page_role(layout: Layout, fact: TimeExpression) -> DateRole:
    """What the line that holds a full day says of it."""
    if fact.granularity != "day" or fact.basis != "explicit":
        return fact.role
    index = layout.block_at(fact.evidence.span.start)
    block = layout.blocks[index]
    text = layout.document.text
    before = text[block.span.start : fact.evidence.span.start]
    if layout.search(TABLE.rule("updated at the end"), before):
        return "updated"
    far = len(before) >= LONGEST_LINE
    if not far and layout.search(TABLE.rule("update line"), before):
        return "updated"
    return fact.role if far or layout.search(TABLE.rule("deadline line"), before) else line_role(layout, fact)


def line_role(layout: Layout, fact: TimeExpression) -> DateRole:
    """Is the full day the date line of its page?"""
    index = layout.block_at(fact.evidence.span.start)
    block = layout.blocks[index]
    before = layout.document.text[block.span.start : fact.evidence.span.start]
    after = layout.document.text[fact.evidence.span.end : block.span.end]
    if load_rules("date_roles").rule("deadline heading").pattern.search(layout.label(index)):
        return fact.role
    if block.kind == "date_line":
        return "published"
    if not TABLE.rule("after the date").pattern.fullmatch(after):
        return fact.role
    said = layout.search(TABLE.rule("publication line"), before)
    top = index < TOP and not layout.headings[index]
    alone = top and TABLE.rule("before the date").pattern.fullmatch(before)
    return "published" if said or alone else fact.role


def one_update(dates: list[TimeExpression]) -> list[TimeExpression]:
    """Of several update dates the latest is the page's; the others are references."""
    updates = [fact for fact in dates if fact.role == "updated"]
    latest = max((fact.start_on for fact in updates), default=None)
    return [
        changed(fact, role="reference") if fact.role == "updated" and fact.start_on != latest else fact
        for fact in dates
    ]
