"""From what documents say to agreements and initiatives: joined where sure, apart where not."""

from collections.abc import Iterator, Sequence
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from output.database import Database, open_database, rows, scalar
from output.resolve import About, Resolved, resolve
from output.settle import settle
from output.table import Row, Value
from output.write import write
from tests.output import danish

TITLES = (
    "peer-støtte til mennesker med psykiske vanskeligheder",
    "indsatser mod vold i nære relationer",
    "Housing First til unge i hjemløshed",
    "MOVE til unge med et stofmisbrug",
    "tidlig hjælp til børn med handicap",
)
PHASES = ("modning", "screening", "udbredelse", "afprøvning", "modning")


def claim(document: str, **said: Value) -> Row:
    """What a document says of its agreement: uip 2023 and 90 million unless told otherwise."""
    row: Row = {
        "mention_id": f"{document}:0-3:agreementclaim",
        "document_id": document,
        "document_version_id": f"{document}@1",
        "kind": "uip",
        "sector": None,
        "programme_year": 2023,
        "agreed_on": None,
        "total_min_dkk": 90_000_000,
        "total_max_dkk": 90_000_000,
        "start_year": None,
        "end_year": None,
        "initiative_count": None,
        "relation": "announces",
        "title": "Aftale om midler til udsatte",
        "published_on": "2022-10-12",
    }
    return row | said


def mention(document: str, position: int, title: str, **said: Value) -> Row:
    row: Row = {
        "id": f"{document}:{position}",
        "document_id": document,
        "title": title,
        "core_title": title,
        "area": None,
        "form": "list",
        "position": position,
        "target_group": None,
    }
    return row | said


def listed(document: str, titles: Sequence[str] = TITLES, form: str = "list") -> list[Row]:
    return [mention(document, n, title, form=form) for n, title in enumerate(titles)]


def ids(found: Resolved) -> list[Value]:
    return [row["id"] for row in found.agreements]


def test_two_documents_tell_of_one_agreement() -> None:
    own = claim("a", initiative_count=5)
    agency = claim(
        "b",
        relation="reports",
        total_min_dkk=91_000_000,
        start_year=2023,
        published_on="2022-10-01",
    )
    found = resolve([agency, own], [], {})
    assert ids(found) == ["uip-2023"]
    agreement = found.agreements[0]
    assert agreement["preferred_document_id"] == "a"  # the ministry before the agency
    assert agreement["total_min_dkk"] == 90_000_000
    assert agreement["start_year"] == 2023  # what only the other one says
    assert {row["document_id"]: row["relation"] for row in found.agreement_documents} == {
        "a": "announces",
        "b": "reports",
    }
    said = {(row["document_version_id"], row["field"]): row["value"] for row in found.agreement_claims}
    assert said["a@1", "total_min_dkk"] == "90000000"
    assert said["b@1", "total_min_dkk"] == "91000000"
    assert ("a@1", "start_year") not in said


def test_a_paraphrase_makes_no_sixth_initiative() -> None:
    claims = [claim("a", initiative_count=5), claim("b", relation="reports")]
    prose = [
        mention("b", 0, "peer-støtte til mennesker med svære psykiske vanskeligheder", form="prose"),
        mention("b", 1, "noget helt nyt, som ingen har hørt om", form="prose"),
    ]
    found = resolve(claims, [*prose, *listed("a")], {})
    assert len(found.initiatives) == 5
    assert found.initiative_mentions["b:0"] == found.initiative_mentions["a:0"]
    assert "b:1" not in found.initiative_mentions


def test_a_paraphrase_counts_where_the_list_is_not_complete() -> None:
    claims = [claim("a", initiative_count=6), claim("b", relation="reports")]
    new = mention("b", 0, "noget helt nyt, som ingen har hørt om", form="prose")
    assert len(resolve(claims, [*listed("a"), new], {}).initiatives) == 6


def test_a_pool_page_makes_no_initiative_and_no_agreement() -> None:
    pool = claim("b", relation="announces_pool")
    named = mention("b", 0, TITLES[3])
    alone = resolve([pool], [named], {})
    assert (alone.agreements, alone.initiatives) == ((), ())
    assert "b:0" not in alone.initiative_mentions
    both = resolve([pool, claim("a")], [named, *listed("a")], {})
    assert len(both.initiatives) == 5
    assert both.initiative_mentions["b:0"] == "uip-2023/move-til-unge-med-et-stofmisbrug"


def test_two_sectors_of_one_year_are_two_agreements() -> None:
    claims = [
        claim("a", kind="satspulje", programme_year=2017, sector="social"),
        claim("b", kind="satspulje", programme_year=2017, sector="sundhed"),
        claim("c", kind="satspulje", programme_year=2017, sector="social", relation="reports"),
    ]
    assert ids(resolve(claims, [], {})) == ["satspulje-2017-social", "satspulje-2017-sundhed"]


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [("reserve", "reserve-2021-2024"), ("finance_act", "finanslov-2021"), ("uip", "uip-2021")],
)
def test_ids_are_readable(kind: str, wanted: str) -> None:
    assert ids(resolve([claim("a", kind=kind, programme_year=2021)], [], {})) == [wanted]


@pytest.mark.parametrize("kind", ["uip", "satspulje", "reserve", "finance_act", "other"])
def test_nothing_is_joined_by_guess(kind: str) -> None:
    """One day and one title are not enough where no year is told and the money differs."""
    claims = [claim("2022-a", kind=kind, programme_year=None), claim("2022-b", kind=kind)]
    claims[1] |= {"programme_year": None, "total_min_dkk": 12_000_000, "title": "Ny aftale om hjemløshed"}
    found = resolve(claims, [], {})
    assert len(found.agreements) == 2
    assert all(str(name).endswith(("-2022-a", "-2022-b")) for name in ids(found))


@pytest.mark.parametrize("kind", ["uip", "satspulje", "reserve", "finance_act", "other"])
def test_one_agreement_without_a_year(kind: str) -> None:
    """The same total, told within days of each other."""
    claims = [claim("2022-a", kind=kind, programme_year=None), claim("2022-b", kind=kind)]
    claims[1] |= {"programme_year": None, "published_on": "2022-10-13", "relation": "reports"}
    found = resolve(claims, [*listed("2022-a"), *listed("2022-b")], {})
    assert len(found.agreements) == 1
    assert len(found.initiatives) == 5
    assert {row["id"] for row in found.identifiers} >= {
        f"{str(ids(found)[0]).removesuffix('2022-a')}2022-b",  # what the second one's own would be
        ids(found)[0],
    }
    reasons = {row["document_id"]: row["reason"] for row in found.agreement_documents}
    assert reasons["2022-a"] == "the agreement's first source"
    assert "total" in str(reasons["2022-b"])


def test_items_of_one_list_are_never_one_initiative() -> None:
    """However alike they are: the second says more than the first."""
    titles = ("Indsats til unge", "Indsats til unge med handicap", "Indsats til unge med børn")
    found = resolve([claim("a"), claim("b", relation="reports")], [*listed("a", titles)], {})
    assert len(found.initiatives) == 3
    both = resolve(
        [claim("a"), claim("b", relation="reports")],
        [*listed("a", titles), *listed("b", titles)],
        {},
    )
    assert len(both.initiatives) == 3
    for n in range(3):  # the same title, not the first that is like it
        assert both.initiative_mentions[f"b:{n}"] == both.initiative_mentions[f"a:{n}"]


def test_one_title_in_two_areas_is_two_initiatives() -> None:
    title = "Screening af lovende indsatser"
    adults, children = {"area": "voksne"}, {"area": "børn og unge"}
    mentions = [mention("a", 0, title, **adults), mention("a", 1, title, **children)]
    again = [mention("b", 0, title, **children), mention("b", 1, title, **adults)]
    found = resolve([claim("a"), claim("b", relation="reports")], [*mentions, *again], {})
    assert [row["area"] for row in found.initiatives] == ["voksne", "børn og unge"]
    assert len({row["id"] for row in found.initiatives}) == 2
    assert found.initiative_mentions["b:0"] == found.initiative_mentions["a:1"]
    assert found.initiative_mentions["b:1"] == found.initiative_mentions["a:0"]


def test_other_phases_are_another_initiative() -> None:
    mentions = [mention("a", 0, "MOVE til unge"), mention("b", 0, "MOVE til unge i alle kommuner")]
    claims = [claim("a"), claim("b", relation="reports")]
    apart = resolve(claims, mentions, {"a:0": ["modning"], "b:0": ["udbredelse"]})
    assert len(apart.initiatives) == 2
    one = resolve(claims, mentions, {"a:0": ["modning", "udbredelse"], "b:0": ["udbredelse"]})
    assert len(one.initiatives) == 1
    assert [row["phase"] for row in one.initiative_phases] == ["modning", "udbredelse"]


CLAIMS = (
    claim("a", initiative_count=5),
    claim("b", relation="reports", total_min_dkk=91_000_000, published_on=None),
    claim("c", relation="announces_pool"),
    claim("d", kind="reserve", programme_year=2021),
    claim("e", kind="reserve", programme_year=2021, relation="full_text"),
    claim("f", kind="other", programme_year=None),
    {
        **claim("a", kind="satspulje", programme_year=2019),
        "mention_id": "a:9",
        "relation": "mentions",
    },
)
MENTIONS = (
    *listed("a"),
    *listed("b", [f"{title} i hele landet" for title in TITLES[:3]], "prose"),
    *listed("b", ["tidlig hjælp til børn", "hjælp til børn"], "heading"),
    *listed("d", TITLES[:2]),
    *listed("e", TITLES[1:], "table"),
    *listed("f"),
    *listed("ukendt"),
)
MENTIONS = tuple({**row, "id": f"m{n}", "position": n} for n, row in enumerate(MENTIONS))
PHASES_OF = {f"m{n}": [PHASES[n % 5]] for n in range(0, len(MENTIONS), 2)}


def as_sets(found: Resolved) -> dict[str, object]:
    """What was resolved, whatever the order of the rows."""
    tables = {f.name: getattr(found, f.name) for f in fields(found)}
    return {
        name: dict(table) if hasattr(table, "keys") else sorted(map(str, table))
        for name, table in tables.items()
    }


@given(st.permutations(CLAIMS), st.permutations(MENTIONS))
def test_the_order_of_rows_does_not_matter(claims: list[Row], mentions: list[Row]) -> None:
    assert as_sets(resolve(claims, mentions, PHASES_OF)) == as_sets(resolve(CLAIMS, MENTIONS, PHASES_OF))


def test_a_further_document_leaves_the_ids_as_they_are() -> None:
    claims, mentions = [claim("a", initiative_count=5)], listed("a")
    before = resolve(claims, mentions, {})
    later = claim("b", relation="reports", published_on="2020-01-01")
    after = resolve(
        [later, *claims, claim("c", programme_year=2024)],
        [*listed("b", form="prose"), *listed("c"), *mentions],
        {},
    )
    assert set(ids(before)) < set(ids(after))
    kept = {row["id"]: row for row in after.initiatives}
    assert all(kept[row["id"]] == row for row in before.initiatives)
    assert all(after.initiative_mentions[k] == v for k, v in before.initiative_mentions.items())


@pytest.fixture
def db() -> Iterator[Database]:
    """A release, the agency's news of it, and a page about something else."""
    opened = open_database(None)
    for name in ("uip.txt", "news.txt", "tur.txt"):
        write(opened, danish.extraction(danish.TEXTS[name], f"/{name}"), danish.arrival())
    settle(opened)
    yield opened
    danish.sound(opened)
    opened.close()


def test_settled_database(db: Database) -> None:
    assert [row["id"] for row in rows(db, "SELECT id FROM agreements")] == ["uip-2023"]
    assert len(rows(db, "SELECT * FROM agreement_documents")) == 2
    assert scalar(db, "SELECT count(*) FROM initiatives") == 5
    sql = "SELECT sum(min_dkk) FROM amounts WHERE additive = 1 AND agreement_id = 'uip-2023'"
    assert scalar(db, sql) == 90_000_000  # told twice, counted once
    assert scalar(db, "SELECT name FROM people") == "Astrid Krag"


def test_settling_again_writes_nothing(db: Database) -> None:
    changes = db.conn.total_changes
    settle(db)
    assert db.conn.total_changes == changes


def test_what_nobody_says_any_more_goes(db: Database) -> None:
    """Agreement, initiatives and names leave with the last current version that knew them."""
    for name in ("uip.txt", "news.txt"):
        later = danish.arrival("2026-05-01T00:00:00+00:00")
        write(db, danish.extraction(danish.DAY_OUT + name, f"/{name}"), later)
    settle(db)
    for table in ("agreements", "agreement_claims", "initiatives", "initiative_phases", "checks"):
        assert rows(db, f"SELECT * FROM {table}") == [], table
    sql = "SELECT count(*) FROM amounts WHERE additive = 1 OR agreement_id IS NOT NULL"
    assert scalar(db, sql) == 0
    assert scalar(db, "SELECT count(*) FROM amounts") == 3  # the old versions' facts are kept
    assert scalar(db, "SELECT count(*) FROM people") == 1


def test_a_note_puts_another_total_in_place_of_a_withdrawn_one() -> None:
    wrong = claim("d1", total_min_dkk=133_100_000, total_max_dkk=133_100_000)
    note = claim("d2", total_min_dkk=None, total_max_dkk=None, published_on="2022-10-14")
    told = About(withdrawn=frozenset({133_100_000}), replaced=frozenset({(133_100_000, 131_500_000)}))
    [agreement] = resolve([wrong, note], [], {}, {"d2": told}).agreements
    assert (agreement["total_min_dkk"], agreement["preferred_document_id"]) == (131_500_000, "d2")
    other = told._replace(replaced=frozenset({(12_000_000, 10_000_000)}))  # of a part: no total
    [agreement] = resolve([wrong, note], [], {}, {"d2": other}).agreements
    assert agreement["total_min_dkk"] is None


def test_the_whole_satspulje_is_not_the_agreement_of_one_area() -> None:
    area = claim("d1", kind="satspulje", sector="sundhed", total_min_dkk=845_200_000)
    whole = claim("d2", kind="satspulje", total_min_dkk=1_706_800_000)
    about = {"d1": About(frozenset({845_200_000})), "d2": About(frozenset({845_200_000, 1_706_800_000}))}
    found = resolve([area, whole], [], {}, about).agreements
    assert sorted(str(row["id"]) for row in found) == ["satspulje-2023", "satspulje-2023-sundhed"]
