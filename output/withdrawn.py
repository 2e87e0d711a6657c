"""Figures that a correction note takes back: no claim of the agreement may rest on them."""

from collections.abc import Iterable

from output.database import Database, rows
from output.table import Row

WITHDRAWN = """
SELECT v.document_id, a.min_dkk, a.max_dkk FROM amounts a
JOIN mentions m ON m.id = a.mention_id
JOIN document_versions v ON v.id = m.document_version_id
WHERE a.withdrawn = 1
"""
FIELDS = ("total_min_dkk", "total_max_dkk")


def withdrawn_sums(db: Database) -> list[Row]:
    """The sums that any version of a document takes back."""
    return rows(db, WITHDRAWN)


def with_withdrawn(claims: Iterable[Row], documents: Iterable[Row], sums: Iterable[Row]) -> list[Row]:
    """Rows of agreement_claims, those marked whose figure a document of the agreement takes back.

    `documents` are rows of agreement_documents, `sums` those of withdrawn_sums.
    """
    agreement = {row["document_id"]: row["agreement_id"] for row in documents}
    taken = {
        (agreement.get(row["document_id"]), str(row[end])) for row in sums for end in ("min_dkk", "max_dkk")
    }
    return [
        {**claim, "withdrawn": 1}
        if claim["field"] in FIELDS and (claim["agreement_id"], claim["value"]) in taken
        else claim
        for claim in claims
    ]
