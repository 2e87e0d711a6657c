"""The codebook says something of every column, and what it says is true of the database."""

from collections.abc import Iterator

import pytest

from output.codebook import codebook_markdown, codebook_rows, columns_of
from output.database import Database, open_database, rows
from output.schema import all_tables, all_views

NAMES = [found.name for found in (*all_tables(), *all_views())]


@pytest.fixture(scope="module")
def empty() -> Iterator[Database]:
    opened = open_database(None)
    yield opened
    opened.close()


@pytest.mark.parametrize("name", NAMES)
def test_has_the_columns_of_the_database(name: str, empty: Database) -> None:
    found = rows(empty, f"PRAGMA table_info({name})")
    assert [row["column"] for row in columns_of(name)] == [row["name"] for row in found]
    assert [row["type"] or "" for row in columns_of(name)] == [row["type"] for row in found]


@pytest.mark.parametrize("name", [table.name for table in all_tables()])
def test_keys_and_references_are_those_of_the_database(name: str, empty: Database) -> None:
    keys = {row["name"] for row in rows(empty, f"PRAGMA table_info({name})") if row["pk"]}
    references = {
        row["from"]: f"{row['table']}.{row['to']}" for row in rows(empty, f"PRAGMA foreign_key_list({name})")
    }
    found = columns_of(name)
    assert {row["column"] for row in found if row["primary_key"]} == keys
    assert {row["column"]: row["references"] for row in found if row["references"]} == references


def test_every_column_is_described() -> None:
    missing = [(row["table"], row["column"]) for row in codebook_rows() if not row["description"]]
    assert not missing


def test_a_column_of_a_view_is_described_where_it_comes_from() -> None:
    found = {row["column"]: row for row in columns_of("money_of_agreements")}
    assert found["role"]["allowed_values"] == "total | part | pool | frame | other"
    assert found["document_id"]["references"] == "documents.id"
    assert found["initiative_id"]["references"] == "initiatives.id"


def test_a_column_that_a_view_computes_is_described_by_its_comment() -> None:
    found = {row["column"]: row for row in columns_of("initiative_overview")}
    assert found["phases"]["description"] == ("its phases joined by +, in the order of the phase model")
    assert found["phases"]["allowed_values"] is None


def test_markdown_lists_everything() -> None:
    text = codebook_markdown()
    for name in NAMES:
        assert f"### {name}\n" in text
    assert (
        "| **id** | text |  |  |  | readable and stable: date and title,"
        " as 2021-11-02-aftale-fordeler-142-millioner-kroner |" in text
    )
    assert "| kind | text |  | press_release, news, agreement, pool," in text
