"""Masking of private numbers: nothing moves, nothing private stays, no sum is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.privacy import mask
from tests.corpus.pages import PATIENT, read, read_text

PRIVATE = [
    "tlf. 41 85 13 60",
    "Tlf.: 4185 1360",
    "Tel: 41851360",
    "telefon 22515892",
    "pressetelefon +45 22 51 58 92",
    "mobil: 22515892",
    "telefonnummer: 2251 5892",
    "anne.hansen-olsen@sm.dk",
    "CPR 010190-1234",
    "0101901234",
    "33 92 93 00",
    "33-92-93-00",
    "tlf.nr. 33929300",
    "(+45) 33929300",
    "0045 33929300",
    "anne(at)sm.dk",
]
PUBLIC = [
    "12.500.000 kr. i 2019 2020 og 2021",
    "§ 15.75.06.10",
    "2019 | 2020 | 2021",
    "perioden 2019-2022",
    "41,8 mio. kr. og 1.139,2 mio. kr.",
    "CVR og EAN: se www.sm.dk",
    "kl. 12.00-13.30 den 3. august 2020",
    "Antal 10 20 30 40 sager",
    "15 15 15 15",
    "1500 1600 borgere",
    "2345 5678 kr.",
    "på nummer 15000000 kroner",
    "sagsnr. 150690-2024",
]


@pytest.mark.parametrize("words", PRIVATE)
def test_private_numbers_are_masked(words: str) -> None:
    masked = mask(f"Ring til Bo, {words}, i dag.")
    assert len(masked) == len(f"Ring til Bo, {words}, i dag.")
    assert not any(char.isdigit() or char == "+" for char in masked)
    assert "hansen" not in masked


@pytest.mark.parametrize("words", PUBLIC)
def test_other_numbers_stay(words: str) -> None:
    assert mask(words) == words


@PATIENT
@given(st.text() | st.text("tlf. +45@a1 -|\n", max_size=80))
def test_mask_keeps_length_and_is_idempotent(text: str) -> None:
    masked = mask(text)
    assert len(masked) == len(text)
    assert mask(masked) == masked


@pytest.mark.parametrize("words", PRIVATE)
def test_no_reader_lets_them_through(words: str) -> None:
    page = read(f"<h1>Ny aftale</h1><p>En aftale er indgået.</p><p>Bo Holm, {words}</p>")
    text = read_text(f"Ny aftale\n\nEn aftale er indgået.\n\nBo Holm, {words}")
    for document in (page, text):
        assert mask(document.text) == document.text
        assert "Bo Holm" in document.text
