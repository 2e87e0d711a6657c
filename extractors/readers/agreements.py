"""Which agreement a document is about, and what it says of it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, cast

from corpus.document import Span
from extractors.facts import (
    AgreementKind,
    Basis,
    DocumentKind,
    Profile,
    Relation,
    TimeExpression,
)
from extractors.layout import Layout
from extractors.readers.rounds import begins, is_past_round, is_source
from extractors.rules import load_rules

TABLE = load_rules("agreements")
BIBLIOGRAPHY = load_rules("bibliography")
KINDS = ("uip", "reserve", "satspulje", "finance act")
RELATIONS: dict[DocumentKind, Relation] = {
    "press_release": "announces",
    "news": "reports",
    "agreement": "full_text",
    "pool": "announces_pool",
    "project": "announces_pool",
}
OWN = frozenset({"announces", "reports", "full_text"})
TITLE, LEAD, BODY, MOST_BODY = 5, 4, 1, 3  # points for naming a programme there
ENOUGH = 2
NAMED = 1  # enough for a page that tells what came of an agreement
EARLY = 4  # blocks after the lead in which a release says what was decided


@dataclass(frozen=True, slots=True)
class Subject:
    """The programme a document is about, and where it names it; `own` if the document is about
    the agreement itself rather than something that came of it."""

    kind: AgreementKind
    span: Span
    own: bool


class FirstYear(NamedTuple):
    """The first year an agreement is for, and whether the text says so or its day tells."""

    year: int | None = None
    basis: Basis | None = None


def find_subject(layout: Layout, profile: Profile) -> Subject | None:
    """The agreement a document is about, or the one that what it tells of came of; None where it is
    about none."""
    if profile.kind == "publication":
        return None
    day = profile.published_on
    points = {name: programme_points(layout, name, day) for name in KINDS}
    best = max(KINDS, key=lambda name: (points[name], -KINDS.index(name)))
    own = relation_of(profile) in OWN and not is_negotiation(layout)
    own = own and not is_about_earlier(layout)
    if own and not (decides(layout) or (points[best] >= LEAD and gives_money(layout))):
        return None
    if points[best] + (own and acts_early(layout, best, day)) >= (ENOUGH if own else NAMED):
        return Subject(cast(AgreementKind, TABLE.rule(best).value), first_place(layout, best), own)
    return other_agreement(layout, own, day) if own or profile.kind == "other" else None


def relation_of(profile: Profile) -> Relation:
    """What a page of its kind has to do with an agreement; an association's own tells of it as news."""
    if profile.kind == "other" and profile.issuer:
        return "reports"
    return RELATIONS.get(profile.kind, "mentions")


def is_negotiation(layout: Layout) -> bool:
    """Negotiations begin: there is nothing agreed yet."""
    begins = any(BIBLIOGRAPHY.rule("negotiation").pattern.search(words) for words in title_and_lead(layout))
    return begins and not is_reached(layout)


def title_and_lead(layout: Layout) -> tuple[str, str]:
    return layout.document.title, layout.words(layout.lead) if layout.lead else ""


def is_reached(layout: Layout) -> bool:
    """Do title or lead say that negotiations have ended?"""
    return any(TABLE.rule("reached").pattern.search(words) for words in title_and_lead(layout))


def is_about_earlier(layout: Layout) -> bool:
    """Do title or lead tell what became of initiatives that were chosen some time ago, and nothing before
    it that money is shared out now?"""
    words = "\n".join(title_and_lead(layout))
    chosen = TABLE.rule("chosen before").pattern.search(words)
    before = words[: chosen.start()] if chosen else ""
    news = all(TABLE.rule(name).pattern.search(before) for name in ("decision", "money"))
    return chosen is not None and not news


def top_words(layout: Layout) -> str:
    """Title, lead and the paragraphs after it."""
    last = min(layout.lead + EARLY, len(layout.blocks) - 1)
    return layout.document.text[: layout.blocks[last].span.end]


def decides(layout: Layout) -> bool:
    """Do title, lead or the paragraphs after it say that something was decided?"""
    return bool(layout.search(TABLE.rule("decision"), top_words(layout)))


def gives_money(layout: Layout) -> bool:
    """Is there money at the top, in a page that does not say it is about something else? Where title or
    lead name the programme it needs no verb to say that it was shared out."""
    other = any(TABLE.rule("something else").pattern.search(words) for words in title_and_lead(layout))
    if other and not is_reached(layout):
        return False
    return bool(TABLE.rule("money").pattern.search(top_words(layout)))


def programme_points(layout: Layout, name: str, published: date | None) -> int:
    """How much a document speaks of a programme: title, lead, body; fact boxes and lists do not count,
    nor where the programme is only said to have paid for something, or to pay for the agreement."""
    points, body = 0, 0
    matches = [m for m in layout.reading.matches(TABLE.rule(name)) if not is_source(layout, m, published)]
    said = {layout.sentence_at(match.start()) for match in matches}
    said = {s for s in said if not layout.search(TABLE.rule("paid from"), s.text)}
    sentences = Counter(sentence.block_index for sentence in said)
    for index in sorted(sentences):
        zone = layout.zones[index]
        if zone == "title":
            points += TITLE
        elif zone == "lead":
            points += LEAD
        elif zone in {"body", "quote"} and layout.blocks[index].kind not in {"list_item", "cell"}:
            body += min(sentences[index], ENOUGH) * BODY
    return points + min(body, MOST_BODY)


def acts_early(layout: Layout, name: str, published: date | None) -> bool:
    """Does a sentence after the lead say what the programme begins or pays, 'sætter programmet gang i
    seks projekter'? Then it is no aside."""
    for match in layout.reading.matches(TABLE.rule(name)):
        sentence = layout.sentence_at(match.start())
        early = layout.lead < sentence.block_index <= layout.lead + EARLY
        if is_past_round(layout, match.end(), published):
            continue
        if early and layout.zones[sentence.block_index] == "body":
            return bool(TABLE.rule("acts").pattern.search(sentence.text))
    return False


def first_place(layout: Layout, name: str) -> Span:
    match = next(layout.reading.matches(TABLE.rule(name)))  # the caller counted at least one
    return Span(match.start(), match.end())


def other_agreement(layout: Layout, own: bool, published: date | None) -> Subject | None:
    """An agreement of no known programme, if title or lead speak of one; the parties of the satspulje
    make none but its own."""
    for index in (0, layout.lead, layout.lead + 1):
        if index < len(layout.blocks) and layout.zones[index] in {"title", "lead", "body"}:
            block = layout.blocks[index].span
            match = TABLE.rule("any agreement").pattern.search(layout.document.text, block.start, block.end)
            if match and not is_past_round(layout, match.end(), published):
                kind: AgreementKind = "satspulje" if own and satspulje_parties(layout) else "other"
                topic = TABLE.rule("topic").pattern.match(layout.document.text, match.end(), block.end)
                return Subject(kind, Span(match.start(), (topic or match).end()), own)
    parties = satspulje_parties(layout) if own and gives_money(layout) else None
    return Subject("satspulje", parties, own) if parties else None


def satspulje_parties(layout: Layout) -> Span | None:
    """Where title, lead or the paragraphs after it name the parties of the satspulje as those who act."""
    match = next(layout.reading.matches(TABLE.rule("satspulje parties")), None)
    early = match is not None and layout.block_at(match.start()) <= layout.lead + EARLY
    return Span(match.start(), match.end()) if match and early else None


def first_year(
    layout: Layout, subject: Subject | None, dates: Sequence[TimeExpression], profile: Profile
) -> FirstYear:
    """The first year an agreement is for: UIP 2022, satspuljen for 2019, reserven 2021-2024."""
    if subject is None or subject.kind == "other":
        return FirstYear()
    published = profile.published_on
    named = named_years(layout, subject, dates, published)
    spans = [d.start_on.year for d in dates if is_frame(layout, d) and in_reach(d.start_on.year, published)]
    ordered = [*named, *spans] if subject.kind in {"uip", "finance_act"} else [*spans, *named]
    if ordered:
        return FirstYear(ordered[0], "explicit")
    if published is None or not subject.own:
        return FirstYear()
    return FirstYear(begins(published), "inferred")


def in_reach(year: int, published: date | None) -> bool:
    """A programme begins in the year it is announced or the next."""
    return published is None or published.year <= year <= published.year + 1


def is_possible(year: int, published: date | None, own: bool) -> bool:
    """May a page speak of a programme of this year? Its own is no past one, and none is far ahead."""
    return in_reach(year, published) if own else published is None or year <= published.year + 1


def is_frame(layout: Layout, fact: TimeExpression) -> bool:
    """A span of whole years in title, lead or body: what the agreement's money may run over."""
    index = layout.block_at(fact.evidence.span.start)
    whole = (fact.start_on.month, fact.end_on.month) == (1, 12) and fact.granularity == "span"
    in_text = layout.zones[index] in {"title", "lead", "body"} and layout.blocks[index].kind not in {
        "list_item",
        "cell",
    }
    return whole and in_text and fact.basis == "explicit"


def named_years(
    layout: Layout, subject: Subject, dates: Sequence[TimeExpression], published: date | None
) -> list[int]:
    """Years in sentences that name the programme, nearest to the name first."""
    name = next(rule.name for rule in TABLE.rules if rule.value == subject.kind)
    found: list[tuple[int, int, int]] = []
    for fact in dates:
        index = layout.block_at(fact.evidence.span.start)
        if fact.granularity != "year" or (
            layout.zones[index] in {"fact", "service", "contact"} and subject.own
        ):
            continue
        if not is_possible(fact.start_on.year, published, subject.own):
            continue
        sentence = layout.sentence_at(fact.evidence.span.start)
        places = [m.end() + sentence.span.start for m in TABLE.rule(name).pattern.finditer(sentence.text)]
        if places:
            far = min(abs(fact.evidence.span.start - place) for place in places)
            found.append((far > 60, index, fact.start_on.year))  # noqa: PLR2004 beside the name, or only in its sentence
    return [year for _, _, year in sorted(found)]
