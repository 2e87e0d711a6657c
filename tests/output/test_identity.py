"""Which document a text is, whatever comes first."""

from collections.abc import Sequence
from functools import cache

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.facts import Extraction
from output.database import Database, open_database, rows, scalar
from output.identity import body_sha256
from output.settle import settle
from output.write import write
from tests.output import danish
from tests.output.danish import arrival, extraction

SLIP = danish.UIP.replace("på tværs af kommuner", "på tværs af alle kommuner")
SLIP_95 = SLIP.replace("12-10-2022\n\n", "").replace("90 mio", "95 mio")
OTHER_SUM = SLIP.replace("90 mio. kr.", "95 mio. kr.")
TITLE_ID = "aftale-fordeler-90-millioner-kroner-til-udsatte-boern"
DATED_ID = f"2022-10-12-{TITLE_ID}"
# one address each; the first three are one text, the fourth nearly so
SITES = {
    "/uip.txt": danish.UIP,
    "/kopi.txt": danish.UIP,
    "/uden-dato.txt": danish.UNDATED,
    "/slip.txt": SLIP,
    "/nyhed.txt": danish.NEWS,
    "/pulje.txt": danish.POOL,
    "/tur.txt": danish.DAY_OUT,
    "/udateret.txt": danish.UNDATED.replace("90 mio", "95 mio"),  # two without a date, of one title
    "/udateret-slip.txt": SLIP_95,
    "/udateret-anden.txt": danish.UNDATED.replace("90 mio", "70 mio"),
}
OF_ARRIVAL = {"body_sha256"}  # what tells of the copy that came first


def test_a_slip_of_the_pen_makes_no_other_document(db: Database) -> None:
    first = write(db, extraction(danish.UIP, "/a.txt"), arrival())
    second = write(db, extraction(SLIP, "/b.txt"), arrival("2026-01-02T00:00:00+00:00"))
    assert (second.outcome, second.document_id) == ("duplicate", first.document_id)
    assert scalar(db, "SELECT count(*) FROM document_versions") == 2
    assert scalar(db, "SELECT sum(is_current) FROM document_versions") == 1


def test_other_numbers_make_another_document(db: Database) -> None:
    write(db, extraction(danish.UIP, "/a.txt"), arrival())
    assert write(db, extraction(OTHER_SUM, "/b.txt"), arrival()).outcome == "new"


def test_a_year_in_another_sites_header_makes_no_other_document(db: Database) -> None:
    first = write(db, extraction(danish.UIP, "/a.txt"), arrival())
    title, rest = danish.UNDATED.split("\n\n", 1)
    copied = f"{title}\n\nForside » Nyheder » Oktober 2022\n\n{rest}"
    second = write(db, extraction(copied, "/b.txt"), arrival("2026-01-02T00:00:00+00:00"))
    assert (second.outcome, second.document_id) == ("duplicate", first.document_id)


def test_another_day_makes_another_document(db: Database) -> None:
    write(db, extraction(danish.UIP, "/a.txt"), arrival())
    later = extraction(SLIP.replace("12-10-2022", "12-10-2023"), "/b.txt")
    assert write(db, later, arrival()).outcome == "new"


def test_without_a_date_the_words_name_a_document_too(db: Database) -> None:
    texts = [danish.UNDATED, danish.UNDATED.replace("90 mio", "70 mio")]
    told = [extraction(text, f"/{n}.txt") for n, text in enumerate(texts)]
    found = {write(db, each, arrival()).document_id for each in told}
    assert found == {f"{TITLE_ID}-{body_sha256(each)[:6]}" for each in told}


def test_the_copy_with_a_date_names_the_document(db: Database) -> None:
    undated = extraction(danish.UNDATED, "/a.txt")
    name = f"{TITLE_ID}-{body_sha256(undated)[:6]}"
    assert write(db, undated, arrival()).document_id == name
    settle(db)
    assert write(db, extraction(danish.UIP, "/b.txt"), arrival("2026-01-02")).document_id == DATED_ID
    settle(db)
    assert rows(db, "SELECT id FROM documents") == [{"id": DATED_ID}]
    known = rows(db, "SELECT id, document_id FROM identifiers WHERE document_id IS NOT NULL ORDER BY id")
    assert {DATED_ID, TITLE_ID, name} <= {row["id"] for row in known}
    assert {row["document_id"] for row in known} == {DATED_ID}
    assert scalar(db, "SELECT count(*) FROM amounts") == 4  # two versions, nothing lost on the way


@cache
def extracted(url: str) -> Extraction:
    return extraction(SITES[url], url)


def settled(urls: Sequence[str]) -> dict[str, object]:
    """Everything but which copy came first, after each document came in a run of its own; every id that
    could be cited after some run is found after all later ones."""
    db = open_database(None)
    cited: set[str] = set()
    for url in urls:
        write(db, extracted(url), arrival())
        settle(db)
        for table in ("documents", "agreements", "initiatives"):
            cited |= {str(row["id"]) for row in rows(db, f"SELECT id FROM {table}")}
        assert cited <= {str(row["id"]) for row in rows(db, "SELECT id FROM identifiers")}
    danish.sound(db)
    found = {
        name: [tuple(row) for row in table]
        for name, table in danish.dump(db).items()
        if name not in {"captures", "documents"}
    }
    documents = rows(db, "SELECT * FROM documents ORDER BY id")
    db.close()
    shown = [{k: v for k, v in row.items() if k not in OF_ARRIVAL} for row in documents]
    return {**found, "documents": shown}


@cache
def in_order() -> dict[str, object]:
    return settled(list(SITES))


@settings(deadline=None, max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(st.permutations(list(SITES)))
def test_the_order_of_arrival_does_not_matter_and_ids_that_were_cited_are_found(urls: list[str]) -> None:
    found = settled(urls)
    for table, wanted in in_order().items():
        assert found[table] == wanted, table
