"""The web face: every page answers, nothing can be written, nothing comes from elsewhere."""

import asyncio
import builtins
import json
import re
import socket
import threading
import time
import urllib.request
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from output import browse
from output.database import WrongDatabaseError
from output.schema import all_tables, all_views
from tests.output.tiny import AGREEMENT, CURRENT, DOCUMENT, EARLIER, INITIATIVE, NEWS, tiny_database

try:
    import datasette
except ImportError:
    datasette = None

needs_datasette = pytest.mark.skipif(datasette is None, reason="the extra puljespor[browse] is not installed")
NAMES = [found.name for found in (*all_tables(), *all_views())]
ELSEWHERE = re.compile(r"(https?:)?//(?!localhost/)")
MENTION = f"{CURRENT}:61:amounts"
TITLE_LINK = f'href="/puljespor/documents/{DOCUMENT}"'
QUERIES: dict[str, tuple[dict[str, str], str]] = {  # parameters, and what the answer must hold
    "search": ({"q": "Åben børn"}, DOCUMENT),
    "search_titles": ({"q": "SOCIALOMRÅDET"}, DOCUMENT),
    "which_agreements": ({}, AGREEMENT),
    "money_year_by_year": ({"agreement_id": AGREEMENT}, "142"),
    "which_pools_are_open": ({}, "Puljen"),
    "what_does_not_add_up": ({"kind": ""}, "more than any programme has"),
    "initiatives_by_phase": ({"phase": "modning"}, INITIATIVE),
    "stories_of_initiatives": ({"q": "åben dialog børn"}, EARLIER),
    "what_carries_on_what": ({"status": "proposed"}, "Åben Dialog til familier"),
    "from_phase_to_phase": ({"year": "2022"}, "udbredelse"),
    "sums_of_an_agreement": ({"agreement_id": AGREEMENT}, "142 mio. kr."),
    "facts_per_document": ({}, NEWS),
    "facts_of_a_document": ({"document_id": DOCUMENT}, "Puljen"),
    "where_a_fact_comes_from": ({"mention_id": MENTION}, "https://sm.dk/aftale"),
    "people_and_what_they_said": ({"person": "krag"}, "Det er en god aftale for børn"),
    "what_was_not_read": ({"code": ""}, "3,5 mia. kroner"),
    "what_could_not_be_read": ({"site": "sm.dk"}, "a scanned PDF"),
    "what_was_turned_away": ({"site": ""}, "Ny kontorchef"),
    "which_sites_are_odd": ({}, "none found"),
    "what_a_human_corrected": ({"status": "applied"}, "misread by a tenth"),
    "what_changed": ({"since": "2026-01-01"}, "140000000"),
}


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = tmp_path_factory.mktemp("web") / "puljespor.db"
    tiny_database(path).close()
    return browse.application(path)


def visit(web: Any, path: str, **parameters: str) -> Any:
    address = f"{path}?{urlencode(parameters)}" if parameters else path
    return asyncio.run(web.client.get(address))


visited = cache(visit)  # the same page for tests that look at other things in it


def answer(web: Any, query: str, **parameters: str) -> list[Mapping[str, Any]]:
    response = visit(web, f"/puljespor/{query}.json", _shape="array", **parameters)
    assert response.status_code == 200, response.text
    found: list[Mapping[str, Any]] = response.json()
    return found


def loaded(page: str) -> list[str]:
    """The addresses that a browser fetches by itself when it shows the page."""
    return [
        *re.findall(r"<(?:script|img|iframe|embed|source|video|audio)\b[^>]*?\bsrc=[\"']?([^\"'> ]+)", page),
        *re.findall(r"<link\b[^>]*?\bhref=[\"']?([^\"'> ]+)", page),
        *re.findall(r"url\([\"']?([^\"')]+)", page),
        *re.findall(r"@import\s+[\"']([^\"']+)", page),
    ]


def linked(page: str) -> set[str]:
    return set(re.findall(r"<(?:a|form)\b[^>]*?\b(?:href|action)=[\"'](https?:[^\"']+)", page))


def test_metadata_needs_no_datasette_and_is_json() -> None:
    found = browse.metadata("my data")
    assert json.loads(json.dumps(found)) == found
    assert list(found["databases"]) == ["my data"]
    assert set(found["databases"]["my data"]["tables"]) == set(NAMES)
    assert "/my~20data/search" in found["description_html"]


def test_metadata_describes_tables() -> None:
    documents = browse.metadata()["databases"]["puljespor"]["tables"]["documents"]
    assert documents["facets"] == ["kind", "issuer"]
    assert documents["label_column"] == "title"
    assert documents["fts_table"] == "documents_fts"
    assert documents["columns"]["published_on"].startswith("day of publication")
    versions = browse.metadata()["databases"]["puljespor"]["tables"]["document_versions"]
    assert "text" not in versions["sortable_columns"]


def test_no_query_hides_a_table_or_view() -> None:
    assert not {query.name for query in browse.named_queries()} & set(NAMES)


def test_every_query_is_tested_and_every_view_is_used() -> None:
    queries = browse.named_queries()
    assert {query.name for query in queries} == set(QUERIES)
    sql = " ".join(query.sql for query in queries)
    unused = [view.name for view in all_views() if not re.search(rf"FROM {view.name}\b", sql)]
    assert not unused


@needs_datasette
@pytest.mark.parametrize("name", NAMES)
def test_every_table_and_view_has_a_page(web: Any, name: str) -> None:
    page = visited(web, f"/puljespor/{name}")
    assert page.status_code == 200
    assert "<dt>" in page.text  # the columns are described
    assert "timed out" not in page.text
    assert "rows-and-columns" in page.text  # the tiny database has a row of everything


@needs_datasette
@pytest.mark.parametrize("name", QUERIES)
def test_every_query_answers(web: Any, name: str) -> None:
    parameters, expected = QUERIES[name]
    page = visited(web, f"/puljespor/{name}", **parameters)
    assert page.status_code == 200
    assert expected in page.text


@needs_datasette
@pytest.mark.parametrize("name", QUERIES)
def test_every_query_answers_without_parameters(web: Any, name: str) -> None:
    assert visit(web, f"/puljespor/{name}").status_code == 200


@needs_datasette
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("2022-2025", [DOCUMENT]),
        ('"sund', [DOCUMENT]),
        ('"sund-', [DOCUMENT]),
        ("BØRN", [DOCUMENT]),
        ("ærlig", [DOCUMENT]),
        ("social", [DOCUMENT]),  # the beginning of a word
        ('"god aftale"', [DOCUMENT]),
        ('"aftale god"', []),
        ("aben", []),  # å is a letter of its own
        ("midler", [NEWS]),
        ("999", []),  # only in an older version
        ("text:sund AND (NOT *", []),
        ("*", []),
        ('""', []),
        ("'; DROP TABLE documents --", []),
    ],
)
def test_search_takes_whatever_is_typed(web: Any, words: str, found: list[str]) -> None:
    assert [row["document_id"] for row in answer(web, "search", q=words)] == found


@needs_datasette
def test_hits_are_marked(web: Any) -> None:
    assert "<mark>børn</mark>" in visit(web, "/puljespor/search", q="børn").text
    passage = answer(web, "where_a_fact_comes_from", mention_id=MENTION)[0]["passage"]
    assert "Der afsættes «142 mio. kr.» i 2022-2025" in passage


@needs_datasette
def test_search_in_tables(web: Any) -> None:
    assert TITLE_LINK in visit(web, "/puljespor/documents", _search="fordeler").text
    assert visit(web, "/puljespor/documents", _search='"2020-2023').status_code == 200


@needs_datasette
def test_only_current_versions_are_counted(web: Any) -> None:
    sums = [row["min_dkk"] for row in answer(web, "sums_of_an_agreement", agreement_id=AGREEMENT)]
    assert sums == [142_000_000, 12_000_000, 14_000_000]
    assert [row["quote"] for row in answer(web, "what_was_not_read")] == ["3,5 mia. kroner"]
    kinds = [row["kind"] for row in answer(web, "facts_of_a_document", document_id=DOCUMENT)]
    assert len(kinds) == len(set(kinds)) + 1 == 14  # two amounts, one of every other kind


@needs_datasette
def test_sums_of_two_documents_are_not_added(web: Any) -> None:
    (row,) = answer(web, "initiatives_by_phase", phase="udbredelse")
    assert (row["min_dkk"], row["max_dkk"]) == (12_000_000, 14_000_000)
    assert row["phases"] == "modning + udbredelse"


@needs_datasette
@pytest.mark.parametrize("path", ["/", "/puljespor", *(f"/puljespor/{name}" for name in NAMES)])
def test_nothing_is_loaded_from_elsewhere(web: Any, path: str) -> None:
    page = visited(web, path)
    assert not [address for address in loaded(page.text) if ELSEWHERE.match(address)]
    # links that a reader may follow: Datasette's own, and the addresses of the documents
    allowed = ("https://datasette.io/", "https://sm.dk/")
    strange = [address for address in linked(page.text) if ELSEWHERE.match(address)]
    assert all(address.startswith(allowed) for address in strange)
    assert "default-src 'self'" in page.headers["content-security-policy"]


@needs_datasette
def test_queries_load_nothing_from_elsewhere(web: Any) -> None:
    for name, (parameters, _) in QUERIES.items():
        page = visited(web, f"/puljespor/{name}", **parameters).text
        assert not [address for address in loaded(page) if ELSEWHERE.match(address)]


@needs_datasette
def test_front_page_asks_and_searches(web: Any) -> None:
    page = visit(web, "/").text
    assert '<form action="/puljespor/search">' in page
    for query in browse.named_queries():
        assert f'<a href="/puljespor/{query.name}">' in page


@needs_datasette
def test_sums_are_grouped_for_the_eye_only(web: Any) -> None:
    assert "142\u202f000\u202f000" in visit(web, "/puljespor/amounts").text
    assert "142000000" in visit(web, "/puljespor/amounts.csv").text


@needs_datasette
def test_links_lead_on(web: Any) -> None:
    page = visit(web, "/puljespor/which_agreements").text
    assert f'href="/puljespor/sums_of_an_agreement?agreement_id={AGREEMENT}"' in page
    page = visit(web, "/puljespor/sums_of_an_agreement", agreement_id=AGREEMENT).text
    found = re.findall(r'href="(/puljespor/(?:facts_of|where|initiatives/)[^"]+)"', page)
    assert len({path.split("?")[0] for path in found}) == 3
    for path in set(found):
        assert visit(web, path).status_code == 200
        assert "0 results" not in visit(web, path).text


@needs_datasette
def test_text_from_a_page_is_no_html() -> None:
    cell = browse.cell("<script>x</script> «på»", "passage", None, "db")
    assert str(cell) == "&lt;script&gt;x&lt;/script&gt; <mark>på</mark>"
    assert browse.cell('"><b>', "agreement_id", "facts", "db") is not None
    assert "<b>" not in str(browse.cell('"><b>', "agreement_id", "facts", "db"))
    assert browse.cell("uip-2022", "agreement_id", "amounts", "db") is None


@needs_datasette
@pytest.mark.parametrize(
    "sql", ["DELETE FROM documents", "DROP TABLE documents", "INSERT INTO sites VALUES (1,2,3,4)"]
)
def test_writing_is_refused(web: Any, sql: str) -> None:
    assert visit(web, "/puljespor", sql=sql).status_code == 400
    assert len(answer(web, "facts_per_document")) == 2


@needs_datasette
def test_internal_tables_are_hidden(web: Any) -> None:
    page = visit(web, "/puljespor").text
    assert "documents_fts" not in page
    assert "hidden tables" in page


@needs_datasette
def test_serves_this_machine_until_interrupted(tmp_path: Path) -> None:
    path = tmp_path / "my data.db"
    tiny_database(path).close()
    addresses: list[str] = []
    server = threading.Thread(target=browse.serve, args=(path, 0, addresses.append), daemon=True)
    server.start()
    deadline = time.monotonic() + 30
    while not addresses and time.monotonic() < deadline:
        time.sleep(0.05)
    assert addresses[0].startswith("http://127.0.0.1:")
    with urllib.request.urlopen(addresses[0] + "my~20data/which_agreements.json") as response:
        assert json.load(response)["rows"][0][0] == AGREEMENT


@needs_datasette
def test_a_taken_port(tmp_path: Path) -> None:
    path = tmp_path / "tiny.db"
    tiny_database(path).close()
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(browse.PortTakenError, match="in use"):
            browse.serve(path, other.getsockname()[1])


@needs_datasette
def test_only_our_databases_are_shown(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no such database"):
        browse.application(tmp_path / "absent.db")
    (tmp_path / "other.db").write_bytes(b"no database at all" * 100)
    with pytest.raises(WrongDatabaseError):
        browse.application(tmp_path / "other.db")


def test_says_how_to_install_datasette(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    original = builtins.__import__

    def without_datasette(name: str, *rest: Any) -> Any:
        if name.startswith("datasette"):
            raise ImportError(name)
        return original(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without_datasette)
    with pytest.raises(browse.DatasetteMissingError, match=r"pip install 'puljespor\[browse\]'"):
        browse.serve(tmp_path / "any.db")
