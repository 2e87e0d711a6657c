"""Every rule proves itself: its own examples and near misses are the tests."""

import re
from collections.abc import Callable, Sequence
from functools import cache, partial

import pytest

from corpus.document import Span
from extractors.facts import Fact
from extractors.layout import Layout
from extractors.readers.amounts import find_amounts
from extractors.readers.counts import Whole, find_counts
from extractors.readers.dates import Now, find_dates
from extractors.readers.effects import find_effects
from extractors.readers.language_of import language_of
from extractors.readers.people import find_people
from extractors.readers.statements import find_statements
from extractors.rules import Rule, RuleTable, all_tables, load_rules
from tests.support import holds, text_document, unmark

Reader = Callable[[Layout], Sequence[Fact]]
READERS: dict[str, Reader] = {
    "amounts": find_amounts,
    "dates": lambda layout: find_dates(layout, Now(layout.document.origin.published_on)),
    "counts": lambda layout: find_counts(layout, Whole("other")),
    "people": find_people,
    "effects": find_effects,
    "statements": lambda layout: find_statements(layout, find_people(layout)),
}
RULES = [(table, rule) for table in all_tables() for rule in table.rules]
WORDS = [(table, kind) for table in all_tables() for kind in table.values if table.rules]


def rule_id(value: object) -> str | None:
    return getattr(value, "name", None)


def check_example(table: RuleTable, rule: Rule, marked: str) -> None:
    text, spans = unmark(marked)
    expected = rule.examples[marked]
    if expected is None:
        assert spans, "an example marks what the rule finds"
        found = {Span(*m.span()) for m in rule.pattern.finditer(text) if m.group()}
        assert set(spans) <= found
        return
    layout = Layout(text_document(text))
    facts = {fact.evidence.span: fact for fact in READERS[table.name](layout)}
    wanted = expected if isinstance(expected, list) else [expected]
    assert len(spans) == len(wanted)
    for span, canonical in zip(spans, wanted, strict=True):
        assert span in facts or any(span.overlaps(s) for s in facts), (
            f"nothing at {text[span.start : span.end]!r}"
        )
        fact = facts.get(span) or next(f for s, f in facts.items() if span.overlaps(s))
        assert str(fact) == canonical
        assert fact.evidence.span == span
        assert fact.evidence.quote == layout.document.quote(span)


@pytest.mark.parametrize(("table", "rule"), RULES, ids=rule_id)
def test_rule(table: RuleTable, rule: Rule) -> None:
    assert rule.examples, f"{table.name}/{rule.name} has no example"
    assert len(rule.rejects) >= 2, f"{table.name}/{rule.name} needs two near misses"
    holds(partial(check_example, table, rule), rule.examples)


def check_near_miss(table: RuleTable, near_miss: tuple[str, str]) -> None:
    name, text = near_miss
    assert table.rule(name).pattern.search(text) is None


@pytest.mark.parametrize("table", all_tables(), ids=rule_id)
def test_near_misses(table: RuleTable) -> None:
    rejects = [(rule.name, text) for rule in table.rules for text in rule.rejects]
    holds(partial(check_near_miss, table), rejects)


@cache
def marked(table: str) -> str:
    """All that the examples of a table mark."""
    examples = [unmark(example) for rule in load_rules(table).rules for example in rule.examples]
    return " | ".join(text[span.start : span.end] for text, spans in examples for span in spans)


def check_word(table: RuleTable, word: str) -> None:
    pattern = re.escape(word).replace(r"\ ", r"\s+")
    assert re.search(rf"(?<!\w){pattern}(?!\w)", marked(table.name), re.IGNORECASE), "no example marks it"


@pytest.mark.parametrize(("table", "kind"), WORDS, ids=rule_id)
def test_words_are_taught(table: RuleTable, kind: str) -> None:
    """Every word of a table stands inside what one of its examples marks."""
    holds(partial(check_word, table), table.values[kind])


def test_languages_are_told_by_words_of_their_own() -> None:
    """The table of small words has no rules; each language's own text is its example."""
    texts = {
        "da": "Regeringen og partierne er blevet enige om, at der også skal afsættes penge til unge.",
        "no": "Regjeringen ble enig om noen tiltak for barn uten hjelp, og hva som blir av dem.",
        "sv": "Partierna är överens om att inte bara barn utan också vuxna får stöd.",
        "en": "The government and the parties agreed that the money is for the children of this city.",
        "de": "Die Regierung und die Parteien haben sich geeinigt, und das ist nicht alles von uns.",
    }
    assert {code: language_of(text * 3) for code, text in texts.items()} == {code: code for code in texts}
    assert set(load_rules("languages").values) == set(texts)
