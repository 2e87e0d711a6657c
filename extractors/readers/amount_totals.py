"""Which sum is all that an agreement distributes: the one with the most points for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.facts import Amount, Per, changed
from extractors.layout import Layout
from extractors.readers.amount_sums import ROUNDING, exact_for, over_years, told_apart_into
from extractors.readers.clauses import CUES, Clause, Setting, is_split
from extractors.readers.first_sums import by_place
from extractors.rules import load_rules

TOTALS = load_rules("totals")
ENOUGH = 5  # points that make a sum the total
TITLE_POINTS, LEAD_POINTS, LIST_POINTS, LARGEST_POINTS = 3, 2, -5, 3
PERIOD_POINTS, SEVERAL_YEARS = 2, 2  # 2026-2029, 2019-2021
TABLE_POINTS = 4  # the economy table says it too
REPEATED_POINTS, SUM_POINTS, INSIDE_POINTS = 2, 3, 4
APART_POINTS, APART_SHARE = 5, 0.5  # for what the text tells apart, if it is half of the largest sum
LONGEST_RUN = 10
EARLY = 2  # blocks after the lead in which all that an agreement gives is told
POINTS = [rule for rule in TOTALS.rules if (rule.value or "").isdigit()]
HEDGES = {"over": 1, "under": -1}  # more than 5 is for what is larger than 5
CLOSE, ROUNDED = 0.005, 0.1  # shares by which the same sum differs from itself
BODY, NOWHERE = frozenset({"body", "fact"}), frozenset[str]()  # zones where the largest may be a part
CALLED = frozenset({"frame", "other"})  # roles that words round a total may look like
SMALL_SHARE = 0.2  # a sum below this share of the largest one is hardly the total


@dataclass(frozen=True, slots=True)
class Whole:
    """The total that was found, how it is hedged, its last year, and the grand totals of tables."""

    value: tuple[int, int]
    qualifier: str
    last: int | None
    grand_totals: frozenset[int]
    later: int  # a year in which what the agreement gives for its own years may be over, where none is told


def with_total(
    layout: Layout, amounts: list[Amount], clauses: list[Clause], setting: Setting
) -> list[Amount]:
    """The sums with the total marked wherever it is said."""
    total = find_total(layout, amounts, clauses, setting)
    if total is None:
        if setting.agreement == "finance_act":
            return amounts  # what it gives each year for one purpose is a small part of it
        lasting = find_total(layout, amounts, clauses, setting, per="year")
        if lasting is None:
            return by_place(layout, amounts, clauses)
        return with_lasting(amounts, lasting)
    same = [a for a in amounts if (a.min_dkk, a.max_dkk) == total]
    dated = [a.end_year for a in same if a.end_year] or [
        a.end_year for a in amounts if a.role == "part" and a.per == "total" and a.end_year
    ]
    last = max(dated, default=None)
    later = (setting.first_year or setting.year or 0) + SEVERAL_YEARS
    whole = Whole(total, same[0].qualifier, last, setting.grand_totals, later)
    found: list[Amount] = []
    before: Amount | None = None  # the last sum that is not told apart from another one
    for amount, words in zip(amounts, clauses, strict=True):
        marked = is_total(layout, before, amount, words, whole) or is_exact(layout, amount, words, whole)
        found.append(changed(amount, role="total") if marked else within(layout, amount, words, total))
        before = before if is_split(layout, words) else amount
    return found


def with_lasting(amounts: list[Amount], lasting: tuple[int, int] | None) -> list[Amount]:
    """The sums with the yearly total marked, and what it comes to over its years: '64,8 mio. kr. årligt
    i 2021-2024, svarende til 259,2 mio. kr. i alt'."""
    yearly = [a for a in amounts if a.role == "part" and (a.min_dkk, a.max_dkk) == lasting]
    over = {over_years(a) for a in yearly if a.per == "year" and a.start_year and a.end_year}
    together = [a for a in amounts if a.role == "part" and a.per == "total" and a.max_dkk in over]
    return [changed(a, role="total") if a in yearly or a in together else a for a in amounts]


def within(layout: Layout, amount: Amount, words: Clause, total: tuple[int, int]) -> Amount:
    """A sum that is larger than the total is no part of it: it is what the total is taken from where a
    fact box or the words round it say so, else other money."""
    if amount.role != "part" or amount.per == "recipient" or amount.min_dkk <= total[1] + ROUNDING:
        return amount
    boxed = layout.zones[layout.block_at(amount.evidence.span.start)] == "fact" and amount.per == "total"
    source = boxed or words.says(layout, TOTALS.rule("taken from"))
    return changed(amount, role="frame" if source else "other")


def beside(layout: Layout, before: Amount | None, amount: Amount, total: tuple[int, int]) -> bool:
    """Is the sum before this one the total, in the same paragraph? Then what lasts after it is the
    agreement's as well."""
    if before is None or (before.min_dkk, before.max_dkk) != total:
        return False
    return layout.block_at(before.evidence.span.start) == layout.block_at(amount.evidence.span.start)


def is_total(layout: Layout, before: Amount | None, amount: Amount, words: Clause, whole: Whole) -> bool:
    told = amount.role in CALLED and is_told_whole(layout, words)
    if (amount.role not in {"part", "frame"} and not told) or amount.per == "recipient":
        return False
    if amount.per == "year":
        if words.says(layout, CUES.rule("to be decided")):
            return False
        return is_lasting(layout, before, amount, words, whole)
    total = whole.value
    return (amount.min_dkk, amount.max_dkk) == total or is_rounding(layout, amount, total)


def is_lasting(layout: Layout, before: Amount | None, amount: Amount, words: Clause, whole: Whole) -> bool:
    """Is a yearly sum the permanent money of the whole agreement: by its words, by a table's last row,
    right after the total, or from the year after the agreement's last?"""
    sentence = layout.sentence_at(amount.evidence.span.start)
    if layout.search(TOTALS.rule("whole for good"), sentence.text):
        return True
    if amount.end_year is not None or not amount.start_year or is_split(layout, words):
        return False
    if amount.max_dkk in whole.grand_totals or beside(layout, before, amount, whole.value):
        return True
    told = layout.blocks[layout.block_at(amount.evidence.span.start)].kind == "paragraph"
    after = amount.start_year == whole.last + 1 if whole.last else amount.start_year >= whole.later
    after = after and not (before and sentence.span.contains(before.evidence.span))
    early = sentence.block_index <= layout.lead + EARLY and not layout.heading(sentence.block_index)
    rest = layout.document.text[amount.evidence.span.end : sentence.span.end]
    early = early and not TOTALS.rule("goes to").pattern.search(rest)
    return told and after and (early or bool(layout.search(TOTALS.rule("of the whole"), sentence.text)))


def is_exact(layout: Layout, amount: Amount, words: Clause, whole: Whole) -> bool:
    """Is this the exact figure of the total that title or lead give in round numbers?"""
    told = amount.role in {"part", "frame"} and amount.per == "total" and not is_split(layout, words)
    in_text = layout.blocks[layout.block_at(amount.evidence.span.start)].kind == "paragraph"
    return told and in_text and exact_for(amount, whole.value, whole.qualifier)


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
        if (amount.role == "part" or (amount.role in CALLED and is_told_whole(layout, words)))
        and amount.per == per
        and not amount.implausible
        and may_be_total(layout, amount, words)
    ]
    candidates += told_by_speaker(layout, amounts, clauses, candidates) if per == "total" else []
    if not candidates:
        return None
    largest = max(amount.max_dkk for amount, _ in candidates)
    outgrown = BODY if setting.kind == "agreement" and outgrows(candidates, largest, setting) else NOWHERE
    groups: dict[tuple[int, int], list[tuple[Amount, Clause]]] = {}
    for amount, words in candidates:
        groups.setdefault((amount.min_dkk, amount.max_dkk), []).append((amount, words))
    sums = sums_of_runs(amounts)
    points = {value: group_points(layout, group, largest, sums, outgrown) for value, group in groups.items()}
    points |= {value: points[value] + TABLE_POINTS for value in points if value[1] in setting.grand_totals}
    apart = max(told_apart_into(amounts) & set(groups), key=lambda value: value[1], default=None)
    if apart and apart[1] >= largest * APART_SHARE:
        points[apart] += APART_POINTS
    known = apart if apart and points[apart] >= ENOUGH else None
    known = max([v for v in groups if v[1] in setting.grand_totals], default=known)
    points = {v: n for v, n in points.items() if not (known and is_source(layout, groups[v], v, known))}
    best = max(points, key=lambda value: (points[value], value[1]))
    shared = any(words.says(layout, TOTALS.rule("shares out")) for _, words in groups[best])
    if setting.agreement == "finance_act" and not shared:
        return None  # a finance act is larger than what one release tells of it
    return best if points[best] >= ENOUGH else None


def is_source(
    layout: Layout, group: list[tuple[Amount, Clause]], value: tuple[int, int], known: tuple[int, int]
) -> bool:
    """Is a sum larger than one that adds up, and called a reserve or a frame? Then that is taken from it."""
    larger = value[0] > known[1] + ROUNDING
    return larger and any(words.says(layout, TOTALS.rule("taken from")) for _, words in group)


def told_by_speaker(
    layout: Layout,
    amounts: Sequence[Amount],
    clauses: Sequence[Clause],
    candidates: Sequence[tuple[Amount, Clause]],
) -> list[tuple[Amount, Clause]]:
    """Sums of quotations, 'at vi kan finde 270 mio. kr. til samfundets svageste', that are larger than
    any other of the text: there only the speaker says the total."""
    largest = max((amount.max_dkk for amount, _ in candidates), default=0)
    return [
        (amount, words)
        for amount, words in zip(amounts, clauses, strict=True)
        if amount.role == "part"
        and amount.per == "total"
        and layout.zones[layout.block_at(amount.evidence.span.start)] == "quote"
        and amount.min_dkk > largest * (1 + ROUNDED)
        and words.says(layout, TOTALS.rule("shares out"))
        and not is_split(layout, words)
    ]


def outgrows(candidates: Sequence[tuple[Amount, Clause]], largest: int, setting: Setting) -> bool:
    """Are the other sums together, or a table's grand total, more than the largest? Then being the
    largest says little: sections of an agreement's text give one sum each, and the whole stands in
    the table or nowhere."""
    others = sum({amount.max_dkk for amount, _ in candidates} - {largest})
    return max(others, *setting.grand_totals, 0) > largest + ROUNDING


def group_points(
    layout: Layout,
    group: list[tuple[Amount, Clause]],
    largest: int,
    sums: set[int],
    outgrown: frozenset[str],
) -> int:
    """How much speaks for a sum being the total: its best mention, said again, made up by others."""
    points = max(points_of(layout, amount, words, largest, outgrown) for amount, words in group)
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


def is_told_whole(layout: Layout, words: Clause) -> bool:
    """Do the words themselves say that the sum is all of it, 'lægges det hele sammen, får området …'?"""
    return words.says(layout, TOTALS.rule("told as the whole"))


def may_be_total(layout: Layout, amount: Amount, words: Clause) -> bool:
    zone = layout.zones[layout.block_at(amount.evidence.span.start)]
    if any(words.says(layout, TOTALS.rule(name)) for name in ("of earlier plans", "agency's share")):
        return False
    return zone not in {"contact", "service", "quote"} and not is_split(layout, words)


def covers_years(amount: Amount) -> bool:
    """Does the text say that the sum is for several years, as agreements are?"""
    explicit = amount.years_basis == "explicit" and amount.start_year and amount.end_year
    return bool(explicit) and (amount.end_year or 0) - (amount.start_year or 0) >= SEVERAL_YEARS


def points_of(layout: Layout, amount: Amount, words: Clause, largest: int, outgrown: frozenset[str]) -> int:
    """How much speaks for this mention being the total."""
    index = layout.block_at(amount.evidence.span.start)
    block, zone = layout.blocks[index], layout.zones[index]
    points = sum(int(rule.value or 0) for rule in POINTS if words.says(layout, rule))
    points += {"title": TITLE_POINTS, "lead": LEAD_POINTS}.get(zone, 0)
    points += LIST_POINTS if block.kind in {"list_item", "cell"} or (block.kind == "heading" and index) else 0
    points += LARGEST_POINTS if amount.max_dkk == largest and zone not in outgrown else 0
    points += PERIOD_POINTS if covers_years(amount) and block.kind not in {"list_item", "cell"} else 0
    return points - (4 if amount.max_dkk < largest * SMALL_SHARE else 0)
