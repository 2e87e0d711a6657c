"""Who issued a document: a ministry, an agency, the government or the parliament."""

from collections import Counter
from datetime import date

from extractors.facts import DocumentKind
from extractors.layout import Layout
from extractors.readers.offices import minister_offices, social_agency, then_called
from extractors.rules import load_rules

TABLE = load_rules("bibliography")
GOVERNMENT, PRIME_MINISTER = "Regeringen", "Statsministeriet"
FIRST = 3  # blocks in which a page says who writes
VOICES = 2  # sentences that say 'vi'
TOP = 8  # blocks in which a page's own issuer stands


def read_issuer(layout: Layout, day: date | None, form: DocumentKind | None) -> str | None:
    """Ministry or agency: from the press line, the page's metadata, the top lines, the words of the text.
    `day` is the page's own."""
    publishers = (layout.document.origin.publisher or "").split(" | ")
    if press := press_office(layout, day):
        return press
    if speaker := own_voice(layout):
        return speaker
    if publishers[0] == GOVERNMENT:
        return GOVERNMENT
    if named := publisher(layout, publishers, day):
        return named
    told = (
        titled(layout)
        or line_office(layout)
        or contact_office(layout, day)
        or (agreement_office(layout, day) if form == "agreement" else text_office(layout, day))
        or next(iter(filter(None, publishers)), None)
        or of_page(layout, day, form)
    )
    ministry = told and TABLE.rule("ministry").pattern.fullmatch(told)
    return None if ministry and is_by_others(layout, day) else told


def press_office(layout: Layout, day: date | None) -> str | None:
    """Whose press answers questions; of a ministry and an agency the ministry where its minister speaks."""
    found = [match["issuer"] for match in layout.reading.matches(TABLE.rule("press line"))]
    ministries = [name for name in found if TABLE.rule("ministry").pattern.fullmatch(name)]
    return next(iter((ministries or found) if minister_offices(layout, day) else found), None)


def own_voice(layout: Layout) -> str | None:
    """The association whose statement a page is: its title begins with it, or its text says 'vi' of it and
    title or lead name it."""
    if named := TABLE.rule("title voice").pattern.match(layout.document.title):
        return named["issuer"]
    top = layout.document.title + (layout.words(layout.lead) if layout.lead else "")
    for match in layout.reading.matches(TABLE.rule("own voice")):
        sentence = layout.sentence_at(match.start())
        told = layout.zones[sentence.block_index] in {"title", "lead", "body"}
        quoted = TABLE.rule("quotation").pattern.search(sentence.text)
        if told and not quoted and match["issuer"] in top:
            return match["issuer"]
    return None


def publisher(layout: Layout, publishers: list[str], day: date | None) -> str | None:
    """The office of the page's metadata, an agency under the name it had."""
    named = [name for name in publishers if is_office(name)]
    named.sort(key=lambda name: name == PRIME_MINISTER)  # it publishes for the others
    if not named:
        return None
    if named[0] == PRIME_MINISTER:
        return next((name for name in minister_offices(layout, day) if name != PRIME_MINISTER), named[0])
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


def contact_office(layout: Layout, day: date | None) -> str | None:
    """The office that a contact line names; an agency only where no minister speaks."""
    found = []
    for index, block in enumerate(layout.blocks):
        words = layout.words(index)
        reached = block.kind == "contact" or layout.zones[index] == "contact"
        if reached or layout.says(TABLE.rule("phone"), index):
            found += [
                m[0] for rule in ("ministry", "agency") for m in TABLE.rule(rule).pattern.finditer(words)
            ]
    ministers = minister_offices(layout, day)
    fits = (name for name in found if not (ministers and TABLE.rule("agency").pattern.fullmatch(name)))
    return next(fits, None)


def text_office(layout: Layout, day: date | None) -> str | None:
    """The agency of an agency's page, else the ministry named first or its minister's."""
    reading = layout.reading
    agency = next(iter(agencies(layout)), None)
    updated = next(reading.matches(TABLE.rule("update line")), None)
    ministers = minister_offices(layout, day)
    quoted = any(block.kind == "quote" for block in layout.blocks)
    speaking = speaking_agency(layout)
    if agency and (updated or speaking) and not (quoted and ministers):
        return speaking or agency
    head = next(reading.matches(TABLE.rule("head of this agency")), None)
    if head and not agency and not ministers:
        return social_agency(day)
    ministries = [m[0] for m in reading.matches(TABLE.rule("ministry"))]
    if ministries and (not ministers or ministries[0] in ministers or not quoted):
        return ministries[0]
    return next(iter(ministers), None) or next(iter(ministries), None) or agency


def is_by_others(layout: Layout, day: date | None) -> bool:
    """Is this what a party, an association or a newspaper writes? So say its title or first lines, or its
    text says 'vi' and quotes no minister."""
    top = range(min(FIRST, len(layout.blocks)))
    if any(layout.says(TABLE.rule("others speak"), i) for i in top):
        return True
    quoted = any(block.kind in {"quote", "attribution"} for block in layout.blocks)
    return speaks_for_itself(layout) and not (quoted and minister_offices(layout, day))


def speaks_for_itself(layout: Layout) -> bool:
    """Does the text say 'vi' outside of quotations? So write parties and associations, no ministry."""
    voices = set()
    for match in layout.reading.matches(TABLE.rule("speaks for itself")):
        sentence = layout.sentence_at(match.start())
        told = layout.zones[sentence.block_index] in {"lead", "body"}
        own = told and layout.blocks[sentence.block_index].kind == "paragraph"
        if own and not TABLE.rule("quotation").pattern.search(layout.words(sentence.block_index)):
            voices.add(sentence.span)
    return len(voices) >= VOICES


def speaking_agency(layout: Layout) -> str | None:
    """The agency that the title names, the lead begins with, or whose head is quoted."""
    rule = TABLE.rule("agency").pattern
    title = rule.search(layout.document.title)
    lead = rule.match(layout.words(layout.lead)) if layout.lead else None
    head = next(layout.reading.matches(TABLE.rule("head of agency")), None)
    return title[0] if title else lead[0] if lead else (head["issuer"] or head["issuer2"]) if head else None


def agreement_office(layout: Layout, day: date | None) -> str | None:
    """The ministry of an agreement's text, which may name none: agencies make no agreements."""
    finance = TABLE.rule("of the finance act")
    if finance.pattern.search(layout.document.title):
        return finance.value
    ministries = [m[0] for m in layout.reading.matches(TABLE.rule("ministry"))]
    named = [*minister_offices(layout, day), *ministries]
    return next(iter(named), None) or then_called("social", day)


def of_page(layout: Layout, day: date | None, form: DocumentKind | None) -> str | None:
    """The agency of a page that names none: by the account that pays, its kind, the head it quotes."""
    reading = layout.reading
    for name in ("health account", "job account"):
        if next(reading.matches(TABLE.rule(name)), None):
            return TABLE.rule(name).value
    paid = next(reading.matches(TABLE.rule("social account")), None)
    return social_agency(day) if form in {"pool", "project"} or paid else None
