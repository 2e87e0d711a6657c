"""Bytes to text, and what is refused: one clear line that says why and what to do."""

import os
import random
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import decode as decoding
from corpus.decode import decode, normalise
from corpus.document import UnreadableError
from corpus.read import read_bytes, read_file
from tests.corpus.pages import MONEY, PATIENT, page

DANISH = "Børn på øen får støtte, og æblerne er røde.\n"
LONG = page(f"<h1>Titel</h1><p>{MONEY}</p>" * 9)
RSS = "<?xml version='1.0'?><rss version='2.0'><channel><item>&lt;p>Hej</item></channel></rss>"
FRAMES = "<html><frameset cols='50%'><frame src='a.html'></frameset></html>"
BAD = {
    "empty": (b"", "empty"),
    "only spaces": (b" \n\t\r\n ", "empty"),
    "only a byte order mark": (b"\xef\xbb\xbf", "empty"),
    "random bytes": (random.Random(1).randbytes(4000), "binary"),
    "PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "the PDF has no end"),
    "Word": (b"PK\x03\x04\x14\x00", "Word"),
    "old Word": (b"\xd0\xcf\x11\xe0\xa1\xb1", "Word"),
    "picture": (b"\x89PNG\r\n\x1a\n", "a picture"),
    "RTF": (b"{\\rtf1\\ansi hej}", "RTF"),
    "UTF-16 without a mark": (DANISH.encode("utf-16-le"), "UTF-16"),
    "UTF-16 the other way": (DANISH.encode("utf-16-be"), "UTF-16"),
    "zero bytes": (DANISH.replace("r", "r\0").encode(), "binary"),
    "cut in a tag": (LONG[:300].encode() + b'<p class="x', "cut off"),
    "cut in the head": (b"<!doctype html><html><head><title>Sat", "cut off"),
    "cut before the head": (b"<!doctype html>\n<ht", "cut off"),
    "cut in the body": (LONG[:-40].encode(), "cut off"),
    "no text": (page("").encode(), "no text"),
    "only a script": (
        page("<h1>Titel</h1><script>alert('Hej med dig')</script>").encode(),
        "no text",
    ),
    "frames": (FRAMES.encode(), "frame"),
    "JSON": (b'[{"titel": "Aftale", "beloeb": 10}]', "JSON"),
    "deep JSON": (b"[" * 100_000, "JSON"),
    "RSS": (RSS.encode(), "feed"),
    "XML": (b"<?xml version='1.0'?><doc><p>Hej med dig</p></doc>", "XML"),
    "no words": (b"12 34 56 % 78", "no words"),
    "20 MB": (b"a" * 20_000_000, "too large"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_refused_in_one_line(name: str) -> None:
    body, reason = BAD[name]
    with pytest.raises(UnreadableError, match=reason) as raised:
        read_bytes(body, name)
    message = str(raised.value)
    assert "\n" not in message
    assert ";" in message, "says what to do"


@pytest.mark.parametrize(
    ("body", "charset"),
    [
        (DANISH.encode(), None),
        (DANISH.encode("utf-8-sig"), None),
        (DANISH.encode("utf-16"), None),
        (DANISH.encode("cp1252"), None),
        (DANISH.encode("cp1252"), "utf-8"),
        (DANISH.encode("cp1252"), "iso-8859-1"),
        (DANISH.encode("cp865"), "cp865"),
        (DANISH.encode("mac-roman"), "macintosh"),
        (DANISH.encode(), "windows-1252"),
        (DANISH.encode("cp1252"), "undefined"),
        (DANISH.encode("cp1252"), "rot13"),
        (DANISH.encode("cp1252"), "no\0name"),
    ],
)
def test_encodings(body: bytes, charset: str | None) -> None:
    assert decode(body, charset).lstrip("\ufeff") == DANISH


def test_windows_1252_declared_as_utf_8_in_the_page() -> None:
    document = read_bytes(LONG.encode("cp1252"), "x")
    assert "afsætte" in document.text


@pytest.mark.parametrize("broken", [b"\xff", b"\xed\xa0\x80", b"\xc3"])
def test_a_broken_character_leaves_the_others(broken: bytes) -> None:
    text = decode(DANISH.encode() * 20 + broken)
    assert text.startswith(DANISH)
    assert "Ã" not in text


@PATIENT
@given(st.binary(min_size=1, max_size=400), st.none() | st.text(max_size=20))
def test_any_bytes_are_read_or_refused(body: bytes, charset: str | None) -> None:
    with suppress(UnreadableError):
        read_bytes(body, "x", charset).text.encode()


@PATIENT
@given(st.text(st.characters()))
def test_normalise_leaves_plain_spaces_and_whole_characters(text: str) -> None:
    clean = normalise(text)
    assert normalise(clean) == clean
    assert {char for char in clean if char.isspace()} <= {" ", "\n"}
    clean.encode()


def test_entities_are_cleaned_too() -> None:
    body = "<h1>Titel her</h1><p>Investerings&shy;programmet får 90&nbsp;mio.&#8239;kr.</p>"
    text = read_bytes(page(body).encode(), "x").text
    assert text.endswith("Investeringsprogrammet får 90 mio. kr.")


def test_not_a_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name, reason in [("", "folder"), ("nothing", "no such file"), ("pipe", "pipe")]:
        with pytest.raises(UnreadableError, match=reason):
            read_file(tmp_path / name)


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "secret.txt"
    file.write_text(DANISH)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UnreadableError, match="Permission denied"):
        read_file(file)


def test_a_large_file_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "large.html"
    with file.open("wb") as large:
        large.truncate(20_000_000)
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("opened"))
    with pytest.raises(UnreadableError, match="too large"):
        read_file(file)


def test_a_growing_file_is_read_up_to_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "grows.txt"
    file.write_text(DANISH * 10)
    monkeypatch.setattr("corpus.read.refuse_size", lambda size: None)
    monkeypatch.setattr("corpus.read.MAX_BYTES", 100)
    monkeypatch.setattr(decoding, "MAX_BYTES", 100)
    with pytest.raises(UnreadableError, match="too large"):
        read_file(file)


EXTREME = {
    "elements": page("<h1>Titel her</h1>" + "<div>" * 10_000 + MONEY + "</div>" * 10_000),
    "inline elements": page("<h1>Titel her</h1>" + "<span>" * 10_000 + MONEY),
    "lists": page("<h1>Titel her</h1>" + "<ul><li>Punkt et " * 1_000 + MONEY),
    "a paragraph": page(f"<h1>Titel her</h1><p>{MONEY} " + "ord " * 200_000),
    "paragraphs": page(f"<h1>Titel her</h1><p>{MONEY}" + "<p>Et kort afsnit." * 5_000),
    "a line": f"Titel her\n\n{MONEY} " + "ord " * 200_000,
    "letters": f"Titel her\n\n{MONEY}\n" + "a" * 900_000,
    "ats": f"Titel her\n\n{MONEY}\n" + "a@" * 250_000,
    "brackets": f"Titel her\n\n{MONEY}\nA" + ")" * 500_000,
    "spaces": f"Titel her\n\n{MONEY}\ntlf" + " " * 500_000 + "x",
    "cells": f"Titel her\n\n{MONEY}\n" + "a | " * 40_000,
    "items": f"Titel her\n\n{MONEY}\n" + "• et punkt til\n" * 20_000,
    "wrapped lines": f"Titel her\n\n{MONEY}\n" + f"og {'atter et ord ' * 5}uden\n" * 10_000,
}


@pytest.mark.parametrize("name", EXTREME)
def test_extreme_shapes_are_read(name: str) -> None:
    """Each would take hours, or end in a RecursionError, if its cost were not linear."""
    assert "10,5 mio. kr." in read_bytes(EXTREME[name].encode(), name).text
