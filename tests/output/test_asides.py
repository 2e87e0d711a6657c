"""What others write about an agreement: beside it where they clearly mean it, and never its source."""

import pytest

from output.asides import Said, with_asides
from output.database import Database, rows, scalar
from output.join import Agreement, join
from output.settle import settle
from output.table import Row, Value
from output.telling import Telling
from output.write import write
from tests.output import danish

PARTIES = frozenset({"socialistisk-folkeparti", "enhedslisten", "alternativet"})
CLAIM: Row = {
    "mention_id": "m", "document_id": "a", "kind": "uip", "sector": None, "programme_year": 2025,
    "agreed_on": None, "total_min_dkk": 126_000_000, "total_max_dkk": 126_000_000, "start_year": None,
    "end_year": None, "initiative_count": None, "relation": "announces", "title": "Aftale om penge",
    "published_on": "2024-12-12", "document_kind": "press_release",
}  # fmt: skip
NOTHING: Row = {
    "document_id": "piece", "mention_id": "piece", "programme_year": None, "total_min_dkk": None,
    "total_max_dkk": None, "relation": "mentions", "published_on": None, "document_kind": "other",
    "title": "Vi fik det med",
}  # fmt: skip
TITLES = frozenset({"drift af varmestuer", "lommepengejob til unge", "herberg"})
RELEASE = Telling(CLAIM, frozenset({92_000_000, 14_500_000}), TITLES, PARTIES)
STEMS = frozenset({"varmestu", "lommepen", "frivilli"})


def about(said: Said, *others: Telling, **claim: Value) -> list[str]:
    """The agreements that a piece is about."""
    piece = Telling({**CLAIM, **NOTHING, **claim})
    tellings = [RELEASE, *others, piece]
    found = with_asides(join(tellings), tellings, {"piece": said})
    return [agreement.id for agreement in found if is_in(agreement)]


def is_in(agreement: Agreement) -> bool:
    return any(claim["relation"] == "about" for claim in agreement.claims)


@pytest.mark.parametrize(
    ("said", "claim"),
    [
        (Said(frozenset({126_000_000}), days=frozenset({"2024-12-12"})), {"kind": "other"}),
        (Said(frozenset({126_000_000}), PARTIES), {"kind": "other"}),
        (Said(frozenset({125_500_000}), PARTIES), {"kind": "other"}),  # a rounding of it
        (Said(years=frozenset({2025})), {"published_on": "2024-12-13"}),
        (
            Said(frozenset({92_000_000}), stems=STEMS),
            {"published_on": "2024-12-18"},
        ),  # part, programme, words
        (
            Said(frozenset({92_000_000, 14_500_000}), stems=STEMS),
            {"kind": "other", "published_on": "2024-12-13"},
        ),
        (Said(frozenset({92_000_000, 14_500_000}), PARTIES), {"kind": "other"}),  # no day at all
    ],
)
def test_a_piece_that_is_clearly_about_one_agreement(said: Said, claim: Row) -> None:
    assert about(said, **claim) == ["uip-2025"]


@pytest.mark.parametrize(
    ("said", "claim"),
    [
        (Said(years=frozenset({2025}), stems=STEMS), {"published_on": "2026-03-01"}),  # looks back
        (Said(stems=STEMS), {"kind": "other", "published_on": "2024-12-13"}),  # the same days, no more
        (Said(frozenset({126_000_000})), {}),  # any programme's year may have such a total
        (Said(years=frozenset({2025})), {"published_on": "2026-03-01"}),  # names a year, long after
        (Said(frozenset({126_000_000}), PARTIES), {"kind": "satspulje"}),
        (Said(frozenset({126_000_000}), PARTIES), {"programme_year": 2024}),
        (Said(frozenset({126_000_000}), PARTIES), {"published_on": "2024-11-01"}),  # before it was made
        (Said(frozenset({15_000_000}), PARTIES), {"kind": "other"}),
        (Said(frozenset({126_000_000}), PARTIES), {"document_kind": "publication"}),
    ],
)
def test_what_is_not_sure_is_not_joined(said: Said, claim: Row) -> None:
    assert about(said, **claim) == []


def test_two_agreements_that_fit_alike_get_nothing() -> None:
    other = {**CLAIM, "document_id": "b", "mention_id": "b", "kind": "reserve", "published_on": "2025-12-01"}
    twin = Telling({**other, "title": "Reserven er fordelt"}, parties=PARTIES)
    assert about(Said(frozenset({126_000_000}), PARTIES), twin, kind="other") == []


SILENT: Row = {"kind": "other", "mention_id": None, "published_on": "2024-12-13"}


@pytest.mark.parametrize(
    ("sums", "said", "found"),
    [
        ({126_000_000}, Said(), True),
        ({126_000_000}, Said(parties=PARTIES), True),
        ({130_000_000}, Said(), False),
        (set(), Said(parties=PARTIES), False),  # a debate of the same days
        ({92_000_000}, Said(stems=STEMS), True),
        ({92_000_000}, Said(), False),
    ],
)
def test_a_piece_that_names_no_agreement_needs_its_money(sums: set[int], said: Said, found: bool) -> None:
    assert about(said._replace(sums=frozenset(sums)), **SILENT) == ["uip-2025"] * found


@pytest.mark.parametrize(("sum_", "found"), [(200_000_000, True), (100_000_000, False), (210_000_000, False)])
def test_a_round_floor_is_told_of_a_total(sum_: int, found: bool) -> None:
    large = {**CLAIM, "total_min_dkk": 215_500_000, "document_id": "b", "mention_id": "b", "kind": "other"}
    release = Telling(large, titles=TITLES)
    piece = Telling({**large, **NOTHING, "published_on": "2024-12-16"})
    said = {"piece": Said(frozenset({sum_}), stems=STEMS)}
    joined = with_asides(join([release, piece]), [release, piece], said)
    assert any(map(is_in, joined)) is found


PIECE = """Vi fik børnene med

Vi er glade for, at partierne onsdag den 12. oktober 2022 fordelte pengene i Udviklings- og \
Investeringsprogrammerne. Der er fundet 90 mio. kr., men vi havde bedt om 99 mio. kr.
"""


def test_a_piece_stands_beside_its_agreement_and_counts_for_nothing(db: Database) -> None:
    write(db, danish.extraction(danish.UIP, "/uip.txt"), danish.arrival())
    settle(db)
    before = rows(db, "SELECT * FROM agreements"), rows(db, "SELECT * FROM allocations")
    write(db, danish.extraction(PIECE, "/parti.txt"), danish.arrival())
    settle(db)
    assert (rows(db, "SELECT * FROM agreements"), rows(db, "SELECT * FROM allocations")) == before
    told = rows(db, "SELECT relation FROM agreement_documents ORDER BY relation")
    assert [row["relation"] for row in told] == ["about", "announces"]
    sql = "SELECT count(*) FROM agreement_claims WHERE preferred = 1 AND mention_id LIKE 'vi-%'"
    assert scalar(db, sql) == 0


def test_an_agreement_that_only_others_speak_of_is_none(db: Database) -> None:
    write(db, danish.extraction(PIECE, "/parti.txt"), danish.arrival())
    settle(db)
    assert rows(db, "SELECT * FROM agreements") == []
    [row] = rows(db, "SELECT * FROM checks")
    assert (row["kind"], row["status"]) == ("agreement_without_source", "not_checkable")
