"""What does not add up: claims against what was found, as rows."""

from collections import defaultdict
from collections.abc import Sequence

from output.database import Database, rows
from output.table import Row, Value

ROUNDING = 0.005  # 885 for 885,5 mio. kr. is the same sum
COUNTS = """
SELECT a.id AS agreement_id, a.preferred_document_id AS document_id,
    a.initiative_count AS claimed,
    (SELECT count(*) FROM initiatives i WHERE i.agreement_id = a.id) AS found
FROM agreements a WHERE a.initiative_count IS NOT NULL
"""
TOTALS = """
SELECT c.agreement_id, a.preferred_document_id AS document_id, CAST(c.value AS INTEGER) AS value
FROM agreement_claims c JOIN agreements a ON a.id = c.agreement_id
WHERE c.field = 'total_min_dkk'
ORDER BY c.agreement_id
"""
IMPLAUSIBLE = """
SELECT a.agreement_id, v.document_id, a.min_dkk AS claimed
FROM amounts a JOIN mentions m ON m.id = a.mention_id
JOIN document_versions v ON v.id = m.document_version_id
WHERE a.implausible = 1 AND v.is_current = 1
"""


def check_rows(db: Database) -> list[Row]:
    """Every check of the database."""
    return [
        *count_checks(rows(db, COUNTS)),
        *source_checks(rows(db, TOTALS)),
        *unit_checks(rows(db, IMPLAUSIBLE)),
    ]


def unit_checks(amounts: Sequence[Row]) -> list[Row]:
    """Sums that are kept as written and cannot be right."""
    note = "more than any programme has; kept as written"
    return [check("implausible_unit", row, (row["claimed"], None), "fail", note) for row in amounts]


def check(kind: str, row: Row, numbers: tuple[Value, Value], status: str, note: str) -> Row:
    """One row of the table; `numbers` are what was claimed and what was found."""
    claimed, found = numbers
    agreement, document = row["agreement_id"], row["document_id"]
    return {
        "id": ":".join(str(value) for value in (kind, agreement, document, claimed)),
        "agreement_id": agreement,
        "document_id": document,
        "kind": kind,
        "claimed": claimed,
        "found": found,
        "status": status,
        "note": note,
    }


def count_checks(agreements: Sequence[Row]) -> list[Row]:
    """Initiatives promised against found; a list that shows only some is not checkable."""
    found = []
    for row in agreements:
        claimed, listed = int(str(row["claimed"])), int(str(row["found"]))
        status = "pass" if claimed == listed else "fail" if listed > claimed else "not_checkable"
        note = f"{claimed} initiatives said, {listed} found"
        found.append(check("count_vs_list", row, (claimed, listed), status, note))
    return found


def source_checks(claims: Sequence[Row]) -> list[Row]:
    """Totals of one agreement in different documents: the smallest and the largest."""
    by_agreement: dict[str, list[Row]] = defaultdict(list)
    for claim in claims:
        by_agreement[str(claim["agreement_id"])].append(claim)
    found = []
    for group in by_agreement.values():
        if len(group) > 1:
            values = sorted({int(str(claim["value"])) for claim in group})
            status = "pass" if values[-1] - values[0] <= values[-1] * ROUNDING else "fail"
            note = f"{len(group)} documents, totals in kroner: {', '.join(map(str, values))}"
            found.append(check("sources_disagree", group[0], (values[0], values[-1]), status, note))
    return found


def failed_checks(db: Database, documents: set[str]) -> int:
    """How many checks fail that concern these documents or the agreements they speak of."""
    homes = rows(db, "SELECT agreement_id, document_id FROM agreement_documents")
    agreements = {row["agreement_id"] for row in homes if row["document_id"] in documents}
    failed = rows(db, "SELECT agreement_id, document_id FROM checks WHERE status = 'fail'")
    return sum(row["document_id"] in documents or row["agreement_id"] in agreements for row in failed)
