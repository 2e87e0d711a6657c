"""What a date is for: a deadline, the period of money or a project, or a mere reference."""

from collections.abc import Sequence

from corpus.document import Span
from extractors.facts import Amount, DateRole, TimeExpression, changed
from extractors.layout import Layout
from extractors.ordered import Ordered, in_order
from extractors.readers.amount_years import names_a_round
from extractors.rules import load_rules

TABLE = load_rules("date_roles")
LINKS = load_rules("year_links")
COSTS = load_rules("amount_roles").rule("cost").pattern
HALF_YEAR = 183  # days; a step of a plan is shorter
LOOK_BACK = 90  # characters before a date in which 'frist' may stand
YEARS = frozenset({"year", "short year", "next year"})
PERIODS = frozenset(
    {
        "years",
        "coming years",
        "first years",
        "days to days",
        "numeric days to days",
        "months to months",
        "one to another",
    }
)


def with_roles(
    layout: Layout,
    dates: Sequence[TimeExpression],
    amounts: Sequence[Amount],
    today: int | None = None,
) -> list[TimeExpression]:
    """The dates with their roles; those that the page itself gave (published, updated, agreed) stay.
    `today` is the year of the page."""
    sums = in_order(amounts)
    return [
        fact if fact.role != "reference" else changed(fact, role=role_of(layout, fact, sums, today))
        for fact in dates
    ]


def role_of(
    layout: Layout, fact: TimeExpression, amounts: Ordered[Amount], today: int | None = None
) -> DateRole:
    span = fact.evidence.span
    index = layout.block_at(span.start)
    if layout.blocks[index].kind == "cell":
        return "period" if is_of_cell(layout, fact, index) else "reference"
    rule = fact.evidence.rule.partition("/")[2]
    if is_deadline(layout, fact, index):
        return "deadline"
    if rule in PERIODS:
        return "reference" if is_counted(layout, fact, amounts) or is_step(layout, fact) else "period"
    if fact.granularity in {"day", "month"} and is_of_projects(layout, fact, index):
        return "period"
    if fact.granularity != "year" or rule not in YEARS:
        return "reference"
    lasts = is_to_come(layout, fact, today) or is_period(layout, fact, amounts)
    return "period" if lasts else "reference"


def is_of_projects(layout: Layout, fact: TimeExpression, index: int) -> bool:
    """Under 'Projektperiode' the days on which projects begin and end."""
    above = layout.heading(index)
    if not above or not layout.search(TABLE.rule("period heading"), above):
        return False
    sentence = layout.sentence_at(fact.evidence.span.start)
    return bool(layout.search(TABLE.rule("begins or ends"), sentence.text, sentence.span))


def is_to_come(layout: Layout, fact: TimeExpression, today: int | None) -> bool:
    """Is this a coming year from which, until which or after which something goes on? A year gone by in
    such a place is that of a report or of an earlier programme."""
    if names_a_round(layout, fact) or today is None or fact.start_on.year <= today:
        return False
    start = fact.evidence.span.start
    before = layout.document.text[layout.sentence_at(start).span.start : start]
    return bool(TABLE.rule("goes on").pattern.search(before))


def is_of_cell(layout: Layout, fact: TimeExpression, index: int) -> bool:
    """Does a cell name years of money: '2027', 'I alt 2026-2029', 'Varigt fra 2030', '2020 og frem'?"""
    span, block = fact.evidence.span, layout.blocks[index].span
    if fact.granularity == "span" or fact.evidence.quote.strip() == layout.words(index).strip():
        return True
    before = layout.document.text[block.start : span.start]
    after = layout.document.text[span.end : block.end]
    since = LINKS.rule("since").pattern.search(before) or LINKS.rule("onwards").pattern.search(after)
    return fact.granularity == "year" and bool(since)


def is_counted(layout: Layout, fact: TimeExpression, amounts: Ordered[Amount]) -> bool:
    """Are the years only those in which something counted rose or fell?"""
    sentence = layout.sentence_at(fact.evidence.span.start)
    money = amounts.inside(sentence.span)
    return not money and bool(layout.search(TABLE.rule("statistics"), sentence.text, sentence.span))


def is_step(layout: Layout, fact: TimeExpression) -> bool:
    """Is a span of some months a step of a plan: 'Uddannelse af gruppeledere: januar-marts 2024'?"""
    if (fact.end_on - fact.start_on).days >= HALF_YEAR:
        return False
    index = layout.block_at(fact.evidence.span.start)
    plan = layout.search(TABLE.rule("time plan"), layout.heading(index))
    return bool(plan) and not layout.search(TABLE.rule("period label"), layout.words(index))


def is_deadline(layout: Layout, fact: TimeExpression, index: int) -> bool:
    """'frist den …', 'senest den …', or the first date under the heading 'Ansøgningsfrist'."""
    if fact.granularity not in {"day", "month", "quarter"} and fact.evidence.rule != "dates/third":
        return False
    start = fact.evidence.span.start
    block = layout.blocks[index].span
    before = layout.document.text[max(block.start, start - LOOK_BACK) : start]
    if any(
        layout.search(TABLE.rule(name), before)
        for name in ("withdrawn", "question before", "report before", "done before")
    ):
        return False
    said = TABLE.rule("deadline before")
    near = Span(max(0, start - 2 * LOOK_BACK), start)  # words that the text before is cut within too
    if layout.reading.has_needed(said, near) and layout.search(
        said, TABLE.rule("and another").pattern.sub("", before)
    ):
        return True
    first = len(before) < 25 and start - block.start < 25  # noqa: PLR2004 'Ansøgningsfristen er den '
    return first and bool(layout.search(TABLE.rule("deadline heading"), layout.label(index)))


def covers(amount: Amount, year: int) -> bool:
    """Is this one of the years of a sum? 'i 2024, 2025 og 2026' has one between its first and its last."""
    if amount.start_year is None:
        return False
    return amount.start_year <= year <= (amount.end_year or amount.start_year)


def is_period(layout: Layout, fact: TimeExpression, amounts: Ordered[Amount]) -> bool:
    """Does money fall in this year? A sum beside it has the year, or the sentence says so."""
    span = fact.evidence.span
    if names_a_round(layout, fact):
        return False
    index = layout.block_at(span.start)
    above = layout.search(TABLE.rule("period heading"), layout.heading(index))
    if above or layout.search(TABLE.rule("period label"), layout.words(index)):
        return True
    sentence = layout.sentence_at(span.start)
    year = fact.start_on.year
    beside = [a for a in amounts.inside(sentence.span) if covers(a, year)]
    if beside and beside[0].role == "other":
        told = COSTS.search(sentence.text.replace(beside[0].evidence.quote, "0"))
        return beside[0].per == "year" and not told
    if beside or layout.search(TABLE.rule("money without a sum"), sentence.text):
        return True
    before = layout.document.text[sentence.span.start : span.start]
    given = any(a.role != "other" for a in amounts.inside(sentence.span))
    return given and bool(TABLE.rule("from or until").pattern.search(before))
