"""The corrections file: what spreadsheets make of it, and what is no such file."""

import unicodedata

import pytest

from output.cells import NoValueError, read_day, read_share, read_whole, same_words
from output.corrections import (
    COLUMNS,
    LARGEST,
    Correction,
    UnreadableCorrectionsError,
    correction_rows,
    read_corrections,
    stored_correction,
    template,
)
from output.corrections import Judged as Verdict

HEADER = ";".join(COLUMNS)
ROW = "uip-2022;total_min_dkk;;142.000.000;140.000.000;Åse;læst forkert;02-11-2026"
READ = ("uip-2022", "total_min_dkk", "", "142.000.000", "140.000.000", "Åse", "læst forkert", "2026-11-02")


@pytest.mark.parametrize(
    "data",
    [
        f"{HEADER}\r\n{ROW}\r\n".encode("utf-8-sig"),
        f"{HEADER}\r\n{ROW}\r\n".encode("cp1252"),
        f"{HEADER}\r{ROW}\r".encode(),
        f"{HEADER}\n{ROW}\n".replace(";", "\t").encode("utf-16"),
        f"{HEADER}\n{ROW}\n".replace(";", ",").encode(),
        f"sep=;\r\n{HEADER.upper()};;\r\n{ROW};;\r\n;;;;;;;;;\r\n;;;;;;;;;\r\n\r\n".encode("cp1252"),
        f"\n{HEADER}\n\n{ROW}\n".encode(),
        unicodedata.normalize("NFD", f"{HEADER}\n{ROW}\n").encode(),
        f"{HEADER}\n{ROW}".replace("læst forkert", '"læst\r\nforkert"').encode(),
        f"note;{HEADER}\n;{ROW}\n".replace("old;new", "old value;New_Value").encode(),
    ],
)
def test_what_spreadsheets_save_is_the_same_correction(data: bytes) -> None:
    [found] = read_corrections(data)
    assert (found.cells, found.problem) == (READ, "")


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b"\r\n\r\n;;;\r\n", "first row"),
        (b"PK\x03\x04 and so on", "workbook"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "NUL"),
        (f"{HEADER}\n{ROW}\0".encode(), "NUL"),
        (b"\xff\xd8\xff\xe1\x81\x8d", "no column|no text"),
        (ROW.encode(), "no column target"),
        (f"{HEADER};who\n{ROW}".encode(), "two columns are called who"),
        (b"target;field\na;b", "quote, old, new"),
        (b"a" * (LARGEST + 1), "larger"),
    ],
)
def test_what_is_no_corrections_file_says_why(data: bytes, word: str) -> None:
    with pytest.raises(UnreadableCorrectionsError, match=word):
        read_corrections(data)


@pytest.mark.parametrize(
    ("row", "word"),
    [
        (ROW.replace("Åse", ""), "who is empty"),
        (ROW.replace("02-11-2026", "31-02-2026"), "'31-02-2026' is no day"),
        (ROW.replace("02-11-2026", "02-11-26"), "is no day"),
        (ROW.replace("140.000.000", "=142*2"), "formula"),
        (ROW.replace("140.000.000", "#NAVN?"), "formula"),
        (f"{ROW};;too many", "more cells"),
        ('uip-2022;"total"_min;;;;;;', "quotation marks"),
        ('uip-2022;"total;;;;;;', "quotation marks"),
        ("uip-2022", "field is empty"),
    ],
)
def test_a_bad_row_is_told_and_costs_the_others_nothing(row: str, word: str) -> None:
    bad, good = read_corrections(f"{HEADER}\n{row}\n{ROW}\n".encode())
    assert word in bad.problem
    assert (bad.line, good.line) == (2, 3)
    assert (good.cells, good.problem) == (READ, "")


def test_cells_are_read_as_danish_spreadsheets_write_them() -> None:
    for cell in (
        "1400000",
        "1.400.000",
        "1 400 000",
        "1.400.000,00",
        "1,400,000",
        "kr. 1.400.000",
        "1.400.000 kr.",
    ):
        assert read_whole(cell) == 1_400_000
    for cell in ("1,4", "1,400", "1.4", "1,4 mio. kr.", "1,4E+06", "", "x"):
        with pytest.raises(NoValueError):
            read_whole(cell)
    assert read_day("2/11/2021") == read_day("02.11.2021") == read_day("2021-11-02") == "2021-11-02"
    with pytest.raises(NoValueError):
        read_day("11-2021")
    assert read_share("12,5 %") == 0.125


def test_words_are_the_same_whatever_a_spreadsheet_made_of_them() -> None:
    assert same_words("- Det er »godt«", "'– Det\u00a0er “godt”")
    assert same_words(unicodedata.normalize("NFD", "ærlig på én gård"), "ærlig på én\ngård")
    assert not same_words("142 mio. kr.", "14,2 mio. kr.")


def test_what_the_table_keeps_is_the_correction_again() -> None:
    found = read_corrections(f"{HEADER}\n{ROW}\n{ROW}\n".encode())
    kept = correction_rows(Verdict(one, "applied", "") for one in found)
    assert len({row["id"] for row in kept}) == 2
    assert [stored_correction(0, row).cells for row in kept] == [READ, READ]


def test_the_template_is_a_file_without_corrections() -> None:
    assert read_corrections(template()) == []
    one = Correction(2, *READ)
    assert [found.cells for found in read_corrections(template([one]))] == [READ]
