"""Helpers every test may use."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest

from corpus.document import Document, Origin, Span
from corpus.text import read_text

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "corpus" / "samples"
SHARED = ROOT.parent / "shared"
T = TypeVar("T")
MARK = re.compile(r"«(.*?)»", re.S)


def text_document(text: str, published_on: date | None = date(2024, 6, 20)) -> Document:
    """The Document of a short text with a day of publication."""
    origin = Origin("files", "/test.txt", "text/plain", "0" * 64, published_on=published_on)
    return read_text(text, origin)


def unmark(marked: str) -> tuple[str, list[Span]]:
    """'i «2024» og' -> ('i 2024 og', [Span(2, 6)])."""
    spans: list[Span] = []
    text = ""
    at = 0
    for found in MARK.finditer(marked):
        text += marked[at : found.start()]
        spans.append(Span(len(text), len(text) + len(found[1])))
        text += found[1]
        at = found.end()
    return text + marked[at:], spans


def holds(check: Callable[[T], None], cases: Iterable[T]) -> None:
    """Fail with every case that fails the check, and why: one that fails does not hide the next."""
    wrong = []
    for case in cases:
        try:
            check(case)
        except Exception as error:  # whatever it is, it is told
            wrong.append(f"{case}\n    {type(error).__name__}: {error}")
    if wrong:
        pytest.fail("\n".join(wrong), pytrace=False)
