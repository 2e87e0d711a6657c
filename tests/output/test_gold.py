"""The scores themselves: what counts as found, what as missed, what as false."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from output.gold import (
    AGREEMENT_FIELDS,
    DOCUMENT_FIELDS,
    KINDS,
    Item,
    Score,
    Scores,
    match,
    occurrences,
    put_places,
    score_document,
    similarity,
    table,
)

TEXT = (
    "Der er afsat 13,4 mio. kr. i 2022 og 4 mio. kr. i 2023. Heraf går 4 mio. kr. til børn, og"
    " tidligere gik 7 mio. kr. til voksne."
)
AGREEMENT: Item = {
    "kind": "uip",
    "programme_year": 2022,
    "total_min_dkk": 142_000_000,
    "total_max_dkk": 142_000_000,
    "start_year": 2022,
    "end_year": 2025,
    "initiative_count": None,
}


def amount(quote: str, dkk: int, nth: int = 0, **said: Any) -> Item:
    """A prediction of the n-th place of a quote; as gold only its words count."""
    start, end = occurrences(TEXT, quote)[nth]
    row: Item = {"quote": quote, "min_dkk": dkk, "max_dkk": dkk, "start": start, "end": end}
    row |= {"role": "part", "qualifier": "exact", "per": "total"}
    return row | {"start_year": None, "end_year": None} | said


def gold_amount(quote: str, dkk: int, **said: Any) -> Item:
    row = amount(quote, dkk, **said)
    return {k: v for k, v in row.items() if k not in {"start", "end"}}


def scored(gold: Item, found: Item, text: str = TEXT) -> Scores:
    scores = Scores()
    score_document(scores, {"file": "a.txt", **gold}, found, text)
    return scores


def numbers(scores: Scores, kind: str) -> tuple[int, int, int]:
    score = scores.of(kind)
    return score.hits, score.predicted, score.gold


def test_scores_of_nothing_and_of_something() -> None:
    assert (Score().precision, Score().recall, Score().f1) == (1.0, 1.0, 1.0)
    assert Score(0, 0, 3).f1 == Score(0, 3, 0).f1 == Score(0, 3, 3).f1 == 0.0
    assert Score(1, 2, 1).f1 == pytest.approx(2 / 3)


def test_one_to_one() -> None:
    four = gold_amount("4 mio. kr.", 4_000_000)
    twice = amount("4 mio. kr.", 4_000_000)
    scores = scored({"amounts": [four, four]}, {"amounts": [twice, dict(twice)]})
    assert numbers(scores, "amounts") == (1, 2, 2)
    assert [m.what for m in scores.mistakes if m.kind == "amounts"] == ["missed", "false"]


def test_equal_quotes_are_told_apart_by_their_place() -> None:
    first = gold_amount("4 mio. kr.", 4_000_000, role="total", start_year=2023)
    second = gold_amount("4 mio. kr.", 4_000_000)
    found = [
        amount("4 mio. kr.", 4_000_000, 1),
        amount("4 mio. kr.", 4_000_000, 0, role="total", start_year=2023),
    ]
    scores = scored({"amounts": [first, second]}, {"amounts": found})
    assert numbers(scores, "amounts") == (2, 2, 2)
    assert numbers(scores, "amounts.role") == numbers(scores, "amounts.years") == (2, 2, 2)
    swapped = scored({"amounts": [second, first]}, {"amounts": found})
    assert numbers(swapped, "amounts") == (2, 2, 2)
    assert numbers(swapped, "amounts.role") == numbers(swapped, "amounts.years") == (0, 2, 2)


def test_a_number_is_not_found_inside_another() -> None:
    assert [TEXT[a:b] for a, b in occurrences(TEXT, "4 mio. kr.")] == ["4 mio. kr."] * 2
    assert occurrences(TEXT, "3,4 mio. kr.") == []
    assert occurrences("60-70 mio. kr.", "70 mio. kr.") != []
    assert occurrences("1.470 mio. kr.", "470 mio. kr.") == []
    assert occurrences("i 2022. 4 mio. kr.", "4 mio. kr.") == [(8, 18)]
    inside = amount("13,4 mio. kr.", 4_000_000)
    scores = scored({"amounts": [gold_amount("4 mio. kr.", 4_000_000)]}, {"amounts": [inside]})
    assert numbers(scores, "amounts") == (0, 1, 1)


def test_quotes_stand_as_words_and_across_any_space() -> None:
    assert occurrences("børnene og børn\u00a0og\nunge", "børn og unge") == [(11, 23)]
    assert occurrences("handicappede", "handicap") == []
    assert occurrences("a b", "") == []


def test_longer_quotes_take_their_places_first() -> None:
    wanted = [{"quote": "2022"}, {"quote": "i 2022 og"}]
    put_places(TEXT + " Igen 2022.", wanted, [])
    at = TEXT.index("i 2022")
    assert wanted[1]["places"] == [(at, at + 9)]
    assert [TEXT[a:b] for a, b in wanted[0]["places"]] != ["2022"]  # the second one


def test_a_quote_inside_an_ignored_one_looks_for_another_place() -> None:
    text = "Satspuljen 2019 er slut. I 2019 begynder noget nyt."
    wanted = [{"quote": "2019"}]
    put_places(text, wanted, occurrences(text, "Satspuljen 2019 er slut"))
    assert wanted[0]["places"] == [(27, 31)]


def test_a_quote_that_is_not_in_the_text_is_missed() -> None:
    gold = {**gold_amount("4 mio. kr.", 9), "quote": "9 kr."}
    scores = scored({"amounts": [gold]}, {"amounts": [amount("4 mio. kr.", 9)]})
    assert numbers(scores, "amounts") == (0, 1, 1)


def test_ignored_after_matching() -> None:
    seven = "tidligere gik 7 mio. kr."
    found = {"amounts": [amount("7 mio. kr.", 7_000_000)]}
    dropped = scored({"ignore": [seven]}, found)
    assert numbers(dropped, "amounts") == (0, 0, 0)
    gold = {"ignore": [seven], "amounts": [gold_amount("7 mio. kr.", 7_000_000)]}
    assert numbers(scored(gold, found), "amounts") == (1, 1, 1)
    other = {"amounts": [amount("4 mio. kr.", 4_000_000)]}
    assert numbers(scored({"ignore": [seven]}, other), "amounts") == (0, 1, 0)


def prose(title: str, **said: Any) -> Item:
    return {
        "title": title,
        "form": "prose",
        "phases": [],
        "area": None,
        "start": 0,
        "end": 1,
    } | said


def test_prose_titles_need_most_words_in_common() -> None:
    gold = {"initiatives": [prose("nyt initiativ om partnervold")]}
    near, far = prose("initiativ om partnervold"), prose("initiativ om vold")
    assert numbers(scored(gold, {"initiatives": [near]}), "initiatives") == (1, 1, 1)
    assert numbers(scored(gold, {"initiatives": [far]}), "initiatives") == (0, 1, 1)
    strict = {"initiatives": [prose("nyt initiativ om partnervold", form="list")]}
    listed = prose("initiativ om partnervold", form="list")
    assert numbers(scored(strict, {"initiatives": [listed]}), "initiatives") == (0, 1, 1)
    assert similarity("", "") == 0.0


def test_the_same_title_is_taken_before_a_like_one() -> None:
    one, two = prose("initiativ om vold"), prose("nyt initiativ om vold", phases=["modning"])
    matched = match("initiatives", [one, two], [two, one])
    assert [(a["title"], b["title"]) for a, b in matched.pairs] == [
        (one["title"], one["title"]),
        (two["title"], two["title"]),
    ]


def test_case_and_punctuation_do_not_matter_and_phases_are_scored_apart() -> None:
    gold = {"initiatives": [prose("Åben Dialog – til unge.", form="list", phases=["screening"])]}
    found = {"initiatives": [prose("åben dialog til unge", form="list", phases=["modning"])]}
    scores = scored(gold, found)
    assert numbers(scores, "initiatives") == (1, 1, 1)
    assert numbers(scores, "initiatives.phases") == (0, 1, 1)
    assert numbers(scores, "initiatives.area") == (1, 1, 1)


def test_names_by_any_spelling_in_the_text() -> None:
    found = {"methods": [{"name": "Åben Dialog", "aliases": ["ÅD"], "start": 0, "end": 1}]}
    assert numbers(scored({"methods": ["ÅD"]}, found), "methods") == (1, 1, 1)
    assert numbers(scored({"methods": ["MOVE"]}, found), "methods") == (0, 1, 1)


def test_other_kinds_by_their_values() -> None:
    place = {"start": 0, "end": 3}
    gold: Item = {
        "dates": [{"quote": "2022", "start": "2022-01-01", "end": "2022-12-31", "basis": "explicit"}],
        "parties": [{"name": "Venstre", "role": "agrees"}],
        "pools": [{"amount_dkk": 1, "deadline": None, "title": "a"}],
        "effects": [{"quote": "halvdelen", "value": 0.5}],
        "counts": [{"quote": "4", "number": 4, "scope": "total"}],
    }
    year = occurrences(TEXT, "2022")[0]
    found: Item = {
        "dates": [{"start_on": "2022-01-01", "end_on": "2022-12-31", "start": year[0], "end": year[1]}],
        "parties": [{"name": "Venstre", "role": "outside", **place}],
        "pools": [{"amount_dkk": 1, "deadline": None, "title": "b", **place}],
        "effects": [{"value": 0.504, **place}],
        "counts": [{"number": 4, "scope": "part", **place}],
    }
    scores = scored(gold, found)
    hits = {kind: scores.of(kind).hits for kind in gold}
    assert hits == {"dates": 1, "parties": 0, "pools": 1, "effects": 1, "counts": 0}
    assert numbers(scores, "dates.role") == (1, 1, 1)


@pytest.mark.parametrize(
    ("gold", "found", "fields", "hits"),
    [
        (None, None, 1, 1),
        (None, AGREEMENT, 1, 0),
        (AGREEMENT, None, 7, 1),  # that there is no count is right
        (AGREEMENT, AGREEMENT, 7, 7),
        (AGREEMENT, {**AGREEMENT, "end_year": None}, 7, 6),
        ({"kind": "uip"}, {**AGREEMENT}, 7, 2),  # gold that leaves fields out
    ],
)
def test_agreements(gold: Item | None, found: Item | None, fields: int, hits: int) -> None:
    scores = scored({"agreement": gold}, {"agreement": found})
    of_agreement = [s for name, s in scores.by_kind.items() if name.startswith("agreement.")]
    assert sum(score.gold for score in of_agreement) == fields
    assert sum(score.hits for score in of_agreement) == hits
    assert len(scores.mistakes) == fields - hits


def test_tables_and_prose_are_scored_apart() -> None:
    text = "Løn | 13,4 | 7,0\nDer er 4 mio. kr."
    cells = [
        {"quote": "13,4", "start": 6, "end": 10, "min_dkk": 13, "max_dkk": 13},
        {"quote": "4 mio. kr.", "start": 24, "end": 34, "min_dkk": 4, "max_dkk": 4},
    ]
    gold = {"amounts": [{k: v for k, v in c.items() if k not in {"start", "end"}} for c in cells]}
    scores = scored(gold, {"amounts": cells[:1]}, text)
    assert numbers(scores, "amounts in tables") == (1, 1, 1)
    assert numbers(scores, "amounts in text") == (0, 0, 1)


def test_a_table_of_scores_names_every_kind_once_in_order() -> None:
    scores = scored({"agreement": AGREEMENT}, {"agreement": AGREEMENT})
    for kind in KINDS:
        scores.of(kind)
    names = [name for name, _ in table(scores)]
    assert names[: len(KINDS)] == list(KINDS)
    assert names[len(KINDS) :] == sorted(f"document.{n}" for n in DOCUMENT_FIELDS) + sorted(
        f"agreement.{n}" for n in AGREEMENT_FIELDS
    )


places = st.sampled_from([("13,4 mio. kr.", 0), ("4 mio. kr.", 0), ("4 mio. kr.", 1), ("7 mio. kr.", 0)])
facts = st.lists(st.tuples(places, st.sampled_from([4, 7])), max_size=6)


@given(facts, facts)
def test_never_more_hits_than_facts(gold: list[Any], found: list[Any]) -> None:
    wanted = [gold_amount(quote, dkk) for (quote, _), dkk in gold]
    got = [amount(quote, dkk, nth) for (quote, nth), dkk in found]
    scores = scored({"amounts": wanted}, {"amounts": got})
    hits, predicted, asked = numbers(scores, "amounts")
    assert (predicted, asked) == (len(got), len(wanted))
    assert hits <= min(predicted, asked)
    assert len([m for m in scores.mistakes if m.kind == "amounts"]) == predicted + asked - 2 * hits
    itself = scored({"amounts": [gold_amount("7 mio. kr.", 7)]}, {"amounts": got[:0]})
    assert itself.of("amounts").f1 == 0.0
