"""One document into the database: new, changed, unchanged, at a further address; its evidence."""

from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import Span, UnreadableError
from corpus.read import read_file
from extractors.extract import extract
from extractors.facts import Amount, Evidence
from output.database import Database, RefusedRowError, open_database, rows, scalar
from output.settle import settle
from output.write import Stored, body_sha256, write
from tests.output import danish
from tests.output.danish import arrival, dump, extraction, sound

ROOT = Path(__file__).parents[2]
FOLDERS = ("corpus/samples", "../shared/seeds", "../shared/dev")
LATER = "2026-03-01T00:00:00+00:00"


def count(db: Database, table: str) -> int:
    return int(str(scalar(db, f"SELECT count(*) FROM {table}")))


def test_an_unknown_text_is_new_and_known_text_is_untouched(db: Database) -> None:
    found = extraction(danish.UIP)
    stored = write(db, found, arrival())
    assert stored.outcome == "new"
    assert stored.document_id == ("2022-10-12-aftale-fordeler-90-millioner-kroner-til-udsatte-boern")
    assert count(db, "mentions") == len(found.facts)
    assert count(db, "blocks") == len(found.document.blocks)
    before, changes = dump(db), db.conn.total_changes
    assert write(db, found, arrival()) == replace(stored, outcome="unchanged")
    assert (dump(db), db.conn.total_changes) == (before, changes)


def test_changed_text_is_a_new_version_and_the_old_one_stays(db: Database) -> None:
    old = write(db, extraction(danish.UIP), arrival())
    new = write(db, extraction(danish.CHANGED), arrival(LATER))
    assert (new.outcome, new.document_id) == ("changed", old.document_id)
    versions = rows(db, "SELECT id, text, is_current FROM document_versions ORDER BY is_current")
    assert [v["id"] for v in versions] == [old.version_id, new.version_id]
    assert [v["is_current"] for v in versions] == [0, 1]
    assert "90 mio. kr." in str(versions[0]["text"])
    sql = (
        "SELECT v.is_current, a.min_dkk FROM amounts a JOIN mentions m ON m.id = a.mention_id"
        " JOIN document_versions v ON v.id = m.document_version_id GROUP BY 1, 2 ORDER BY 1"
    )
    facts = [tuple(row.values()) for row in rows(db, sql)]
    assert facts == [(0, 90_000_000), (1, 95_000_000)]
    assert "95 millioner" in str(scalar(db, "SELECT title FROM documents"))
    assert scalar(db, "SELECT document_version_id FROM locations") == new.version_id


def test_a_text_that_returns_is_the_version_it_was(db: Database) -> None:
    first = write(db, extraction(danish.UIP), arrival())
    write(db, extraction(danish.CHANGED), arrival(LATER))
    again = write(db, extraction(danish.UIP), arrival("2026-04-01T00:00:00+00:00"))
    assert again == replace(first, outcome="changed")
    assert count(db, "document_versions") == 2
    current = "SELECT id FROM document_versions WHERE is_current = 1"
    assert scalar(db, current) == first.version_id


def test_an_older_file_put_back_speaks_for_its_document(db: Database) -> None:
    """What stands at an address counts, not the time stamp of the file."""
    write(db, extraction(danish.CHANGED), arrival(LATER))
    stored = write(db, extraction(danish.UIP), arrival())
    current = "SELECT id FROM document_versions WHERE is_current = 1"
    assert scalar(db, current) == stored.version_id


def test_other_rules_read_the_text_again(db: Database) -> None:
    found = extraction(danish.UIP)
    amounts = [fact for fact in found.facts if isinstance(fact, Amount)]
    old = replace(found, facts=tuple(amounts[:1]), issues=())
    write(db, old, arrival(rules="old"))
    settle(db)
    stored = write(db, found, arrival(LATER, rules="new"))
    settle(db)
    assert stored.outcome == "changed"
    assert count(db, "document_versions") == 1
    fresh = open_database(None)
    write(fresh, found, arrival(rules="new"))
    settle(fresh)
    left, right = dump(db), dump(fresh)
    for table in ("locations", "captures"):  # checked later, says last_checked_at
        left.pop(table), right.pop(table)
    assert left == right


def test_the_same_text_at_a_second_address(db: Database) -> None:
    found = extraction(danish.UIP)
    first = write(db, found, arrival())
    second = write(db, danish.moved(found, "/tekster/kopi.txt"), arrival(LATER))
    assert second == replace(first, outcome="duplicate")
    assert (count(db, "documents"), count(db, "document_versions"), count(db, "locations")) == (
        1,
        1,
        2,
    )
    assert count(db, "mentions") == len(found.facts)


def test_nearly_the_same_text_is_a_version_of_the_same_document(db: Database) -> None:
    for texts in permutations([(danish.UIP, "/a.txt"), (danish.UNDATED, "/b.txt")]):
        opened = open_database(None)
        stored = [write(opened, extraction(text, url), arrival()) for text, url in texts]
        assert [s.outcome for s in stored] == ["new", "duplicate"]
        assert (count(opened, "documents"), count(opened, "document_versions")) == (1, 2)
        sql = "SELECT published_on FROM document_versions WHERE is_current = 1"
        assert [row["published_on"] for row in rows(opened, sql)] == ["2022-10-12"]
        assert scalar(opened, "SELECT published_on FROM documents") == "2022-10-12"
        sound(opened)


def test_an_update_line_makes_no_other_document(db: Database) -> None:
    write(db, extraction(danish.NEWS, "/a.txt"), arrival())
    updated = danish.NEWS.replace("15-10-2022", "19-10-2022")
    assert write(db, extraction(updated, "/b.txt"), arrival(LATER)).outcome == "duplicate"
    assert scalar(db, "SELECT updated_on FROM documents") == "2022-10-19"


def test_another_deadline_is_another_document(db: Database) -> None:
    """Two rounds of one pool differ in nothing but one short line with a date."""
    first = write(db, extraction(danish.POOL, "/runde-1.txt"), arrival())
    second = write(db, extraction(danish.NEXT_POOL, "/runde-2.txt"), arrival())
    assert (first.outcome, second.outcome) == ("new", "new")
    assert second.document_id != first.document_id
    assert second.document_id[:-6] == first.document_id[:-6]  # one title, other words


def test_texts_without_a_body_are_not_all_the_same() -> None:
    one, two = extraction("Møde den 3. maj 2021"), extraction("Møde den 4. maj 2021")
    assert body_sha256(one) != body_sha256(two)


def test_a_refused_fact_leaves_nothing_of_its_document(db: Database) -> None:
    write(db, extraction(danish.NEWS, "/news.txt"), arrival())
    found = extraction(danish.UIP)
    evidence = Evidence(Span(0, 6), found.document.text[:6], "amounts/test")
    bad = replace(found, facts=(*found.facts, Amount(evidence, 5, 4)))
    before = dump(db)
    with pytest.raises(RefusedRowError, match="max_dkk >= min_dkk"):
        write(db, bad, arrival())
    assert dump(db) == before
    assert write(db, found, arrival()).outcome == "new"


def test_several_facts_of_one_kind_at_one_place_have_ids_of_their_own(db: Database) -> None:
    found = extraction(danish.UIP)
    first = next(fact for fact in found.facts if isinstance(fact, Amount))
    twice = replace(found, facts=(*found.facts, replace(first, min_dkk=1)))
    write(db, twice, arrival())
    assert count(db, "amounts") == 3


texts = st.text(
    alphabet=st.sampled_from("abæøåÆØÅé €½😀\u00a0\u00ad\u2028\t–•”.,\n0123456789"),
    min_size=3,
    max_size=200,
)


@settings(max_examples=40, deadline=None)
@given(texts)
def test_offsets_hold_for_any_letters(text: str) -> None:
    """SQLite counts characters as Python does, also beyond the basic plane."""
    marked = f"Overskrift 😀\n\n{text}\n\nDer er afsat 12 mio. kr. i 2023 til børn 😀 og 3 mio. kr."
    opened = open_database(None)
    try:
        write(opened, extraction(marked), arrival())
        assert count(opened, "amounts") >= 2
        sound(opened)
    finally:
        opened.close()


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_mention_re_slices_to_its_quote(folder: str, db: Database) -> None:
    if not (ROOT / folder).is_dir():
        pytest.skip(f"{folder} is not on this machine")
    stored: list[Stored] = []
    for path in sorted((ROOT / folder).iterdir()):
        if path.suffix in {".txt", ".html"} and not path.name.startswith("README"):
            try:
                stored.append(write(db, extract(read_file(path)), arrival()))
            except UnreadableError:
                continue
    settle(db)
    assert len(stored) >= 5
    assert count(db, "mentions") >= 100
