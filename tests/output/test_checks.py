"""What does not add up becomes a row, and is counted."""

import pytest

from output.checks import check_rows, count_checks, failed_checks, source_checks
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
    assert statuses(settled(danish.UIP, danish.NEWS)) == {
        "count_vs_list": (5, 5, "pass"),
        "sources_disagree": (90_000_000, 90_000_000, "pass"),
    }


def test_one_source_alone_cannot_disagree() -> None:
    assert set(statuses(settled(danish.UIP))) == {"count_vs_list"}


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
    row: Row = {"agreement_id": "a", "document_id": "d", "claimed": promised, "found": found}
    assert [check["status"] for check in count_checks([row])] == [status]


def test_one_check_an_agreement() -> None:
    claims: list[Row] = [
        {"agreement_id": name, "document_id": "d", "value": value}
        for name, value in (("a", 5), ("b", 5), ("a", 7), ("a", 6), ("c", 1), ("c", 1))
    ]
    found = {check["agreement_id"]: check for check in source_checks(claims)}
    assert set(found) == {"a", "c"}
    assert (found["a"]["claimed"], found["a"]["found"], found["a"]["status"]) == (5, 7, "fail")
    assert found["c"]["status"] == "pass"


def test_implausible_sums_of_current_versions_fail() -> None:
    db = settled(danish.UIP)
    execute(db, "UPDATE amounts SET implausible = 1")  # both mentions of the same sum
    settle(db)
    failed = [row for row in rows(db, "SELECT * FROM checks") if row["status"] == "fail"]
    assert [(row["kind"], row["claimed"]) for row in failed] == [("implausible_unit", 90_000_000)]
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
