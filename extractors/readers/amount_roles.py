"""What a sum is: the total of the agreement, part of it, a pool, the frame it draws on, or something else."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast, get_args

from corpus.document import Span
from extractors.facts import AgreementKind, Amount, AmountRole, DocumentKind, Per, changed
from extractors.language import Sentence
from extractors.layout import Layout
from extractors.rules import Rule, load_rules

CUES = load_rules("amount_roles")
TOTALS = load_rules("totals")
ENOUGH = 5  # points that make a sum the total
TITLE_POINTS, LEAD_POINTS, LIST_POINTS, LARGEST_POINTS = 3, 2, -5, 3
PERIOD_POINTS, SEVERAL_YEARS = 2, 2  # 2026-2029, 2019-2021
TABLE_POINTS = 4  # the economy table says it too
REPEATED_POINTS, SUM_POINTS, INSIDE_POINTS = 2, 3, 4
LONGEST_RUN = 10
ROUNDING = 150_000  # kroner: sums are printed in tenths of millions
CLAUSE_RULES = (
    "cap", "cost", "co-funding", "not new money", "earlier money", "wish", "frame", "pool", "split",
)  # fmt: skip
PROGRAMMES = [rule for rule in load_rules("agreements").rules if rule.value in get_args(AgreementKind)]
POINTS = [rule for rule in TOTALS.rules if (rule.value or "").isdigit()]
FIGURES = re.compile(r"\d+")  # other numbers before the sum must not look like its place
OWNS_TOTAL = frozenset({"press_release", "news", "agreement"})
LIMIT = 1_000_000  # kroner: "over 500.000 kr." on a pool's page is a limit, "over 20 mio. kr." the pool
HEDGES = {"over": 1, "under": -1}  # more than 5 is for what is larger than 5
CLOSE, ROUNDED = 0.005, 0.1  # shares by which the same sum differs from itself
SMALL_SUM = 200_000  # kroner: below this a sum is rather a rate or a price than a share of an agreement
SMALL_SHARE = 0.2  # a sum below this share of the largest one is hardly the total


@dataclass(frozen=True, slots=True)
class Setting:
    """What the roles of a document's sums depend on: its kind, and the agreement it is about."""

    kind: DocumentKind
    agreement: AgreementKind | None
    first_year: int | None = None
    grand_totals: frozenset[int] = frozenset()  # kroner, from the economy tables
    year: int | None = None  # of publication

    @property
    def default(self) -> AmountRole:
        if self.kind in {"pool", "project"} or self.agreement:
            return "part"
        return "other"


def with_roles(layout: Layout, amounts: Sequence[Amount], setting: Setting) -> list[Amount]:
    """The sums with their roles."""
    clauses = [clause(layout, amounts, i) for i in range(len(amounts))]
    cued = [
        changed(a, role=role_of(layout, a, words, setting), split=is_split(layout, words))
        for a, words in zip(amounts, clauses, strict=True)
    ]
    cued = [undated(layout, a, words, setting) for a, words in zip(cued, clauses, strict=True)]
    cued = again(layout, alike(cued), clauses)
    if setting.kind in {"pool", "project"}:
        cued = [beyond(layout, a, words, cued) for a, words in zip(cued, clauses, strict=True)]
    if setting.kind == "pool":
        offered = [pool_role(layout, amount, words) for amount, words in zip(cued, clauses, strict=True)]
        return with_pool(layout, offered, clauses)
    if setting.agreement is None or setting.kind not in OWNS_TOTAL:
        return cued
    return with_total(layout, cued, clauses, setting)


@dataclass(frozen=True, slots=True)
class Clause:
    """The words round a sum with 0 in its place, and where they stand."""

    words: str
    span: Span

    def says(self, layout: Layout, rule: Rule) -> bool:
        return bool(layout.search(rule, self.words, self.span))


def clause(layout: Layout, amounts: Sequence[Amount], i: int) -> Clause:
    """The words round a sum in its sentence, up to the sums beside it, with 0 in its place."""
    span = amounts[i].evidence.span
    sentence = layout.sentence_at(span.start).span
    text = layout.document.text
    start = max(sentence.start, amounts[i - 1].evidence.span.end if i else 0)
    end = max(sentence.end, span.end)
    if i + 1 < len(amounts):
        end = min(end, max(amounts[i + 1].evidence.span.start, span.end))
    before = FIGURES.sub("1", text[start : span.start])
    return Clause(f"{before}0{text[span.end : end]}", Span(min(start, span.start), max(end, span.end)))


def role_of(layout: Layout, amount: Amount, words: Clause, setting: Setting) -> AmountRole:
    """The role that the words of the clause, the part of the page and the kind of document give."""
    block = layout.block_at(amount.evidence.span.start)
    own_page = setting.kind in {"pool", "project"}  # of money that an earlier agreement set aside
    rules = (CUES.rule(name) for name in CLAUSE_RULES if not (own_page and name == "earlier money"))
    rule = next((rule for rule in rules if words.says(layout, rule)), None)
    if rule and not (rule.name == "cost" and words.says(layout, CUES.rule("agreement costs"))):
        role = cast(AmountRole, rule.value)
        if (
            role == "frame"
            and setting.kind == "agreement"
            and not words.says(layout, CUES.rule("across ministries"))
        ):
            return "part"
        return role
    if amount.per == "recipient" and (
        amount.qualifier in {"at_most", "at_least"} or setting.default == "other"
    ):
        return "other"
    if layout.zones[block] == "fact" and not own_page and is_background(amount, setting):
        return "frame" if amount.per == "year" else "other"
    if introduced_as(layout, block) or is_aside(layout, amount, words, setting):
        return "other"
    return setting.default


def undated(layout: Layout, amount: Amount, words: Clause, setting: Setting) -> Amount:
    """Earlier money without its year, which is that of the deed: 'En plan fra 2014 var på 36 mio. kr.'"""
    past = amount.end_year and amount.start_year == amount.end_year < (setting.year or 0)
    if not (past and setting.agreement and amount.role == "other"):
        return amount
    if words.says(layout, CUES.rule("cost")):
        return amount  # what was spent was spent in that year
    return changed(amount, start_year=None, end_year=None, years_basis=None)


def alike(amounts: list[Amount]) -> list[Amount]:
    """The sums of an enumeration with the role of its last one, which has the unit and the words."""
    found = list(amounts)
    for i in range(len(amounts) - 2, -1, -1):
        if amounts[i].evidence.rule.endswith("of a list"):
            found[i] = changed(amounts[i], role=found[i + 1].role)
    return found


def again(layout: Layout, amounts: list[Amount], clauses: Sequence[Clause]) -> list[Amount]:
    """'de 68,4 mio. kr.' is what it was when it was first said."""
    known: dict[tuple[int, int], AmountRole] = {}
    found = []
    for amount, words in zip(amounts, clauses, strict=True):
        value = (amount.min_dkk, amount.max_dkk)
        before = known.get(value)
        if amount.role == "other" and before and words.says(layout, CUES.rule("the same again")):
            found.append(changed(amount, role=before))
            continue
        if amount.role != "other":
            known.setdefault(value, amount.role)
        found.append(amount)
    return found


def is_aside(layout: Layout, amount: Amount, words: Clause, setting: Setting) -> bool:
    """Is this neither given nor shared out: money of years gone by, a limit, a rate or a price?"""
    if setting.kind in {"pool", "project"}:
        if setting.kind == "pool" and amount.end_year and amount.end_year < (setting.year or 0):
            return True
        limit = amount.qualifier != "exact" and amount.max_dkk < LIMIT
        return limit or (amount.qualifier in {"at_most", "at_least"} and amount.per == "recipient")
    this_year = setting.year or (setting.first_year and setting.first_year - 1)
    if setting.agreement and this_year and amount.end_year and amount.end_year < this_year:
        return True
    small = amount.max_dkk < SMALL_SUM and amount.evidence.rule == "amounts/kroner"
    limit = small or amount.qualifier in {"at_most", "at_least"}
    return bool(setting.agreement) and limit and not words.says(layout, CUES.rule("gives"))


def is_background(amount: Amount, setting: Setting) -> bool:
    """Money in a fact box about the programme, not about this agreement."""
    if setting.first_year and amount.start_year and amount.start_year < setting.first_year:
        return True
    return amount.per == "year" or amount.start_year is None


def introduced_as(layout: Layout, block: int) -> bool:
    """Is the list that a sum stands in introduced as wishes or proposals?"""
    intro = layout.intros[block]
    if intro is None:
        return False
    words = layout.words(intro)
    rules = (CUES.rule("wish"), CUES.rule("earlier money"))
    return any(layout.search(rule, words) for rule in rules)


def beyond(layout: Layout, amount: Amount, words: Clause, amounts: Sequence[Amount]) -> Amount:
    """On a pool's page a sum larger than the pool and of an agreement is other money."""
    pool = max((a.max_dkk for a in amounts if a.role == "pool"), default=None)
    larger = pool is not None and amount.role == "part" and amount.min_dkk > pool
    agreed = any(words.says(layout, rule) for rule in (CUES.rule("earlier money"), *PROGRAMMES))
    return changed(amount, role="other") if larger and agreed else amount


def pool_role(layout: Layout, amount: Amount, words: Clause) -> Amount:
    """On a pool's own page the first sums are the pool's; splits and grants are parts of it."""
    block = layout.block_at(amount.evidence.span.start)
    first = layout.zones[block] in {"title", "lead"} and amount.per == "total"
    offered = amount.role == "part" and first and not is_split(layout, words)
    return changed(amount, role="pool") if offered else amount


def with_pool(layout: Layout, amounts: list[Amount], clauses: list[Clause]) -> list[Amount]:
    """On a pool's own page the largest sum is the pool's where none is called so, wherever it is said."""
    pools = {a.max_dkk for a in amounts if a.role == "pool"}
    if not pools:
        whole = [
            a.max_dkk
            for a, words in zip(amounts, clauses, strict=True)
            if a.role in {"part", "frame"} and a.per == "total" and not is_split(layout, words)
        ]
        pools = {max(whole)} if whole else set()
    return [
        changed(a, role="pool")
        if a.max_dkk in pools and a.role in {"part", "frame"} and a.per == "total"
        else a
        for a in amounts
    ]


def with_total(
    layout: Layout, amounts: list[Amount], clauses: list[Clause], setting: Setting
) -> list[Amount]:
    """The sums with the total marked wherever it is said."""
    total = find_total(layout, amounts, clauses, setting)
    if total is None:
        lasting = find_total(layout, amounts, clauses, setting, per="year")
        return [
            changed(a, role="total") if a.role == "part" and (a.min_dkk, a.max_dkk) == lasting else a
            for a in amounts
        ]
    return [
        changed(amount, role="total") if is_total(layout, amounts, amount, words, total) else amount
        for amount, words in zip(amounts, clauses, strict=True)
    ]


def beside(layout: Layout, amounts: Sequence[Amount], amount: Amount, total: tuple[int, int]) -> bool:
    """Does the total stand right before the sum in its paragraph? Then what lasts after it is the
    agreement's as well."""
    before = [a for a in amounts if a.evidence.span < amount.evidence.span][-1:]
    return any(
        (a.min_dkk, a.max_dkk) == total
        and layout.block_at(a.evidence.span.start) == layout.block_at(amount.evidence.span.start)
        for a in before
    )


def is_total(
    layout: Layout, amounts: Sequence[Amount], amount: Amount, words: Clause, total: tuple[int, int]
) -> bool:
    if amount.role not in {"part", "frame"} or amount.per == "recipient":
        return False
    if amount.per == "year":
        sentence = layout.sentence_at(amount.evidence.span.start)
        if layout.search(TOTALS.rule("whole for good"), sentence.text):
            return amount.role == "part"
        lasting = amount.end_year is None and amount.start_year and beside(layout, amounts, amount, total)
        return bool(lasting) and amount.role == "part" and not is_split(layout, words)
    return (amount.min_dkk, amount.max_dkk) == total or is_rounding(layout, amount, total)


def is_rounding(layout: Layout, amount: Amount, total: tuple[int, int]) -> bool:
    """'godt 742 mio.' or '0,74 mia.' at the top for 742,6 mio. in the text, 'over trekvart milliard'."""
    index = layout.block_at(amount.evidence.span.start)
    off = abs(amount.min_dkk - total[0])
    hedged = amount.qualifier in {"over", "under", "about"}
    if layout.zones[index] in {"title", "lead"} and off < CLOSE * total[0]:
        return True
    beyond = (amount.min_dkk - total[0]) * HEDGES.get(amount.qualifier, 0) > 0
    near = off < ROUNDED * total[0] and not beyond
    return hedged and near and layout.blocks[index].kind not in {"list_item", "cell"}


def find_total(
    layout: Layout, amounts: list[Amount], clauses: list[Clause], setting: Setting, per: Per = "total"
) -> tuple[int, int] | None:
    """The sum with the most points for being what the agreement distributes, or gives each year for
    good; None below ENOUGH."""
    candidates = [
        (amount, words)
        for amount, words in zip(amounts, clauses, strict=True)
        if amount.role == "part"
        and amount.per == per
        and not amount.implausible
        and may_be_total(layout, amount, words)
    ]
    if not candidates:
        return None
    largest = max(amount.max_dkk for amount, _ in candidates)
    groups: dict[tuple[int, int], list[tuple[Amount, Clause]]] = {}
    for amount, words in candidates:
        groups.setdefault((amount.min_dkk, amount.max_dkk), []).append((amount, words))
    sums = sums_of_runs(amounts)
    points = {value: group_points(layout, group, largest, sums) for value, group in groups.items()}
    points |= {value: points[value] + TABLE_POINTS for value in points if value[1] in setting.grand_totals}
    best = max(points, key=lambda value: (points[value], value[1]))
    shared = any(words.says(layout, TOTALS.rule("shares out")) for _, words in groups[best])
    if setting.agreement == "finance_act" and not shared:
        return None  # a finance act is larger than what one release tells of it
    return best if points[best] >= ENOUGH else None


def group_points(layout: Layout, group: list[tuple[Amount, Clause]], largest: int, sums: set[int]) -> int:
    """How much speaks for a sum being the total: its best mention, said again, made up by others."""
    points = max(points_of(layout, amount, words, largest) for amount, words in group)
    inside = any(words.says(layout, TOTALS.rule("for one thing")) for _, words in group)
    again = len(group) > 1
    made_up = any(abs(group[0][0].max_dkk - found) <= ROUNDING for found in sums)
    inside = inside and group[0][0].max_dkk < largest
    return points + REPEATED_POINTS * again + SUM_POINTS * made_up - INSIDE_POINTS * inside


def sums_of_runs(amounts: Sequence[Amount]) -> set[int]:
    """The sums of two to ten neighbouring parts of the text: a total is often told apart right after."""
    parts = [a.max_dkk for a in amounts if a.role in {"part", "pool"} and a.per == "total"]
    return {
        sum(parts[i:j])
        for i in range(len(parts))
        for j in range(i + 2, min(i + LONGEST_RUN, len(parts)) + 1)
        if len(set(parts[i:j])) == j - i
    }


def may_be_total(layout: Layout, amount: Amount, words: Clause) -> bool:
    zone = layout.zones[layout.block_at(amount.evidence.span.start)]
    return zone not in {"contact", "service", "quote"} and not is_split(layout, words)


def is_split(layout: Layout, clause: Clause) -> bool:
    """Is the sum told apart from another one? Then 'heraf' stands before it."""
    words = clause.words[: clause.words.index("0") + 1]
    return bool(layout.search(CUES.rule("split"), words, clause.span))


def covers_years(amount: Amount) -> bool:
    """Does the text say that the sum is for several years, as agreements are?"""
    explicit = amount.years_basis == "explicit" and amount.start_year and amount.end_year
    return bool(explicit) and (amount.end_year or 0) - (amount.start_year or 0) >= SEVERAL_YEARS


def points_of(layout: Layout, amount: Amount, words: Clause, largest: int) -> int:
    """How much speaks for this mention being the total."""
    index = layout.block_at(amount.evidence.span.start)
    block, zone = layout.blocks[index], layout.zones[index]
    points = sum(int(rule.value or 0) for rule in POINTS if words.says(layout, rule))
    points += {"title": TITLE_POINTS, "lead": LEAD_POINTS}.get(zone, 0)
    points += LIST_POINTS if block.kind in {"list_item", "cell"} or (block.kind == "heading" and index) else 0
    points += LARGEST_POINTS if amount.max_dkk == largest else 0
    points += PERIOD_POINTS if covers_years(amount) and block.kind not in {"list_item", "cell"} else 0
    return points - (4 if amount.max_dkk < largest * SMALL_SHARE else 0)
