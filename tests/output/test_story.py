"""An agreement or an initiative in short."""

import pytest

from output.database import Database, rows
from output.settle import settle
from output.story import Story, meant, story_of
from output.write import write
from tests.output import danish

PEER = "uip-2023/modning-af-peer-stoette-til-mennesker-med-psykiske"


@pytest.fixture
def told(db: Database) -> Database:
    """A release without a date, then the same with its date, and the agency's news."""
    for n, text in enumerate((danish.UNDATED, danish.UIP, danish.NEWS)):
        write(db, danish.extraction(text, f"/{n}.txt"), danish.arrival())
        settle(db)
    return db


def story(db: Database, name: str) -> Story:
    thing = meant(db, name)
    assert thing is not None
    return story_of(db, thing)


def test_an_agreement(told: Database) -> None:
    found = story(told, "uip-2023")
    assert found.head == ("agreement", "uip", "2022-10-12", "DKK 90,000,000", "2023–2026", "uip-2023")
    parts = {part.heading: part.rows for part in found.parts}
    assert parts["money by year"] == [{"year": "2023–2026", "dkk": "DKK 90,000,000"}]
    assert [row["relation"] for row in parts["documents"]] == ["announces", "reports"]
    assert len(parts["initiatives"]) == 5
    assert "does not add up" not in parts


def test_an_initiative(told: Database) -> None:
    found = story(told, PEER)
    assert found.head[:3] == ("initiative", "modning", "voksne")
    [part] = found.parts
    assert part.heading == "documents"
    assert [row["day"] for row in part.rows] == ["2022-10-12", "2022-10-14"]


def test_former_ids_and_unknown_ones(told: Database) -> None:
    former = rows(
        told, "SELECT id FROM identifiers WHERE agreement_id IS NOT NULL AND id <> agreement_id ORDER BY id"
    )
    assert all(story(told, str(row["id"])).head[-1] == "uip-2023" for row in former)
    document = meant(told, "2022-10-12-aftale-fordeler-90-millioner-kroner-til-udsatte-boern")
    assert document is not None
    assert document["document_id"] is not None
    assert meant(told, "uip-1999") is None
