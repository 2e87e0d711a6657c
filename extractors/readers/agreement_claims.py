"""What a document says of the agreement it is about: total, years, number of initiatives."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from extractors.facts import (
    AgreementClaim,
    Amount,
    CountClaim,
    DocumentKind,
    Evidence,
    Initiative,
    Profile,
    TimeExpression,
)
from extractors.layout import Layout
from extractors.readers.agreements import FirstYear, Subject, relation_of
from extractors.readers.completeness import names_some
from extractors.rules import load_rules

TABLE = load_rules("agreements")
SCOPES = load_rules("count_scopes")
SECTORS = {
    "satspulje": ("health sector", "labour sector", "education sector", "social sector"),
    "uip": ("programme for children", "programme for adults"),
}
ROUNDING = 50_000  # kroner: sums are printed in tenths of millions
OFFICES = ("labour office", "health office")
SOCIAL = ["social"]
FIRST_LINES = 4  # blocks at the top that may say which part of a programme a page is about
FEWEST = 2  # initiatives that can be all of an agreement's
NUMBERED = load_rules("initiatives").rule("numbered").pattern


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of a document that an agreement claim is made of."""

    amounts: tuple[Amount, ...]
    dates: tuple[TimeExpression, ...]
    counts: tuple[CountClaim, ...]
    initiatives: tuple[Initiative, ...]


def claim(
    layout: Layout,
    subject: Subject,
    profile: Profile,
    first: FirstYear,
    facts: "Facts",
) -> AgreementClaim:
    """What the document says of its agreement."""
    quote = layout.document.quote(subject.span)
    totals = [a for a in by_precision(facts.amounts) if a.role == "total" and a.per == "total"]
    totals = totals or [a for a in by_precision(facts.amounts) if a.role == "total"]
    total = next(iter(totals), None)
    years = next((a for a in totals if a.start_year), None)
    agreed = next((d.start_on for d in facts.dates if d.role == "agreed"), None)
    own = subject.own
    return AgreementClaim(
        evidence=Evidence(subject.span, quote, f"agreements/{subject.kind}"),
        kind=subject.kind,
        programme_year=first.year,
        year_basis=first.basis,
        total_min_dkk=total.min_dkk if total and own else None,
        total_max_dkk=total.max_dkk if total and own else None,
        start_year=years.start_year if years and own else None,
        end_year=years.end_year if years and own else None,
        initiative_count=initiative_count(layout, profile.kind, subject, facts) if own else None,
        agreed_on=agreed,
        sector=sector_of(layout, subject, profile.issuer),
        relation=relation_of(profile) if own or profile.kind in {"pool", "project"} else "mentions",
    )


def by_precision(amounts: tuple[Amount, ...]) -> list[Amount]:
    """Sums of running text, the exact before the rounded, those in more figures first; table cells last."""
    return sorted(
        amounts,
        key=lambda a: (
            a.evidence.rule.startswith("tables"),
            a.qualifier != "exact",
            -len(str(a.max_dkk).rstrip("0")),
        ),
    )


def initiative_count(layout: Layout, kind: DocumentKind, subject: Subject, facts: Facts) -> int | None:
    """The number stated, or else counted from a list or table that does not call itself incomplete."""
    totals = [claim for claim in facts.counts if claim.scope == "total"]
    stated = next((claim.number for claim in totals if not is_rounded(layout, claim)), None)
    if stated or totals:  # 'mere end 60 initiativer' is not told by what a list happens to hold
        return stated
    written = [i for i in facts.initiatives if i.form != "prose"]
    rows = [i for i in written if i.form == "table"]
    if len(rows) >= FEWEST and make_up_table(layout, rows, facts.amounts):
        return len(rows)
    if names_some(layout, facts.initiatives, facts.amounts):
        return None
    told = [i for i in written if i.form != "list"]  # lists of a text are of principles as well
    if kind == "agreement" and has_all(layout, facts, told):
        return len(told)
    return listed_count(layout, subject, facts, written)


def listed_count(layout: Layout, subject: Subject, facts: Facts, written: Sequence[Initiative]) -> int | None:
    """How many a list or table holds that has them all; a finance act holds more than any list of it."""
    listed = [i for i in written if i.form != "heading"]
    if not listed or len(listed) < len(written) or subject.kind == "finance_act":
        return None
    if all(i.form == "table" for i in listed):
        return len(listed)
    index = layout.block_at(listed[0].evidence.span.start)
    intro = layout.intros[index]
    words = [layout.words(intro)] if intro is not None else []
    words.append(layout.heading(index))
    incomplete = any(layout.search(TABLE.rule("incomplete list"), w) for w in words)
    complete = all(not sums_named(i, facts.amounts) for i in listed) and counts_whole(words)
    whole = any(TABLE.rule("whole list").pattern.search(w) for w in words)
    complete = complete or whole or makes_up_total(layout, listed, facts.amounts)
    return len(listed) if complete and not incomplete and not chosen(layout) else None


def make_up_table(layout: Layout, rows: Sequence[Initiative], amounts: tuple[Amount, ...]) -> bool:
    """Do the largest sums of these rows, their totals, come to a total? Then the table has them all,
    whatever headings the text has besides."""
    given: dict[int, int] = {}  # by block
    for amount in amounts:
        if amount.evidence.rule.startswith("tables"):
            index = layout.block_at(amount.evidence.span.start)
            given[index] = max(given.get(index, 0), amount.max_dkk)
    total = 0
    for initiative in rows:
        first = layout.block_at(initiative.evidence.span.start)
        row = takewhile(
            lambda i: layout.blocks[i].row == layout.blocks[first].row,  # noqa: B023 used at once
            range(first, len(layout.blocks)),
        )
        total += max((given.get(i, 0) for i in row), default=0)
    wholes = {a.max_dkk for a in amounts if a.role == "total" and a.per == "total"}
    return any(abs(total - whole) <= ROUNDING * len(rows) for whole in wholes)


def has_all(layout: Layout, facts: Facts, written: Sequence[Initiative]) -> bool:
    """Does an agreement's text name all its initiatives? Its table has them by the row, their sums make
    up the total, or its headings number them."""
    cells = {layout.words(i).casefold() for i, block in enumerate(layout.blocks) if block.kind == "cell"}
    in_rows = [i.form == "table" or i.title.casefold() in cells for i in written]
    if sum(in_rows) * 2 >= max(len(written), 1):
        return True
    if chosen(layout):
        return False
    totals = {a.max_dkk for a in facts.amounts if a.role == "total" and a.per == "total"}
    starts = [i.evidence.span.start for i in written]
    given = [
        max((a.max_dkk for a in facts.amounts if is_inside(a, start, end)), default=0)
        for start, end in zip(starts, [*starts[1:], len(layout.document.text)], strict=False)
    ]
    summed = any(abs(sum(given) - total) <= ROUNDING * len(written) for total in totals)
    numbered = [NUMBERED.match(layout.words(layout.block_at(i.evidence.span.start))) for i in written]
    return len(written) >= FEWEST and (summed or all(numbered) or announced(layout, written[0]))


def announced(layout: Layout, first: Initiative) -> bool:
    """Does the line above the first heading announce them, 'Partierne er enige om følgende initiativer:'?"""
    index = layout.block_at(first.evidence.span.start)
    line = layout.words(index - 1) if index else ""
    headed = first.form == "heading" and line.rstrip().endswith(":")
    return headed and counts_whole([line]) and not layout.search(TABLE.rule("incomplete list"), line)


def is_rounded(layout: Layout, claim: CountClaim) -> bool:
    """Is a count not exact: 'mere end 60 initiativer'?"""
    start = claim.evidence.span.start
    before = layout.document.text[layout.sentence_at(start).span.start : start]
    return bool(SCOPES.rule("not exact").pattern.search(before))


def makes_up_total(layout: Layout, listed: Sequence[Initiative], amounts: tuple[Amount, ...]) -> bool:
    """Do the sums of the items, or of the areas above them, come to the total? Then all are there."""
    totals = {a.max_dkk for a in amounts if a.role == "total" and a.per == "total"}
    items = {layout.block_at(i.evidence.span.start) for i in listed}
    areas = {above for i in items if (above := layout.intros[i] or own_heading(layout, i)) is not None}
    for blocks in (items, areas):
        spans = [layout.blocks[i].span for i in blocks]
        given = [
            max((a.max_dkk for a in amounts if is_inside(a, span.start, span.end)), default=0)
            for span in spans
        ]
        whole = len(listed) >= FEWEST and all(given)
        if whole and any(abs(sum(given) - total) <= ROUNDING * len(given) for total in totals):
            return True
    return False


def own_heading(layout: Layout, index: int) -> int | None:
    """The nearest heading above a block."""
    return layout.headings[index][-1] if layout.headings[index] else None


def is_inside(amount: Amount, start: int, end: int) -> bool:
    """Is a sum part of what the text gives between two places?"""
    part = amount.per == "total" and amount.role in {"part", "pool"}
    return part and start <= amount.evidence.span.start < end


def chosen(layout: Layout) -> bool:
    """Does the text say that it names only some of the initiatives?"""
    return any(True for _ in layout.reading.matches(TABLE.rule("chosen")))


def sums_named(initiative: Initiative, amounts: tuple[Amount, ...]) -> bool:
    """Does the initiative's line carry its own sum? Then the list may show only the larger ones."""
    return any(abs(a.evidence.span.start - initiative.evidence.span.end) < 3 for a in amounts)  # noqa: PLR2004 '– '


def counts_whole(introductions: list[str]) -> bool:
    """Is the list introduced as the initiatives or projects of the programme?"""
    return any(load_rules("initiatives").rule("initiatives").pattern.search(words) for words in introductions)


def sector_of(layout: Layout, subject: Subject, issuer: str | None) -> str | None:
    """Which part of a satspulje, or which of the programmes for children and for adults: by title, lead
    and the first lines; of the programmes only where no more than one is named there. Whoever shares out
    money of another sector than the social one has it all to itself."""
    names = SECTORS.get(subject.kind, ())
    lead = layout.words(layout.lead) if layout.lead else ""
    first = (layout.words(i) for i in range(1, min(FIRST_LINES, len(layout.blocks))))
    top = " ".join([layout.document.title, lead])
    found = sectors_in(top, names) or sectors_in(" ".join([top, *first]), names)
    offices = sectors_in(issuer or "", OFFICES) if subject.kind == "satspulje" else []
    if offices and found[:1] in ([], SOCIAL):
        return offices[0]
    several = subject.kind == "uip" and len(found) > 1
    return None if several else next(iter(found), None)


def sectors_in(words: str, names: Sequence[str]) -> list[str | None]:
    return [TABLE.rule(name).value for name in names if TABLE.rule(name).pattern.search(words)]
