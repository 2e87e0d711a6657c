"""What does not add up becomes a row, and is counted."""

import pytest

from output.check_counts import order, part_count, whole_count
from output.checks import check_rows, failed_checks, source_checks, told_checks
from output.database import Database, execute, open_database, rows
from output.settle import settle
from output.table import Row
from output.write import write
from tests.output import danish


def settled(*texts: str) -> Database:
    db = open_database(None)
    for n, text in enumerate(texts):
        write(db, danish.extraction(text, f"/{n}.txt"), danish.arrival())
    settle(db)
    danish.sound(db)
    return db


def statuses(db: Database) -> dict[str, tuple[object, object, object]]:
    found = rows(db, "SELECT kind, claimed, found, status FROM checks")
    return {str(r["kind"]): (r["claimed"], r["found"], r["status"]) for r in found}


def test_all_adds_up() -> None:
    found = statuses(settled(danish.UIP, danish.NEWS))
    assert found["count_vs_list"] == (5, 5, "pass")
    assert found["sources_disagree"] == (90_000_000, 90_000_000, "pass")
    assert found["total_vs_parts"] == (90_000_000, None, "not_checkable")
    assert "fail" not in {status for _, _, status in found.values()}


def test_one_source_alone_cannot_disagree() -> None:
    assert "sources_disagree" not in statuses(settled(danish.UIP))


def test_sources_disagree() -> None:
    other = danish.NEWS.replace("90 mio", "92,5 mio")
    db = settled(danish.UIP, other)
    assert statuses(db)["sources_disagree"] == (90_000_000, 92_500_000, "fail")
    sql = "SELECT document_id FROM checks WHERE kind = 'sources_disagree'"
    assert "aftale-fordeler" in str(rows(db, sql)[0]["document_id"])
    assert statuses(settled(other, danish.UIP)) == statuses(db)


@pytest.mark.parametrize(
    ("promised", "found", "status"),
    [(5, 5, "pass"), (5, 6, "fail"), (27, 5, "not_checkable"), (5, 0, "not_checkable")],
)
def test_a_list_longer_than_promised_fails(promised: int, found: int, status: str) -> None:
    row: Row = {"agreement_id": "a", "document_id": "d", "mention_id": "m", "number": promised}
    assert whole_count(row, {"voksne": found})["status"] == status


def claim(agreement: str, document: str, value: int, quotes: str, hedged: int = 0) -> Row:
    return {
        "agreement_id": agreement,
        "document_id": document,
        "mention_id": f"{document}:m",
        "value": value,
        "quotes": quotes,
        "hedged": hedged,
    }


@pytest.mark.parametrize(
    ("one", "other", "status"),
    [
        (
            claim("a", "d", 885_000_000, "885 mio. kr."),
            claim("a", "e", 885_500_000, "885,5 mio. kr."),
            "pass",
        ),
        (claim("a", "d", 885_000_000, "885,0 mio. kr."), claim("a", "e", 885_500_000, "885,5 mio."), "fail"),
        (claim("a", "d", 90_000_000, "90 mio. kr."), claim("a", "e", 92_500_000, "92,5 mio. kr."), "fail"),
        (claim("a", "d", 1_100_000_000, "1,1 mia.", 1), claim("a", "e", 1_139_200_000, "1.139,2"), "pass"),
        (claim("a", "d", 5, "fem kroner"), claim("a", "e", 5, "5 kroner"), "pass"),
    ],
)
def test_sources_that_round_agree(one: Row, other: Row, status: str) -> None:
    found = [list(source_checks(claims)) for claims in ([one, other], [other, one])]
    assert found[0] == found[1]
    assert [row["status"] for row in found[0]] == [status]


def test_one_document_twice_is_one_source() -> None:
    again = [claim("a", "d", value, f"{value} kr.") for value in (5, 7)]
    assert list(source_checks([*again, claim("b", "e", 9, "9 kr.")])) == []


@pytest.mark.parametrize(
    ("first", "last", "rising", "steps", "status"),
    [(0, 1, True, 2, "pass"), (0, 2, True, 2, "fail"), (0, 2, True, 3, "pass"), (1, 2, False, 2, "fail")],
)
def test_phases_follow_one_another(first: int, last: int, rising: bool, steps: int, status: str) -> None:
    assert order(first, last, rising, steps)[0] == status


AREAS = danish.UIP.replace("initiativer på socialområdet.", "initiativer. Heraf er NUMBERS.")


MOVED = " • Afprøvning af MOVE til unge med et stofmisbrug\n"
FIRST_LIST = "Initiativer på voksenområdet i 2023\n\n"


@pytest.mark.parametrize(("moved", "status"), [(False, "pass"), (True, "fail")])
def test_counts_by_area(moved: bool, status: str) -> None:
    """11 = 6 + 5, and each of the two is what its list holds."""
    text = AREAS.replace("NUMBERS", "tre initiativer på voksenområdet og to initiativer på børneområdet")
    if moved:
        text = text.replace(MOVED, "").replace(FIRST_LIST, FIRST_LIST + MOVED)
    found = rows(settled(text), "SELECT * FROM checks WHERE note LIKE 'said%'")
    assert [(row["claimed"], row["found"], row["status"]) for row in found] == [(5, 5, status)]


MONEY = """Aftale om reserven på social-, sundheds- og arbejdsmarkedsområdet 2024-2027

12-10-2023

Partierne er enige om at fordele 90,0 mio. kr. i 2024-2027 fra reserven på social-, sundheds- og \
arbejdsmarkedsområdet. LINE
"""


@pytest.mark.parametrize(
    ("line", "found", "status"),
    [
        ("Heraf går 60,0 mio. kr. til voksenområdet og 30,0 mio. kr. til børneområdet.", 90_000_000, "pass"),
        ("Heraf går 60,0 mio. kr. til voksenområdet.", 60_000_000, "not_checkable"),
        ("Heraf går 60,0 mio. kr. til voksenområdet og 35,5 mio. kr. til børneområdet.", 95_500_000, "fail"),
    ],
)
def test_total_against_parts(line: str, found: int, status: str) -> None:
    seen = statuses(settled(MONEY.replace("LINE", line)))["total_vs_parts"]
    assert seen == (90_000_000, found, status)


@pytest.mark.parametrize(
    ("line", "found", "status"),
    [
        (
            "20,0 mio. kr. i 2024 og 30,0 mio. kr. i 2025, 20,0 mio. kr. i 2026 og 20,0 mio. kr. i 2027",
            90,
            "pass",
        ),
        (
            "20,0 mio. kr. i 2024 og 30,0 mio. kr. i 2025, 20,0 mio. kr. i 2026 og 25,0 mio. kr. i 2027",
            95,
            "fail",
        ),
    ],
)
def test_years_against_total(line: str, found: int, status: str) -> None:
    text = MONEY.replace("LINE", f"Beløbet er fordelt med {line}.")
    assert statuses(settled(text))["years_vs_total"] == (90_000_000, found * 1_000_000, status)


def test_a_total_in_words_is_not_checkable() -> None:
    text = MONEY.replace("90,0 mio. kr.", "et trecifret millionbeløb").replace("LINE", "")
    found = [row for row in told_checks(settled(text)) if row["kind"] == "total_vs_parts"]
    assert [(row["claimed"], row["found"], row["status"]) for row in found] == [(None, None, "not_checkable")]


def test_a_weekday_that_does_not_fit_fails() -> None:
    db = settled(danish.POOL.replace("er den 12. marts 2022", "er fredag den 12. marts 2022"))
    assert statuses(db)["weekday_vs_date"] == (None, None, "fail")
    right = danish.POOL.replace("er den 12. marts 2022", "er lørdag den 12. marts 2022")
    assert "weekday_vs_date" not in statuses(settled(right))


def test_implausible_sums_of_current_versions_fail() -> None:
    db = settled(danish.UIP)
    execute(db, "UPDATE amounts SET implausible = 1")  # both mentions of the same sum
    settle(db)
    failed = [row for row in rows(db, "SELECT * FROM checks") if row["status"] == "fail"]
    assert {(row["kind"], row["claimed"]) for row in failed} == {("implausible_unit", 90_000_000)}
    assert len(failed) == 2
    execute(db, "UPDATE amounts SET implausible = 0")
    settle(db)
    assert "implausible_unit" not in statuses(db)


def test_failed_checks_are_counted_for_the_documents_asked_for() -> None:
    db = settled(danish.UIP, danish.NEWS.replace("90 mio", "92,5 mio"))
    documents = {str(row["id"]) for row in rows(db, "SELECT id FROM documents")}
    assert failed_checks(db, documents) == 1
    assert failed_checks(db, set()) == 0


def test_ids_are_unique_and_settling_twice_is_the_same() -> None:
    db = settled(danish.UIP, danish.NEWS, danish.POOL)
    wanted = check_rows(db)
    assert len({row["id"] for row in wanted}) == len(wanted)
    before = danish.dump(db)
    settle(db)
    assert danish.dump(db) == before


def test_checks_see_what_is_there_now() -> None:
    """A list that was replaced is not counted beside the new one."""
    db = settled(danish.UIP)
    other = danish.UIP
    for word in ("peer-støtte", "vold", "Housing First", "MOVE", "tidlig hjælp"):
        other = other.replace(word, f"rådgivning om {word[::-1]}")
    write(db, danish.extraction(other, "/0.txt"), danish.arrival("2026-02-01T00:00:00+00:00"))
    settle(db)
    assert statuses(db)["count_vs_list"] == (5, 5, "pass")
    before = danish.dump(db)
    settle(db)
    assert danish.dump(db) == before


def test_a_share_beside_the_whole_does_not_disagree() -> None:
    whole = claim("a", "d", 812_300_000, "812,3 mio. kr.")
    share = {**claim("a", "e", 49_500_000, "49,5 mio. kr."), "is_part": 1}
    cut = claim("a", "f", 812_000_000, "812 mio. kr.")
    assert [row["status"] for row in source_checks([whole, share])] == []
    assert [(row["claimed"], row["status"]) for row in source_checks([share, whole, cut])] == [
        (812_000_000, "pass")
    ]
    assert [row["status"] for row in source_checks([{**share, "is_part": 0}, whole])] == ["fail"]


@pytest.mark.parametrize(
    ("less", "quote", "hedged", "more", "status"),
    [
        (900_000_000, "godt 900 mio. kr.", 1, 903_700_000, "pass"),
        (900_000_000, "900 mio. kr.", 0, 903_700_000, "fail"),
        (903_000_000, "903 mio. kr.", 0, 903_700_000, "pass"),
        (903_000_000, "903 mio. kr.", 0, 904_700_000, "fail"),
        (900_000_000, "godt 900 mio. kr.", 1, 960_000_000, "fail"),
    ],
)
def test_hedged_and_cut_figures_agree(less: int, quote: str, hedged: int, more: int, status: str) -> None:
    claims = [claim("a", "d", less, quote, hedged), claim("a", "e", more, f"{more} kr.")]
    assert [row["status"] for row in source_checks(claims)] == [status]


def test_a_hedged_figure_hides_no_two_that_differ() -> None:
    claims = [
        claim("a", "d", 900_000_000, "godt 900 mio. kr.", 1),
        claim("a", "e", 903_700_000, "903,7 mio. kr."),
        claim("a", "f", 915_000_000, "915,0 mio. kr."),
    ]
    [found] = source_checks(claims)
    assert (found["claimed"], found["found"], found["status"]) == (903_700_000, 915_000_000, "fail")


@pytest.mark.parametrize(
    ("lists", "status", "shown"),
    [({6, 3}, "pass", 6), ({5}, "not_checkable", 5), ({7}, "fail", 8), (set[int](), "fail", 8)],
)
def test_one_list_with_the_number_is_enough(lists: set[int], status: str, shown: int) -> None:
    row: Row = {"agreement_id": "a", "document_id": "d", "mention_id": "m", "number": 6}
    found = whole_count(row, {"": 8}, lists)
    assert (found["status"], found["found"]) == (status, shown)


@pytest.mark.parametrize(
    ("promised", "found", "status"), [(11, 4, "not_checkable"), (20, 4, "fail"), (11, 12, "fail")]
)
def test_a_list_under_the_number_of_all_may_show_some(promised: int, found: int, status: str) -> None:
    row: Row = {
        "agreement_id": "a",
        "document_id": "d",
        "mention_id": "m",
        "number": 11,
        "promised": promised,
    }
    assert part_count(row, found)["status"] == status


def test_a_correction_note_withdraws_the_figure_of_the_first_release() -> None:
    note = "Rettelse: I en tidligere udgave af pressemeddelelsen stod der, at der er fordelt 90 mio. kr."
    right = f"{note} Det korrekte beløb er 88,5 mio. kr."
    first, _, rest = danish.UIP.replace("90 mio", "88,5 mio").partition("\n\n")
    db = settled(danish.UIP, f"{first}\n\n{right}\n\n{rest}")
    assert [row["total_min_dkk"] for row in rows(db, "SELECT total_min_dkk FROM agreements")] == [88_500_000]
    sql = "SELECT 1 FROM allocations WHERE min_dkk = 90000000 AND additive = 1"
    assert rows(db, sql) == []
