"""Corrections replayed: what they change, what follows, and that nothing of it stays when they go."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.facts import Extraction
from output.corrections import Correction, Judged
from output.database import Database, open_database, rows, scalar
from output.decisions import decided_links
from output.settle import settle
from output.write import write
from tests.output import danish
from tests.output.danish import arrival, dump, extraction, sound

UIP = "2022-10-12-aftale-fordeler-90-millioner-kroner-til-udsatte-boern"
NEWS = "2022-10-14-nye-millioner-til-at-finde-ud-af-hvad"
POOL = "pulje-til-moedesteder-for-aeldre-e1f162"
PEER = "uip-2023/modning-af-peer-stoette-til-mennesker-med-psykiske"
MOVE = "uip-2023/afproevning-af-move-til-unge-med-et-stofmisbrug"


def correction(target: str, field: str, quote: str, old: str, new: str) -> Correction:
    return Correction(2, target, field, quote, old, new, "Åse", "læst forkert", "2026-11-02")


SMART = "uip-2024/afproevning-af-smart-til-voksne-med-et-stofmisbrug"
COUNT = correction(UIP, "count_claims.number", "fem nye initiativer", "5", "6")
ROLE = correction(POOL, "amounts.role", "op til 500.000 kr.", "other", "PART")
DEADLINE = correction(POOL, "dates.start_on", "den 12. marts 2022 kl.", "12-03-2022", "14-03-2022")
TITLE = correction(
    UIP, "title", "", "Aftale fordeler 90 millioner kroner til udsatte børn og voksne", "UIP 2023"
)
TOTAL = correction("uip-2023", "total_min_dkk", "", "90.000.000", "91.000.000")
AREA = correction(MOVE, "area", "", "børn og unge", "voksne")
MOVED = correction(NEWS, "agreement", "", "uip-2023", "uip-2023-b")
LINK = correction(PEER, "link", MOVE, "", "confirmed:split")
NEXT = (
    danish.UIP.replace("90 m", "70 m").replace("2023-2026", "2024-2027").replace("2023", "2024")
    .replace("12-10-2022", "10-10-2023").replace("MOVE til unge", "SMART til voksne")
)  # fmt: skip
ALL = [COUNT, ROLE, DEADLINE, TITLE, TOTAL, AREA, MOVED, LINK]


@cache
def extractions() -> tuple[Extraction, ...]:
    return tuple(extraction(text, f"/tekster/{name}") for name, text in danish.TEXTS.items())


def filled() -> Database:
    db = open_database(None)
    for found in extractions():
        write(db, found, arrival())
    settle(db)
    return db


@pytest.fixture
def db() -> Iterator[Database]:
    opened = filled()
    yield opened
    sound(opened)
    opened.close()


def only(judged: list[Judged]) -> tuple[str, str]:
    [one] = judged
    return one.status, one.note


def test_every_kind_of_correction_applies(db: Database) -> None:
    judged = settle(db, ALL)
    assert {one.correction.field: one.status for one in judged} == {c.field: "applied" for c in ALL}
    agreement = rows(db, "SELECT * FROM agreement_overview WHERE id = 'uip-2023'")[0]
    assert (agreement["total_min_dkk"], agreement["total_max_dkk"]) == (91_000_000, 91_000_000)
    assert (agreement["initiative_count"], agreement["title"]) == (6, "UIP 2023")
    assert agreement["corrected"] == "initiative_count, title, total_max_dkk, total_min_dkk"
    assert scalar(db, "SELECT corrected FROM documents WHERE id = ?", UIP) == "title"
    assert scalar(db, "SELECT area FROM initiatives WHERE id = ? AND corrected = 'area'", MOVE) == "voksne"
    homes = rows(db, "SELECT document_id, agreement_id FROM agreement_documents ORDER BY 2")
    assert [tuple(row.values()) for row in homes] == [(UIP, "uip-2023"), (NEWS, "uip-2023-b")]
    link = rows(db, "SELECT * FROM initiative_links")[0]
    assert (link["relation"], link["status"], link["score"]) == ("split", "confirmed", 1.0)


def test_what_says_the_same_in_the_document_follows(db: Database) -> None:
    settle(db, [COUNT, DEADLINE])
    sql = "SELECT initiative_count, corrected FROM agreement_mentions WHERE corrected IS NOT NULL"
    assert [tuple(row.values()) for row in rows(db, sql)] == [(6, "initiative_count")]
    sql = "SELECT deadline_on, corrected FROM pools"
    assert [tuple(row.values()) for row in rows(db, sql)] == [("2022-03-14", "deadline_on")]
    day = rows(db, "SELECT start_on, end_on, corrected FROM dates WHERE corrected IS NOT NULL")
    assert [tuple(row.values()) for row in day] == [("2022-03-14", "2022-03-14", "end_on, start_on")]


def test_a_total_that_the_document_says_again_stays(db: Database) -> None:
    one = correction(UIP, "amounts.min_dkk", "90 mio. kr.", "90000000", "80000000")
    settle(db, [one])
    assert scalar(db, "SELECT total_min_dkk FROM agreements") == 90_000_000
    settle(db, [one, replace(one, quote="90 millioner kroner")])
    sql = "SELECT total_min_dkk FROM agreement_mentions WHERE corrected IS NOT NULL"
    assert scalar(db, sql) == 80_000_000


def test_what_was_read_stays_beside_it_and_shows(db: Database) -> None:
    settle(db, [ROLE])
    value = rows(db, "SELECT table_name, field, before, after FROM corrected_values")
    assert [tuple(row.values()) for row in value] == [("amounts", "role", "other", "part")]
    fact = rows(db, "SELECT detail, mention_id FROM facts WHERE corrected = 'role'")[0]
    assert str(fact["detail"]).startswith("part, at_most")
    source = scalar(db, "SELECT corrected FROM sources_of_fact WHERE mention_id = ?", fact["mention_id"])
    assert source == "role: other read, part by Åse (2026-11-02): læst forkert"
    shown = rows(db, "SELECT status, before, after FROM what_was_corrected")
    assert [tuple(row.values()) for row in shown] == [("applied", "other", "part")]
    assert scalar(db, "SELECT facts_corrected FROM document_facts WHERE document_id = ?", POOL) == 1


@pytest.mark.parametrize(
    ("wrong", "status", "word"),
    [
        (replace(COUNT, old="7"), "stale", "what is read there is 5"),
        (replace(COUNT, old=""), "stale", "what is read there is 5"),
        (replace(COUNT, old="4", new="5"), "stale", "the line can go"),
        (replace(COUNT, quote="syv nye initiativer"), "stale", "no count_claims with these words"),
        (replace(COUNT, quote=""), "invalid", "quote is empty"),
        (replace(COUNT, target="2020-nothing"), "invalid", "no document has the id '2020-nothing'"),
        (replace(COUNT, new="seks"), "invalid", "no whole number"),
        (replace(COUNT, new="-6"), "invalid", "number >= 0"),
        (replace(COUNT, new=""), "invalid", "may not be empty"),
        (replace(COUNT, new="9" * 30), "invalid", "too large"),
        (replace(COUNT, field="count_claims.antal"), "invalid", "number, scope, of_what"),
        (replace(COUNT, field="mentions.quote"), "invalid", "count_claims"),
        (replace(ROLE, new="rolle"), "invalid", "total, part, pool"),
        (replace(ROLE, field="amounts.max_dkk", old="500000", new="400.000"), "applied", "read as 500000"),
        (
            correction(UIP, "dates.role", "2023", "reference", "period"),
            "invalid",
            "3 dates have these words",
        ),
        (replace(TITLE, old="noget andet"), "stale", "Aftale fordeler 90 millioner"),
        (replace(TITLE, field="kind", old="press_release", new="sang"), "invalid", "press_release, news"),
        (replace(TITLE, field="total_min_dkk"), "invalid", "there are: title, kind"),
        (replace(TOTAL, field="kind"), "invalid", "there are: title, programme_year"),
        (replace(TOTAL, target="uip-1999"), "invalid", "no document, agreement or initiative"),
        (replace(AREA, new="dyr"), "invalid", "voksne"),
        (correction("uip-2023", "same", "uip-2024", "", "uip-2023"), "invalid", "'uip-2024'"),
        (correction("uip-2023", "same", "uip-2023", "", "uip-2023"), "invalid", "already"),
        (replace(MOVED, old="uip-2020"), "stale", "it speaks of uip-2023"),
        (replace(MOVED, new="En aftale"), "invalid", "is no id"),
        (replace(MOVED, target=POOL, old=""), "invalid", "no agreement"),
        (replace(LINK, new="maybe"), "invalid", "confirmed or rejected"),
        (replace(LINK, quote="uip-2023/x"), "invalid", "'uip-2023/x'"),
    ],
)
def test_what_does_not_fit_is_told(db: Database, wrong: Correction, status: str, word: str) -> None:
    before = dump(db)
    found, note = only(settle(db, [wrong]))
    assert (found, word in note) == (status, True), note
    changed = [name for name, table in dump(db).items() if table != before[name]]
    assert status == "applied" or changed == ["corrections"]


def test_contradictions_name_each_other_and_neither_applies(db: Database) -> None:
    pairs = [
        (COUNT, replace(COUNT, new="7", who="Bo")),
        (TOTAL, replace(TOTAL, new="1", who="Bo")),
        (MOVED, replace(MOVED, new="", who="Bo")),
        (LINK, replace(LINK, new="rejected", who="Bo")),
    ]
    before = dump(db)
    judged = settle(db, [one for pair in pairs for one in pair])
    assert {one.status for one in judged} == {"conflicting"}
    assert all(("Bo" in one.note) == (one.correction.who == "Åse") for one in judged)
    assert len(judged) == 8
    after = dump(db)
    assert [name for name in after if after[name] != before[name]] == ["corrections"]


def test_merged_agreements_are_one_under_the_id_that_stays(db: Database) -> None:
    write(db, extraction(NEXT, "/b.txt"), arrival())
    settle(db)
    assert len(rows(db, "SELECT id FROM agreements")) == 2
    same = correction("uip-2024", "same", "uip-2023", "", "uip-2023")
    area = correction(SMART, "area", "", "børn og unge", "voksne")
    judged = settle(db, [same, area, replace(TOTAL, target="uip-2024")])
    assert {one.status for one in judged} == {"applied"}, judged
    assert rows(db, "SELECT id, total_min_dkk FROM agreements") == [
        {"id": "uip-2023", "total_min_dkk": 91_000_000}
    ]
    assert scalar(db, "SELECT agreement_id FROM identifiers WHERE id = 'uip-2024'") == "uip-2023"
    round_trip = settle(db, [same, replace(same, new="uip-2024")])
    assert {one.status for one in round_trip} == {"conflicting"}


def test_a_document_that_speaks_of_no_agreement(db: Database) -> None:
    settle(db, [replace(MOVED, new="")])
    assert rows(db, "SELECT document_id FROM agreement_documents") == [{"document_id": UIP}]


def test_other_rules_read_anew_and_the_correction_is_replayed(db: Database) -> None:
    settle(db, ALL)
    before = dump(db)["amounts"]
    for found in extractions():
        write(db, found, arrival(rules="r2"))
    assert scalar(db, "SELECT count(*) FROM amounts WHERE corrected IS NOT NULL") == 0
    assert {one.status for one in settle(db)} == {"applied"}
    assert dump(db)["amounts"] == before


def test_a_new_text_makes_a_correction_stale_and_old_versions_are_as_read(db: Database) -> None:
    settle(db, [ROLE, COUNT])
    new = danish.POOL.replace("op til 500.000 kr.", "op til 600.000 kr.")
    write(db, extraction(new, "/tekster/pulje.txt"), arrival("2026-03-01T00:00:00+00:00"))
    statuses = {one.correction.field: one.status for one in settle(db)}
    assert statuses == {"amounts.role": "stale", "count_claims.number": "applied"}
    assert scalar(db, "SELECT count(*) FROM amounts WHERE corrected IS NOT NULL OR role = 'part'") == 0


@settings(max_examples=8, deadline=None)
@given(st.permutations(ALL), st.integers(0, len(ALL)))
def test_order_repetition_and_removal(order: list[Correction], kept: int) -> None:
    """Any order gives the same; twice is once; what is removed was never there."""
    db, other = filled(), filled()
    never = dump(db)
    settle(db, order)
    settle(other, ALL)
    assert dump(db) == dump(other)
    changes = db.conn.total_changes
    settle(db, list(reversed(order)))
    settle(db)
    assert db.conn.total_changes == changes
    settle(db, order[:kept])
    fresh = filled()
    settle(fresh, order[:kept])
    assert dump(db) == dump(fresh)
    settle(db, [])
    assert dump(db) == never
    for opened in (db, other, fresh):
        sound(opened)
        opened.close()


def test_links_are_decided_in_either_direction() -> None:
    link = {
        "from_initiative_id": "a", "to_initiative_id": "b", "relation": "continues",
        "score": 0.8, "status": "proposed", "reason": "title",
    }  # fmt: skip
    ids = {"a": "a", "b": "b", "c": "c"}
    found, judged = decided_links([link], [correction("b", "link", "a", "", "rejected")], ids)
    assert found == [link | {"status": "rejected"}]
    assert only(judged) == ("applied", "proposed as continues with score 0.8")
    found, _ = decided_links([link], [correction("a", "link", "c", "", "rejected")], ids)
    assert found == [link]
