"""One row of the table of checks, and how its numbers are written."""

from typing import NamedTuple

from output.table import Row


class About(NamedTuple):
    """What a check is about, and the words of the claim."""

    agreement_id: object
    document_id: object
    mention_id: object = None


def check(kind: str, about: About, numbers: tuple[int | None, int | None], status: str, note: str) -> Row:
    """One row; `numbers` are what was claimed and what was found, in kroner, counts or years."""
    claimed, found = numbers
    place = about.mention_id or f"{about.agreement_id}:{about.document_id}:{claimed}"
    return {
        "id": f"{kind}:{place}",
        "agreement_id": None if about.agreement_id is None else str(about.agreement_id),
        "document_id": None if about.document_id is None else str(about.document_id),
        "kind": kind,
        "claimed": claimed,
        "found": found,
        "status": status,
        "note": note,
        "mention_id": None if about.mention_id is None else str(about.mention_id),
    }


def dkk(kroner: int) -> str:
    """A sum for a note.

    >>> dkk(1_139_200_000)
    'DKK 1,139,200,000'
    """
    return f"DKK {kroner:,}"
