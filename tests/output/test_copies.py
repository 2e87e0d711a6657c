"""Documents that tell the same are linked, others are not."""

import pytest

from output.copies import Link, rewrites, same_pools, same_texts
from output.table import Row, Value

LONG = "Partierne er enige om at fordele pengene til mennesker med handicap og udsatte børn i hele landet. "
STORY = f"{LONG}\n\nDer bliver sat gang i mange initiativer, og kommunerne skal følge op på dem hvert år."
OTHER = f"{LONG}\n\n" + "Kulturen får sin egen andel: fritidspas, musik, højtlæsning, bøger og teater " * 3


def text(name: str, words: str, day: str = "2020-01-01") -> Row:
    return {"document_id": name, "text": words, "published_on": day}


def test_a_lightly_edited_copy_is_found() -> None:
    copy = text("b", STORY.replace("mange", "flere"), "2020-01-02")
    found = list(same_texts([copy, text("a", STORY), text("c", OTHER)]))
    assert [(link.pair, link.relation) for link in found] == [(("a", "b"), "same_text")]


def test_a_paragraph_on_many_pages_joins_nothing() -> None:
    assert list(same_texts([text(f"d{n:02}", STORY) for n in range(21)])) == []


def teller(name: str, relation: str, words: str, day: str | None = "2020-01-01") -> Row:
    return {
        "agreement_id": "x",
        "document_id": name,
        "relation": relation,
        **text(name, words, ""),
        "published_on": day,
    }


def test_an_agencys_news_rewrites_the_release() -> None:
    release = teller("a", "announces", STORY)
    news = teller("b", "reports", f"Styrelsen: {STORY[60:]}", "2020-01-03")
    assert [link.pair for link in rewrites([news, release])] == [("a", "b")]


@pytest.mark.parametrize("day", ["2020-03-01", None])
def test_what_is_far_away_in_time_is_no_rewrite(day: str | None) -> None:
    assert list(rewrites([teller("a", "announces", STORY), teller("b", "reports", STORY, day)])) == []


def test_other_words_are_no_rewrite() -> None:
    other = teller(
        "b", "reports", "Hjemløshed, psykiatri, rehabilitering og beskæftigelse fylder mest i aftalen"
    )
    assert list(rewrites([teller("a", "announces", STORY), other])) == []


def pool(name: str, title: str, **more: Value) -> Row:
    row: Row = {"document_id": name, "title": title, "amount_dkk": 8_700_000, "deadline_on": "2020-08-03",
                "account": None, "kind": "pool", "length": 100}  # fmt: skip
    return row | more


ONE = "Modning af MOVE i grupper for unge"
TWO = "MOVE som gruppetilbud til unge"


def linked(*pools: Row) -> list[Link]:
    return list(same_pools(pools))


def test_two_pages_about_one_pool() -> None:
    found = linked(pool("a", ONE), pool("b", TWO, account="15.75.06.10"))
    assert [(link.pair, link.relation) for link in found] == [(("b", "a"), "same_pool")]
    assert found == linked(pool("b", TWO, account="15.75.06.10"), pool("a", ONE))


def test_two_rounds_or_two_pools_of_one_size_are_not_one() -> None:
    assert linked(pool("a", ONE), pool("b", ONE, deadline_on="2021-08-03")) == []
    assert linked(pool("a", ONE), pool("b", "Varmestuer for hjemløse", deadline_on=None)) == []
