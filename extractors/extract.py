"""Document to Extraction: every reader in turn, then what was left unread."""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date

from corpus.document import Document, Span
from extractors import links
from extractors.facts import (
    Amount,
    Extraction,
    Fact,
    Initiative,
    Issue,
    Profile,
    TimeExpression,
    changed,
)
from extractors.key_values import with_lines
from extractors.layout import Layout
from extractors.ordered import in_order, place
from extractors.readers import amount_roles, bibliography, date_roles
from extractors.readers.agreed_days import with_agreed
from extractors.readers.agreement_claims import Facts, claim
from extractors.readers.agreements import Subject, begins, find_subject, first_year
from extractors.readers.amount_years import with_years
from extractors.readers.amounts import find_amounts
from extractors.readers.clauses import Setting
from extractors.readers.completeness import names_some
from extractors.readers.counts import Whole, find_counts
from extractors.readers.dates import Now, find_dates
from extractors.readers.effects import find_effects
from extractors.readers.government import find_government
from extractors.readers.initiatives import Case, find_initiatives
from extractors.readers.names import find_names
from extractors.readers.page_dates import with_page_roles
from extractors.readers.parties import find_parties
from extractors.readers.people import find_people
from extractors.readers.pools import find_pools
from extractors.readers.shared_years import shared_years
from extractors.readers.statements import find_statements
from extractors.readers.tables import EconomyTable, find_tables, grand_totals, table_amounts
from extractors.readers.weekdays import wrong_weekdays
from extractors.readers.withdrawn import with_withdrawn
from extractors.rules import load_rules

AUDITED = ("amounts", "dates", "counts")


def extract(document: Document) -> Extraction:
    """Everything that the rules read from a document, in text order within each kind. Pure: the
    document's own date is the only today."""
    layout = Layout(with_lines(document))
    agreed = bibliography.is_agreement(layout)
    placed = find_dates(layout, Now(document.origin.published_on))
    dates = with_page_roles(layout, placed, agreed)
    profile = bibliography.read_profile(layout, dates)
    subject = find_subject(layout, profile)
    first = first_year(layout, subject, dates, profile)
    today = profile.published_on or first_day(dates, profile.updated_on)
    again = find_dates(layout, Now(today, first.year))
    if again != placed:
        dates = with_page_roles(layout, again, agreed)
    dates = with_agreed(layout, dates, subject, profile.published_on)
    facts = money_facts(layout, profile, subject, first.year, dates)
    names = find_names(layout)
    people = find_people(layout)
    initiatives = links.with_names(facts.initiatives, names)
    found: list[Fact] = [*facts.amounts, *facts.dates, *facts.counts, *initiatives, *names, *people]
    parties = find_parties(layout, bool(subject and subject.own))
    found += [*parties, *(find_government(layout, parties) if subject and subject.own else ())]
    found += find_statements(layout, people)
    found += links.with_methods(layout, find_effects(layout), names)
    found += find_pools(layout, profile.kind, list(facts.amounts), list(facts.dates), initiatives)
    if subject:
        found.append(claim(layout, subject, profile, first, facts))
    found.sort(key=lambda fact: (*place(fact), type(fact).__name__))
    return Extraction(document, profile, tuple(found), tuple(issues(layout, found)))


def first_day(dates: Sequence[TimeExpression], updated_on: date | None) -> date | None:
    """The first full day a text names: the best guess at its own day where the page gives none. A page
    that was updated before that day, as a pool's before its deadline, was there by then."""
    first = next((d.start_on for d in dates if d.granularity == "day" and d.role != "deadline"), None)
    return min(first, updated_on) if first and updated_on else first


def money_facts(
    layout: Layout,
    profile: Profile,
    subject: Subject | None,
    year: int | None,
    dates: list[TimeExpression],
) -> Facts:
    """Sums, dates, counts and initiatives, which depend on one another."""
    own = subject.kind if subject and subject.own else None
    read = find_amounts(layout)
    tables = find_tables(layout, frozenset(amount.max_dkk for amount in read))
    published = profile.published_on.year if profile.published_on else None
    setting = Setting(profile.kind, own, year, grand_totals(tables), published)
    amounts = with_years(layout, without_cells(read, tables), dates)
    amounts = with_withdrawn(layout, amount_roles.with_roles(layout, amounts, setting))
    dates = date_roles.with_roles(layout, dates, amounts, setting.year or year)
    amounts = sorted([*amounts, *table_amounts(layout, tables)], key=place)
    case = Case(profile.kind, own, in_order(amounts), tables)
    initiatives = find_initiatives(layout, case)
    amounts = links.with_initiatives(layout, amounts, initiatives)
    starts = begins(profile.published_on) if own else None
    amounts = shared_years(layout, amounts, dates, setting, starts)
    named = tuple(i for i in initiatives if i.form != "prose")
    totals = tuple(a.evidence.span for a in amounts if a.role == "total" and a.per == "total")
    some = names_some(layout, initiatives, amounts)
    counts = find_counts(layout, Whole(own, named, totals, some, profile.kind == "agreement"))
    return Facts(tuple(additive(amounts)), tuple(dates), tuple(counts), tuple(initiatives))


def without_cells(amounts: list[Amount], tables: Sequence[EconomyTable]) -> list[Amount]:
    """Sums of running text: in an economy table the table's reader speaks."""
    starts = [table.span.start for table in tables]  # in text order
    return [
        a
        for a in amounts
        if not (at := bisect_left(starts, a.evidence.span.end))
        or not a.evidence.span.overlaps(tables[at - 1].span)
    ]


def additive(amounts: Sequence[Amount]) -> list[Amount]:
    """Mark the sums that may be added up, each krone of a document once: the cells of initiatives by
    year where there is a table, else the first mention of the total, else the first of each part."""
    if any(amount.additive for amount in amounts):
        return list(amounts)
    total = any(a.role == "total" and a.per == "total" for a in amounts)
    seen: set[tuple[int, int, int | None, int | None]] = set()
    found = []
    for amount in amounts:
        key = (amount.min_dkk, amount.max_dkk, amount.start_year, amount.end_year)
        counts = amount.role == ("total" if total else "part") and amount.per == "total"
        counts = counts and not (amount.implausible or (amount.split and not total))
        first = counts and key not in seen and not (total and seen)
        if first:
            seen.add(key)
        found.append(changed(amount, additive=first))
    return found


def issues(layout: Layout, facts: Sequence[Fact]) -> list[Issue]:
    """What looks like a fact and lies in none, and what is kept although it cannot be right."""
    document = layout.document
    found = [Issue(note, None, "") for note in document.notes]
    read = covered(layout, facts)
    for name in AUDITED:
        found += unread(layout, name, read)
    for fact in facts:
        if isinstance(fact, Amount) and fact.implausible:
            found.append(Issue("implausible_amount", fact.evidence.span, fact.evidence.quote))
    found += wrong_weekdays(layout, [fact for fact in facts if isinstance(fact, TimeExpression)])
    if not layout.document.text.strip():
        found.append(Issue("no_text", None, ""))
    return sorted(found, key=lambda issue: (issue.span or Span(0, 1), issue.code))


def covered(layout: Layout, facts: Sequence[Fact]) -> bytearray:
    """1 for every character of the text that lies in a fact, but for the titles of initiatives."""
    found = bytearray(len(layout.document.text) + 1)
    for fact in facts:
        if not isinstance(fact, Initiative):
            span = fact.evidence.span
            found[span.start : span.end] = b"\x01" * (span.end - span.start)
    return found


def unread(layout: Layout, name: str, read: bytearray) -> list[Issue]:
    """Matches of a table's audit pattern outside every fact: the next rule to write."""
    audit = load_rules(name).audit
    assert audit is not None  # the tables in AUDITED have one
    return [
        Issue(f"unread_{name}", Span(*match.span()), match[0])
        for match in layout.reading.matches(audit)
        if not any(read[match.start() : match.end()])
        and layout.zones[layout.block_at(match.start())] not in {"contact", "service"}
    ]
