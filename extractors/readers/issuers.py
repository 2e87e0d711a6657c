"""Who issued a document: a ministry, an agency, the government or the parliament."""

import re
from collections import Counter
from datetime import date

from extractors.layout import Layout
from extractors.rules import load_rules

TABLE = load_rules("bibliography")
GOVERNMENT, PRIME_MINISTER = "Regeringen", "Statsministeriet"
TOP = 8  # blocks in which a page's own issuer stands
LOOK_BACK = 60  # characters before a minister's title


def read_issuer(layout: Layout, day: date | None) -> str | None:
    """Ministry or agency: from the press line, the page's metadata, the top lines, the words of the text.
    `day` is the page's own."""
    publishers = (layout.document.origin.publisher or "").split(" | ")
    if press := press_office(layout):
        return press
    if publishers[0] == GOVERNMENT:
        return GOVERNMENT
    if named := publisher(layout, publishers):
        return named
    return (
        titled(layout)
        or line_office(layout)
        or contact_office(layout)
        or text_office(layout)
        or next(iter(filter(None, publishers)), None)
        or of_account(layout, day)
    )


def press_office(layout: Layout) -> str | None:
    """Whose press answers questions; of a ministry and an agency the ministry where its minister speaks."""
    found = [match["issuer"] for match in layout.reading.matches(TABLE.rule("press line"))]
    ministries = [name for name in found if TABLE.rule("ministry").pattern.fullmatch(name)]
    return next(iter((ministries or found) if minister_offices(layout) else found), None)


def publisher(layout: Layout, publishers: list[str]) -> str | None:
    """The office of the page's metadata, an agency under the name it had."""
    named = [name for name in publishers if is_office(name)]
    named.sort(key=lambda name: name == PRIME_MINISTER)  # it publishes for the others
    if not named:
        return None
    if named[0] == PRIME_MINISTER:
        return next((name for name in minister_offices(layout) if name != PRIME_MINISTER), named[0])
    social = TABLE.rule("social agency").pattern
    then = [name for name in agencies(layout) if social.fullmatch(name)]
    return then[0] if then and social.fullmatch(named[0]) else named[0]


def is_office(name: str) -> bool:
    return any(TABLE.rule(rule).pattern.fullmatch(name.strip()) for rule in ("ministry", "agency"))


def agencies(layout: Layout) -> list[str]:
    """The agencies that the text itself speaks of, those named most first."""
    names = Counter(match[0] for match in layout.reading.matches(TABLE.rule("agency")))
    return [name for name, _ in names.most_common()]


def titled(layout: Layout) -> str | None:
    """The parliament or the government, where the title says that a proposal is theirs."""
    for rule in ("of parliament", "of government"):
        if TABLE.rule(rule).pattern.search(layout.document.title):
            return TABLE.rule(rule).value
    return None


def line_office(layout: Layout) -> str | None:
    """An office on a line of its own or with the date, after 'Kilde:' or 'opdateret … af', signing."""
    top = [layout.words(i).strip() for i in range(1, min(TOP, len(layout.blocks)))]
    alone = sorted(filter(is_office, top), key=lambda name: name == PRIME_MINISTER)
    if alone:
        return alone[0]
    blocks = range(1, len(layout.blocks))
    for rule in ("source line", "updated by", "office and date"):
        for index in blocks if layout.reading.may_have(TABLE.rule(rule)) else ():
            source = layout.says(TABLE.rule(rule), index)
            if source and is_office(source["issuer"]):
                return source["issuer"]
    return None


def contact_office(layout: Layout) -> str | None:
    """The office that a contact line names; an agency only where no minister speaks."""
    found = []
    for index, block in enumerate(layout.blocks):
        words = layout.words(index)
        reached = block.kind == "contact" or layout.zones[index] == "contact"
        if reached or layout.says(TABLE.rule("phone"), index):
            found += [
                m[0] for rule in ("ministry", "agency") for m in TABLE.rule(rule).pattern.finditer(words)
            ]
    ministers = minister_offices(layout)
    fits = (name for name in found if not (ministers and TABLE.rule("agency").pattern.fullmatch(name)))
    return next(fits, None)


def text_office(layout: Layout) -> str | None:
    """The agency of an agency's page, else the ministry named first or its minister's."""
    reading = layout.reading
    agency = next(iter(agencies(layout)), None)
    updated = next(reading.matches(TABLE.rule("update line")), None)
    ministers = minister_offices(layout)
    quoted = any(block.kind == "quote" for block in layout.blocks)
    speaking = speaking_agency(layout)
    if agency and (updated or speaking) and not (quoted and ministers):
        return speaking or agency
    ministries = [m[0] for m in reading.matches(TABLE.rule("ministry"))]
    if ministries and (not ministers or ministries[0] in ministers or not quoted):
        return ministries[0]
    return next(iter(ministers), None) or next(iter(ministries), None) or agency


def speaking_agency(layout: Layout) -> str | None:
    """The agency that the title names, the lead begins with, or whose head is quoted."""
    rule = TABLE.rule("agency").pattern
    title = rule.search(layout.document.title)
    lead = rule.match(layout.words(layout.lead)) if layout.lead else None
    head = next(layout.reading.matches(TABLE.rule("head of agency")), None)
    return title[0] if title else lead[0] if lead else (head["issuer"] or head["issuer2"]) if head else None


def minister_offices(layout: Layout) -> list[str]:
    """The ministries of the ministers that the text names, without those who were it before."""
    found: list[tuple[int, str]] = []
    text = layout.document.text
    for rule in ("minister", "minister for"):
        for match in layout.reading.matches(TABLE.rule(rule)):
            before = text[max(0, match.start() - LOOK_BACK) : match.start()]
            if not TABLE.rule("former").pattern.search(before):
                found.append((match.start(), office_of(match["title"], str(TABLE.rule(rule).value))))
    return [name for _, name in sorted(found)]


def office_of(title: str, form: str) -> str:
    """The ministry of a minister.

    >>> office_of("social- og indenrigs", "{}ministeriet")
    'Social- og Indenrigsministeriet'
    """
    return form.format(re.sub(r"(?<![\wæøå])(?!og\b)[a-zæøå]", lambda m: m[0].upper(), title))


def of_account(layout: Layout, day: date | None) -> str | None:
    """The agency that pays from the account a page names, under the name it had on the page's day."""
    if day is None or next(layout.reading.matches(TABLE.rule("social account")), None) is None:
        return None
    names = TABLE.values["last_day"]
    return next((name for name, last in names.items() if day <= date.fromisoformat(str(last))), None)
