"""Who made an agreement, and which parties 'regeringen' was."""

from itertools import pairwise

from output.database import Database, rows
from output.governments import GOVERNMENTS, government_on
from output.settle import settle
from output.write import write
from tests.output import danish

TEXT = """Aftale fordeler 90 millioner kroner til udsatte

12-10-2020

Regeringen, Venstre og SF har indgået aftale om Udviklings- og Investeringsprogrammerne for 2021. \
Nye Borgerlige er ikke med i aftalen. Der er afsat i alt 90 mio. kr. i 2021-2024.

Yderligere oplysninger

Social- og Indenrigsministeriets pressetelefon, tlf. 12 34 56 78
"""


def parties(db: Database, *texts: str) -> dict[object, tuple[object, object]]:
    for n, text in enumerate(texts):
        write(db, danish.extraction(text, f"/{n}.txt"), danish.arrival())
    settle(db)
    found = rows(db, "SELECT * FROM agreement_parties")
    return {row["party_id"]: (row["role"], row["basis"]) for row in found}


def test_the_government_is_the_one_in_office(db: Database) -> None:
    assert parties(db, TEXT) == {
        "venstre": ("agrees", "named"),
        "socialistisk-folkeparti": ("agrees", "named"),
        "nye-borgerlige": ("outside", "named"),
        "socialdemokratiet": ("agrees", "government"),
    }


def test_a_party_of_the_government_that_is_named_stays_named(db: Database) -> None:
    later = TEXT.replace("12-10-2020", "12-10-2023").replace("2021", "2024").replace("2024-2024", "2024-2027")
    assert parties(db, later)["venstre"] == ("agrees", "named")
    assert parties(db)["moderaterne"] == ("agrees", "government")


def test_without_a_day_nobody_is_in_office(db: Database) -> None:
    assert "socialdemokratiet" not in parties(db, TEXT.replace("12-10-2020\n\n", ""))


def test_governments_follow_one_another() -> None:
    for before, after in pairwise(GOVERNMENTS):
        assert before.end_on < after.start_on
        assert government_on(before.end_on) == before
        assert government_on(after.start_on) == after
    assert government_on("2020-11-24") == government_on("2019-06-27")


def test_a_day_beyond_what_is_known_has_no_government() -> None:
    assert government_on("2031-01-01") is None
    assert government_on("1901-01-01") is None
