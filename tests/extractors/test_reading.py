"""The index of words never loses a match: rules find the same with it as without."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import Span
from corpus.read import read_file
from extractors.literals import literals
from extractors.patterns import Pattern
from extractors.reading import Reading
from extractors.rules import Rule, all_tables, sieved_rules
from tests.support import unmark

SAMPLES = sorted((Path(__file__).parents[2] / "corpus" / "samples").glob("*.*t*"))
EXAMPLES = [
    unmark(text)[0]
    for table in all_tables()
    for rule in table.rules
    for text in (*rule.examples, *rule.rejects)
]
WORDS = sorted({word for text in EXAMPLES for word in re.findall(r"\S+", text)})


WHOLE = frozenset({"amounts", "dates", "counts", "effects", "methods", "target_groups", "agreements"})
RULES = [rule for rule in sieved_rules() if rule.key.partition("/")[0] in WHOLE]  # matched on whole texts


def plain(rule: Rule, text: str) -> list[tuple[int, int]]:
    """What the rule finds without an index, but for matches over an empty line, which are none."""
    return [m.span() for m in rule.pattern.finditer(text) if m.group() and "\n\n" not in m.group()]


def indexed(rule: Rule, text: str) -> list[tuple[int, int]]:
    return [m.span() for m in Reading(text).matches(rule) if m.group() and "\n\n" not in m.group()]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.key)
def test_a_rule_finds_the_same_with_the_index(rule: Rule) -> None:
    """In its own examples and near misses, one by one and one after the other."""
    own = [unmark(text)[0] for text in (*rule.examples, *rule.rejects)]
    for text in [*own, "\n\n".join(own)]:
        assert indexed(rule, text) == plain(rule, text)


@pytest.mark.parametrize("path", [p for p in SAMPLES if p.suffix in {".txt", ".html"}], ids=lambda p: p.name)
def test_all_rules_find_the_same_in_a_document(path: Path) -> None:
    text = read_file(path).text
    for rule in RULES:
        assert indexed(rule, text) == plain(rule, text), rule.key


@settings(deadline=None)  # the first text compiles all rules
@given(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
def test_what_a_rule_needs_is_never_missing(text: str) -> None:
    """Words of the rules in any order: a rule that matches is never said to be absent."""
    reading = Reading(text)
    for rule in sieved_rules():
        if match := rule.pattern.search(text):
            assert reading.may_have(rule), rule.key
            assert reading.search(rule, text) is not None
            if match.group():
                assert reading.has_needed(rule, Span(0, max(len(text), 1))), rule.key


def test_letters_that_change_their_number_in_lower_case_stay_in_their_place() -> None:
    reading = Reading("İ og İ. 5 mio. kr.")
    assert len(reading.lower) == len(reading.text)
    assert reading.words["mio"] == [reading.text.index("mio")]


@pytest.mark.parametrize(
    ("pattern", "begins", "needs"),
    [
        (r"\b(?:frist|senest)\s+den", {"frist den", "senest den"}, {"frist+", "senest+"}),
        (r"(?<!\w)(?:ca\.\s?)?\d+ kr", {"ca.0", "0", "ca. "}, {"kr"}),
        (r"\w*ministeriet", None, {"ministeriet"}),
        (r"(?:a|b)?", None, set()),
        (r"\d,-", None, {",-"}),  # a digit may stand in the middle of a number
        (r"(?<=\bi\s)(?:maj|juni)\b", {"maj", "juni"}, {"maj", "juni"}),
        (r"støtte(?!t)", None, {"støtte"}),  # also in the middle of a word
    ],
)
def test_literals(pattern: str, begins: set[str] | None, needs: set[str]) -> None:
    found = literals(Pattern(pattern, {}, re.IGNORECASE))
    assert found.needs == {word for word in needs if not word.endswith("+")}
    assert found.words == {word.rstrip("+") for word in needs if word.endswith("+")}  # whole words
    assert (found.begins is None) == (begins is None)
    if begins:
        assert any(head.startswith(tuple(begins)) for head in found.begins or ())
