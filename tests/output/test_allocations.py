"""Money by initiative and year: each krone once, never more precise than the text."""

from pathlib import Path

import pytest

from output.allocations import Home, agreement_shares, once_told, pool_shares
from output.database import Database, execute, insert, open_database, rows
from output.sums import Sum, last_digit, shares
from output.table import Row
from tests.output.tiny import AGREEMENT, tiny_database

HOME = Home("uip-2018", "uip", 2021, {"text": 0, "release": 1}, "release")


def some(  # noqa: PLR0913 a sum has many sides
    millions: float,
    start: int | None = None,
    end: int | None = None,
    *,
    of: str | None = None,
    role: str = "part",
    per: str = "total",
    document: str = "text",
    flagged: bool = False,
    block: int = 1,
    high: float | None = None,
) -> Sum:
    """A sum in millions of kroner with one decimal; `end` is `start` unless told, -1 for good."""
    last = start if end is None else None if end == -1 else end
    low = round(millions * 1_000_000)
    return Sum(
        mention_id=f"{document}:{role}:{of}:{low}:{start}:{last}:{per}:{block}",
        document_id=document,
        agreement_id="uip-2018",
        initiative_id=of,
        role=role,
        per=per,
        low=low,
        high=low if high is None else round(high * 1_000_000),
        start=start,
        end=last,
        step=100_000,
        hedged=False,
        flagged=flagged,
        block=block,
        block_kind="paragraph",
        form=None,
        table_row=None,
        price_year=None,
        corrected=False,
        quote=f"{millions} mio. kr.",
    )


def told(*sums: Sum) -> list[tuple[int | None, float, str]]:
    return [(year, one.low / 1e6, basis) for one, year, basis in shares(sums, 2021)]


def counted(*sums: Sum) -> list[tuple[object, object, float, object]]:
    """Initiative, year, millions and whether it counts, of every row."""
    found = agreement_shares(HOME, sums)
    return [(r["initiative_id"], r["year"], int(str(r["min_dkk"])) / 1e6, r["additive"]) for r in found]


def test_years_that_make_up_the_whole_are_told() -> None:
    years = [some(5, 2018), some(5, 2019), some(10, 2020, 2021, per="year")]
    whole = some(30, 2018, 2021)
    expected = [(2018, 5, "stated"), (2019, 5, "stated"), (2020, 10, "per_year"), (2021, 10, "per_year")]
    assert told(whole, *years) == expected
    assert told(*years, whole) == expected


def test_a_whole_of_which_one_year_is_told_stays_whole() -> None:
    """'20 mio. kr. i 2018-2021, heraf 5 mio. kr. i 2018'"""
    assert told(some(20, 2018, 2021), some(5, 2018)) == [(None, 20, "undivided")]


def test_rounding_of_the_years_is_no_difference() -> None:
    thirds = [some(3.3, year) for year in (2018, 2019, 2020)]
    assert [year for year, _, _ in told(some(10, 2018, 2020), *thirds)] == [2018, 2019, 2020]
    assert told(some(10.5, 2018, 2020), *thirds) == [(None, 10.5, "undivided")]


def test_permanent_money_is_told_up_to_the_agreements_end() -> None:
    assert told(some(4, 2020, -1, per="year")) == [(2020, 4, "per_year"), (2021, 4, "per_year")]
    assert told(some(4, 2022, -1, per="year")) == [(None, 4, "per_year")]


def test_a_sum_without_years_is_undivided() -> None:
    assert told(some(43)) == [(None, 43, "undivided")]


def test_cells_of_a_table_count_and_its_sums_do_not() -> None:
    cells = [some(5, year, of=name, flagged=True) for name in "ab" for year in (2020, 2021)]
    rows_ = [some(10, 2020, 2021, of=name) for name in "ab"]
    lasting = some(5, 2022, -1, per="year", of="a")
    found = counted(some(20, 2020, 2021, role="total"), *cells, *rows_, lasting)
    assert sum(millions for *_, millions, counts in found if counts) == 20
    assert ("a", None, 5, 0) in found


def test_parts_that_are_only_some_of_it_do_not_count_beside_the_total() -> None:
    found = counted(some(90, 2018, 2021, role="total", flagged=True), some(12, 2018, 2021, of="a"))
    assert found == [(None, None, 90, 1), ("a", None, 12, 0)]


def test_initiatives_that_make_up_the_total_count_instead_of_it() -> None:
    parts = [some(60, 2018, 2021, of="a"), some(30, 2018, 2021, of="b")]
    found = counted(some(90, 2018, 2021, role="total", flagged=True), *parts)
    assert found == [("a", None, 60, 1), ("b", None, 30, 1)]


def test_an_agreement_whose_years_are_told() -> None:
    years = [some(millions, year) for year, millions in ((2020, 40), (2021, 50))]
    found = counted(some(90, 2020, 2021, role="total", flagged=True), *years)
    assert found == [(None, 2020, 40, 1), (None, 2021, 50, 1)]


def test_only_the_best_document_counts() -> None:
    total = some(90, 2018, 2021, role="total", flagged=True)
    again = some(90, 2018, 2021, role="total", flagged=True, document="release")
    other = some(7, 2018, 2021, of="b", document="release")
    assert counted(again, other, total) == [(None, None, 90, 1), ("b", None, 7, 0)]


def test_pools_are_parts_of_their_agreement() -> None:
    total = some(90, 2018, 2021, role="total", flagged=True)
    assert counted(total, some(30, 2018, 2021, role="pool", of="a")) == [(None, None, 90, 1)]


def test_without_a_total_each_sum_counts_once() -> None:
    found = counted(
        some(30, 2021, flagged=True), some(30, 2021, of="a", block=2), some(5, 2020, 2021, per="year")
    )
    assert found == [("a", 2021, 30, 1), (None, 2020, 5, 1), (None, 2021, 5, 1)]


def test_a_pool_of_no_known_agreement_by_years_and_not_by_grants() -> None:
    pool = some(8.7, 2020, 2022, role="pool", block=2)
    years = [some(m, y, block=2) for m, y in ((2.4, 2020), (4.1, 2021), (2.2, 2022))]
    grants = [some(m, 2020, 2022, block=1) for m in (4.7, 4.0)]
    found = pool_shares([*grants, pool, *years])
    assert [(r["year"], r["min_dkk"], r["agreement_id"], r["additive"]) for r in found] == [
        (2020, 2_400_000, None, 1),
        (2021, 4_100_000, None, 1),
        (2022, 2_200_000, None, 1),
    ]


@pytest.mark.parametrize(
    ("quote", "dkk", "step"),
    [("885 mio. kr.", 885_000_000, 1_000_000), ("760,0 mio. kr.", 760_000_000, 100_000),
     ("1.139,2", 1_139_200_000, 100_000), ("500.000 kr.", 500_000, 1), ("0 kr.", 0, 1),
     ("to milliarder kr.", 2_000_000_000, 1_000_000_000)],
)  # fmt: skip
def test_the_last_digit_of_a_figure(quote: str, dkk: int, step: int) -> None:
    assert last_digit(quote, dkk) == step


def view(db: Database, name: str) -> list[tuple[object, ...]]:
    return [tuple(row.values()) for row in rows(db, f"SELECT * FROM {name}")]


def with_allocations(db: Database, *new: Row) -> None:
    base = rows(db, "SELECT * FROM allocations")[0]
    insert(db, "allocations", [base | row | {"id": str(n)} for n, row in enumerate(new)])


def test_money_by_year_counts_each_krone_once(tmp_path: Path) -> None:
    db = tiny_database(tmp_path / "a.db")
    execute(db, "UPDATE allocations SET min_dkk = 10, max_dkk = 11, end_year = 2024")
    stated: Row = {"year": 2023, "start_year": 2023, "end_year": 2023, "basis": "stated"}
    with_allocations(
        db,
        stated | {"min_dkk": 5, "max_dkk": 5},
        stated | {"min_dkk": 7, "max_dkk": 7, "additive": 0},  # a share of what counts already
        {
            "start_year": 2030,
            "end_year": None,
            "min_dkk": 3,
            "max_dkk": 3,
            "basis": "per_year",
            "additive": 0,
        },
    )
    assert view(db, "money_by_year") == [
        ("uip", AGREEMENT, 2022, 0, 0, 0, 0, None, None, 3, 3),
        ("uip", AGREEMENT, 2023, 5, 5, 0, 0, None, None, 3, 4),
        ("uip", AGREEMENT, 2024, 0, 0, 0, 0, None, None, 4, 4),
        ("uip", AGREEMENT, None, 0, 0, 10, 11, 2022, 2024, 0, 0),
    ]


def test_open_pools_are_those_before_their_deadline(tmp_path: Path) -> None:
    db = tiny_database(tmp_path / "a.db")
    assert [row["title"] for row in rows(db, "SELECT * FROM open_pools")] == ["Puljen"]
    execute(db, "UPDATE pools SET deadline_on = '2020-08-03'")
    assert rows(db, "SELECT * FROM open_pools") == []


def test_failed_checks_have_their_words(tmp_path: Path) -> None:
    db = tiny_database(tmp_path / "a.db")
    failed = rows(db, "SELECT * FROM failed_checks")
    assert [(row["kind"], row["quote"]) for row in failed] == [("implausible_unit", "142 mio. kr.")]
    execute(db, "UPDATE checks SET status = 'pass'")
    assert rows(db, "SELECT * FROM failed_checks") == []


def test_no_money_in_an_empty_database() -> None:
    db = open_database(None)
    assert [view(db, name) for name in ("money_by_year", "open_pools", "failed_checks")] == [[], [], []]


def test_what_is_an_agreement_of_its_own_counts_there() -> None:
    homes = {
        "whole": Home("whole", "satspulje", 2019, {"d": 1}, "d", 2016, 1_700_000_000),
        "area": Home("area", "satspulje", 2019, {"e": 1}, "e", 2016, 845_200_000),
    }
    found: list[Row] = [
        {"agreement_id": home, "min_dkk": dkk, "basis": "undivided", "additive": 1}
        for home, dkk in (("whole", 845_200_000), ("whole", 61_000_000), ("area", 845_200_000))
    ]
    assert [row["additive"] for row in once_told(found, homes)] == [0, 1, 1]
