"""Small pages and files that the tests of corpus read."""

from pathlib import Path

from hypothesis import HealthCheck, settings

from corpus.document import Document
from corpus.read import read_bytes

DEV = Path(__file__).parents[3] / "shared" / "dev"
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
MONEY = "Partierne er enige om at afsætte 10,5 mio. kr. til formålet i perioden 2020-2023."
TITLE = "Børn på krisecentre får hjælp"


def page(body: str, title: str = TITLE) -> str:
    """A whole page round a body."""
    head = f'<head><meta charset="utf-8"><title>{title}</title></head>'
    return f'<!doctype html><html lang="da">{head}<body>{body}</body></html>'


def read(body: str, title: str = TITLE) -> Document:
    return read_bytes(page(body, title).encode(), "/pages/page.html")


def read_text(text: str) -> Document:
    return read_bytes(text.encode(), "/pages/page.txt")


def kinds(document: Document) -> list[tuple[str, str]]:
    """Every block as its kind and words."""
    return [(block.kind, document.quote(block.span)) for block in document.blocks]


def assert_sound(document: Document) -> None:
    """Every block lies in the text, in order, apart from the others, without spaces round it."""
    at = 0
    for block in document.blocks:
        assert at <= block.span.start < block.span.end <= len(document.text)
        quote = document.quote(block.span)
        assert quote == quote.strip() != ""
        at = block.span.end
    assert document.title == " ".join(document.quote(document.blocks[0].span).split())
