"""Sums that are neither given nor shared out, and words that only seem to say so."""

import re

from extractors.facts import Amount
from extractors.layout import Layout
from extractors.readers.clauses import CUES, Clause, Setting
from extractors.rules import Rule, load_rules

ASIDE_RULES = frozenset({"cap", "cost", "co-funding", "earlier money", "wish"})
PAID_RULES = frozenset({"cost", "cap"})  # of words that can also tell what the agreement's own money buys
LIMIT = 1_000_000  # kroner: "over 500.000 kr." on a pool's page is a limit, "over 20 mio. kr." the pool
SMALL_SUM = 200_000  # kroner: below this a sum is a rate or a price and no share of an agreement
LINKS = load_rules("clause_parts")


def of_sum(layout: Layout, amount: Amount, words: Clause, rule: Rule) -> bool:
    """Do the words that a rule found speak of the sum itself? Not where they stand in a relative clause
    about something else, in a sentence that follows, or inside the title of a list's line."""
    if rule.name not in ASIDE_RULES:
        return True
    match = rule.pattern.search(words.words)
    listed = layout.blocks[layout.block_at(amount.evidence.span.start)].kind in {"list_item", "heading"}
    if match and listed and amount.max_dkk >= LIMIT and in_title(words.words, match):
        return False
    own = LINKS.rule("contrast after").pattern.sub(r"\1", words.words)
    own = LINKS.rule("relative before").pattern.sub(" ", own)
    after = LINKS.rule("sentence after").pattern.search(own)
    if after and LINKS.rule("is given").pattern.search(own[: after.end()]):
        own = own[: after.end()]
    return own == words.words or bool(rule.pattern.search(own))


def in_title(words: str, match: re.Match[str]) -> bool:
    """Does a preposition put the words inside a title, 'Afskaffelse af egenbetaling: 0'?"""
    figure = words.index("0")
    governed = LINKS.rule("governed").pattern.search(words[: match.start()])
    return bool(governed) and bool(LINKS.rule("title ends").pattern.search(words, match.start(), figure))


def is_paid(layout: Layout, amount: Amount, words: Clause, setting: Setting) -> bool:
    """Is a cost the agreement's own money? It says so, or names years that lie ahead and nobody else
    who pays: 'De koster 2,2 mio. kr. i hvert af årene 2020-2022.'"""
    if amount.max_dkk >= LIMIT and words.says(layout, CUES.rule("agreement costs")):
        return True
    if not setting.agreement or amount.per == "recipient" or words.says(layout, CUES.rule("burden")):
        return False
    first, last = amount.start_year, amount.end_year
    ahead = bool(setting.first_year and first and first >= setting.first_year)
    if ahead and amount.years_basis == "explicit" and (last is None or last > (first or 0)):
        return True
    once = amount.per == "total" and amount.max_dkk >= LIMIT and (first is None or ahead)
    return once and words.says(layout, CUES.rule("present cost"))


def is_aside(layout: Layout, amount: Amount, words: Clause, setting: Setting) -> bool:
    """Is this neither given nor shared out: money of years gone by, a limit, a rate or a price?"""
    if setting.kind in {"pool", "project"}:
        if words.says(layout, CUES.rule("whole programme")):
            return True
        if setting.kind == "pool" and amount.end_year and amount.end_year < (setting.year or 0):
            return True
        limit = amount.qualifier != "exact" and amount.max_dkk < LIMIT
        return limit or (amount.qualifier in {"at_most", "at_least"} and amount.per == "recipient")
    this_year = setting.year or (setting.first_year and setting.first_year - 1)
    if setting.agreement and this_year and amount.end_year and amount.end_year < this_year:
        return True
    before = amount.end_year and amount.end_year < (setting.first_year or 0)
    if setting.agreement and before and words.says(layout, CUES.rule("was given")):
        return True
    floor = amount.qualifier == "at_least" and amount.max_dkk < LIMIT
    limit = amount.qualifier == "at_most" or floor
    return bool(setting.agreement) and limit and not words.says(layout, CUES.rule("gives"))


def is_rate(layout: Layout, amount: Amount, words: Clause) -> bool:
    """Is a sum of running text so small that it is a rate, a price or a debt and nobody's share?"""
    if amount.max_dkk >= SMALL_SUM or amount.evidence.rule != "amounts/kroner":
        return False
    told = layout.blocks[layout.block_at(amount.evidence.span.start)].kind == "paragraph"
    return told or not words.says(layout, CUES.rule("gives"))


def spans_before(amount: Amount, setting: Setting) -> bool:
    """Is a sum for years that begin well before the agreement's? Then an earlier one gave it."""
    first, begins = amount.start_year, setting.first_year
    closed = first and begins and amount.end_year and amount.years_basis == "explicit"
    return bool(closed) and (first or 0) < (begins or 0) - 1


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
