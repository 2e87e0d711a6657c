"""Which documents tell of the same agreement: sure evidence joins, what contradicts keeps apart."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from output.database import Database, open_database, rows
from output.join import Agreement, join
from output.table import Row, Value
from output.telling import Telling

CLAIM: Row = {
    "mention_id": "m", "document_id": "a", "kind": "other", "sector": None, "programme_year": None,
    "agreed_on": None, "total_min_dkk": 95_500_000, "total_max_dkk": 95_500_000, "start_year": 2024,
    "end_year": 2027, "initiative_count": None, "relation": "announces",
    "title": "Aftale skal få unge væk fra herbergerne", "published_on": "2024-06-04",
}  # fmt: skip
SAME = {"a", "b"}


def told(document: str, **said: Value) -> Telling:
    sums = frozenset({12_300_000, 20_400_000}) if said.pop("sums", None) else frozenset()
    return Telling({**CLAIM, "document_id": document, "mention_id": document, **said}, sums)


def together(*tellings: Telling) -> list[set[str]]:
    return [documents(agreement) for agreement in join(tellings)]


def documents(agreement: Agreement) -> set[str]:
    return {str(claim["document_id"]) for claim in agreement.claims}


@pytest.mark.parametrize(
    "said",
    [
        {"published_on": "2024-06-05", "title": "Ny hjælp til hjemløse", "relation": "reports"},
        {"published_on": None, "agreed_on": "2024-06-03", "relation": "full_text"},
        {"total_min_dkk": 96_000_000, "published_on": "2024-06-05"},  # rounded
        {"total_min_dkk": None, "published_on": "2024-06-05", "sums": 1},
    ],
)
def test_the_same_agreement_in_other_words(said: Row) -> None:
    first = told("a", sums=1, agreed_on="2024-06-03") if said.get("agreed_on") else told("a", sums=1)
    assert together(first, told("b", **said)) == [SAME]


def test_the_day_that_one_names_is_the_day_the_other_came_out() -> None:
    release = told("a", title="Hjælp til unge", published_on="2024-06-04")
    agency = told("b", title="Styrelsen får opgaver", published_on="2024-06-14", total_min_dkk=96_000_000)
    assert together(release, agency) == [{"a"}, {"b"}]
    named = told("b", **{**agency.claim, "agreed_on": "2024-06-04"})
    assert together(release, named) == [SAME]


def test_what_is_told_in_round_figures_is_the_same_money() -> None:
    first = told("a", total_min_dkk=92_500_000, title="Aftale mod vold")
    second = told("b", total_min_dkk=90_000_000, title="Mænd er med", published_on="2024-06-05")
    assert together(first, second) == [SAME]
    exact = told("b", **{**second.claim, "total_min_dkk": 91_300_000})
    assert together(first, exact) == [{"a"}, {"b"}]


@pytest.mark.parametrize(
    ("relation", "sector", "joined"),
    [
        ("announces", "børn og unge", [{"a"}, {"b"}]),  # each programme has its own agreement
        ("announces", None, [SAME]),
        ("reports", "børn og unge", [SAME]),  # an agency tells of its part of the one agreement
    ],
)
def test_programmes_for_children_and_for_adults_may_part(
    relation: str, sector: str | None, joined: list[set[str]]
) -> None:
    first = told("a", kind="uip", programme_year=2025, sector="voksne")
    other = {"published_on": "2024-06-06", "total_min_dkk": 95_100_000, "title": "Børn får hjælp"}
    second = told("b", kind="uip", programme_year=2025, sector=sector, relation=relation, **other)
    assert together(first, second) == joined


@pytest.mark.parametrize(
    ("said", "others"),
    [
        ({"programme_year": 2025, "year_basis": "inferred"}, SAME),  # June's, told of in July
        ({"programme_year": 2025, "year_basis": "explicit"}, {"a"}),
        ({"programme_year": 2025, "year_basis": "inferred", "corrected": "programme_year"}, {"a"}),
        ({"programme_year": 2026, "year_basis": "inferred"}, {"a"}),  # no guess is that wrong
    ],
)
def test_a_guessed_year_may_be_the_one_beside_it(said: Row, others: set[str]) -> None:
    first = told("a", kind="uip", programme_year=2024, year_basis="explicit")
    later = told("b", kind="uip", title="Nyt til kommunerne", published_on="2024-07-03", **said)
    [joined] = [found for found in together(first, later) if "a" in found]
    assert joined == others


@pytest.mark.parametrize(
    "said",
    [
        {"total_min_dkk": 164_800_000, "title": "Aftale om partnervold", "published_on": "2024-06-06"},
        {"published_on": "2026-02-12", "start_year": 2026, "end_year": 2029, "title": "Handicapaftale"},
        {"published_on": "2025-06-17", "total_min_dkk": 63_000_000, "start_year": 2026, "end_year": 2028},
    ],
    ids=["same week", "same total", "a year later"],
)
def test_another_agreement_that_looks_like_it(said: Row) -> None:
    assert together(told("a", sums=1), told("b", **said)) == [{"a"}, {"b"}]


STALKING: Row = {"title": "Stalkere skal stoppes", "quote": "aftale om indsats mod stalking og digital vold"}
LATER: Row = {"published_on": "2024-06-07", "total_min_dkk": None, "start_year": None, "end_year": None}


@pytest.mark.parametrize(
    ("quote", "agreements"),
    [
        ("aftale om stalking og digital vold", 1),
        ("aftale om vold i nære relationer", 2),
        ("aftale om vold", 2),
        (None, 2),
    ],
)
def test_what_an_agreement_is_about(quote: str | None, agreements: int) -> None:
    news = told("b", **LATER, title="Hjælp hele døgnet", quote=quote, relation="reports")
    assert len(together(told("a", **STALKING), news)) == agreements


SATSPULJE: Row = {"kind": "satspulje", "programme_year": 2016, "published_on": "2015-10-26"}


def test_a_sector_and_the_whole_it_stands_in() -> None:
    health = told("a", **SATSPULJE, sector="sundhed", total_min_dkk=845_200_000)
    whole = told("b", **(SATSPULJE | {"published_on": "2015-11-12"}), total_min_dkk=1_706_800_000, sums=1)
    found = join([health, whole])
    assert [agreement.id for agreement in found] == ["satspulje-2016", "satspulje-2016-sundhed"]


def test_a_ministry_tells_of_its_own_share() -> None:
    reserve: Row = {"kind": "reserve", "programme_year": 2022, "start_year": 2022, "end_year": 2025}
    share = told("b", **reserve, total_min_dkk=49_500_000, published_on="2021-11-19")
    [agreement] = join([told("a", **reserve, published_on="2021-11-18"), share])
    assert (agreement.id, documents(agreement)) == ("reserve-2022-2025", SAME)


def test_what_only_mentions_joins_where_one_agreement_is_meant() -> None:
    uip: Row = {"kind": "uip", "programme_year": 2024, "start_year": None, "end_year": None}
    pool = told("p", **uip, relation="announces_pool", total_min_dkk=None, published_on="2024-09-01")
    assert together(told("a", **uip), pool) == [{"a", "p"}]
    assert together(pool) == []


def test_sectors_spell_their_ids_plainly() -> None:
    [agreement] = join([told("a", **SATSPULJE, sector="beskæftigelse")])
    assert agreement.id == "satspulje-2016-beskaeftigelse"


@pytest.fixture
def db(seeds_and_dev: Path) -> Iterator[Database]:
    opened = open_database(seeds_and_dev, read_only=True)
    yield opened
    opened.close()


TOLD_BY = {  # by hand, from the texts: the documents about each agreement, by the beginning of their names
    "uip-2018": {"04_"}, "uip-2019": {"004_"}, "uip-2020": {"000_", "002_"}, "uip-2021": {"01_"},
    "uip-2022": {"001_"}, "reserve-2020-2023": {"17_"}, "reserve-2021-2024": {"003_", "12_", "15_"},
    "reserve-2024-2027": {"03_", "06_", "10_"}, "satspulje-2017-social": {"02_"},
    "satspulje-2017-sundhed": {"13_"}, "satspulje-2019-social": {"14_", "16_"}, "finanslov-2021": {"05_"},
}  # fmt: skip


def test_the_agreements_of_seeds_and_dev(db: Database) -> None:
    found: dict[str, set[str]] = {}
    sql = (
        "SELECT d.agreement_id, l.url FROM agreement_documents d JOIN locations l USING (document_id)"
        " WHERE d.relation IN ('full_text', 'announces', 'reports')"
    )
    for row in rows(db, sql):
        name = Path(str(row["url"])).name
        found.setdefault(str(row["agreement_id"]), set()).add(name[: name.index("_") + 1])
    other = {key: names for key, names in found.items() if key not in TOLD_BY}
    assert {key: found.get(key) for key in TOLD_BY} == TOLD_BY
    assert list(other.values()) == [{"11_"}]
