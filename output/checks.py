"""What does not add up, and what does: claims against what was found, as rows."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from output.allocations import homes_of
from output.check_counts import count_checks, phase_checks, said_counts
from output.check_sums import sum_checks
from output.checked import About, check, dkk
from output.database import Database, rows
from output.sums import HEDGED, SUMS, last_digit, sum_of
from output.table import Row

HALF = 0.5  # of a figure's last digit: what rounding takes or gives
TOTALS = """
SELECT c.agreement_id, v.document_id, c.mention_id, CAST(c.value AS INTEGER) AS value,
    a.preferred_document_id,
    coalesce((
        SELECT group_concat(m.quote, '|') FROM amounts s JOIN mentions m ON m.id = s.mention_id
        WHERE m.document_version_id = v.id AND s.role = 'total' AND s.min_dkk = CAST(c.value AS INTEGER)
    ), '') AS quotes,
    NOT EXISTS (
        SELECT 1 FROM amounts s JOIN mentions m ON m.id = s.mention_id
        WHERE m.document_version_id = v.id AND s.role = 'total' AND s.min_dkk = CAST(c.value AS INTEGER)
            AND s.qualifier = 'exact'
    ) AS hedged,
    EXISTS (
        SELECT 1 FROM amounts p JOIN mentions k ON k.id = p.mention_id
        WHERE p.agreement_id = c.agreement_id AND p.role = 'part' AND p.withdrawn = 0
            AND p.min_dkk = CAST(c.value AS INTEGER) AND k.document_version_id <> v.id
    ) AS is_part
FROM agreement_claims c
JOIN agreements a ON a.id = c.agreement_id
JOIN document_versions v ON v.id = c.document_version_id
JOIN agreement_documents ad ON ad.agreement_id = c.agreement_id AND ad.document_id = v.document_id
    AND ad.relation IN ('full_text', 'announces', 'reports')
WHERE c.field = 'total_min_dkk' AND c.withdrawn = 0
ORDER BY c.agreement_id, value, v.document_id
"""
AGREEMENTS = "SELECT id AS agreement_id, preferred_document_id AS document_id FROM agreements ORDER BY id"
IMPLAUSIBLE = """
SELECT a.agreement_id, v.document_id, a.mention_id, a.min_dkk AS claimed, m.quote
FROM amounts a JOIN mentions m ON m.id = a.mention_id
JOIN document_versions v ON v.id = m.document_version_id AND v.is_current = 1
WHERE a.implausible = 1
ORDER BY a.mention_id
"""
WEEKDAYS = """
SELECT i.id, i.quote, v.document_id FROM issues i
JOIN document_versions v ON v.id = i.document_version_id AND v.is_current = 1
WHERE i.code = 'weekday_mismatch' ORDER BY i.id
"""
HOMELESS = """
SELECT v.document_id, sum(l.min_dkk) AS claimed,
    (SELECT a.mention_id FROM amounts a JOIN mentions k ON k.id = a.mention_id
     WHERE k.document_version_id = v.id AND a.role = 'pool'
     ORDER BY k.start_char, a.mention_id LIMIT 1) AS mention_id
FROM allocations l JOIN mentions m ON m.id = l.mention_id
JOIN document_versions v ON v.id = m.document_version_id
WHERE l.agreement_id IS NULL AND l.additive = 1 GROUP BY v.id ORDER BY v.id
"""
PAID = """
SELECT n.agreement_id, i.initiative_id, n.title, v.document_id, min(i.mention_id) AS mention_id,
    EXISTS (SELECT 1 FROM allocations l WHERE l.initiative_id = i.initiative_id) AS paid
FROM initiative_mentions i
JOIN initiatives n ON n.id = i.initiative_id
JOIN mentions m ON m.id = i.mention_id
JOIN document_versions v ON v.id = m.document_version_id AND v.is_current = 1
WHERE i.form <> 'prose' AND v.document_id IN (
    SELECT w.document_id FROM allocations l JOIN mentions k ON k.id = l.mention_id
    JOIN document_versions w ON w.id = k.document_version_id WHERE l.agreement_id = n.agreement_id)
GROUP BY n.agreement_id, i.initiative_id
ORDER BY n.agreement_id, i.initiative_id
"""
HEARSAY = """
SELECT v.document_id, c.mention_id, m.quote FROM agreement_mentions c
JOIN mentions m ON m.id = c.mention_id
JOIN document_versions v ON v.id = m.document_version_id AND v.is_current = 1
WHERE c.relation = 'mentions' AND c.agreement_id IS NULL
ORDER BY c.mention_id
"""
TOLD = """
SELECT c.*, d.title, m.quote FROM checks c
LEFT JOIN documents d ON d.id = c.document_id
LEFT JOIN mentions m ON m.id = c.mention_id
ORDER BY c.kind, c.status, c.agreement_id, c.document_id, m.start_char, c.id
"""


def told_checks(db: Database) -> list[Row]:
    """Every check with the title of its document and the words of its claim, by kind, failures first."""
    return rows(db, TOLD)


def check_rows(db: Database) -> list[Row]:
    """Every check of the database."""
    sums = [sum_of(row) for row in rows(db, SUMS)]
    found = list(sum_checks(sums, homes_of(db)))
    checked = {row["agreement_id"] for row in found if row["kind"] == "total_vs_parts"}
    return [
        *found,
        *(wordless(row) for row in rows(db, AGREEMENTS) if row["agreement_id"] not in checked),
        *count_checks(db),
        *source_checks(rows(db, TOTALS)),
        *said_checks(db),
        *unit_checks(rows(db, IMPLAUSIBLE)),
        *(weekday_check(row) for row in rows(db, WEEKDAYS)),
        *phase_checks(db),
        *paid_checks(rows(db, PAID)),
        *(home_check(row) for row in rows(db, HOMELESS)),
        *(hearsay(row) for row in rows(db, HEARSAY)),
    ]


def wordless(row: Row) -> Row:
    """An agreement whose documents give no total in figures: 'et trecifret millionbeløb'."""
    about = About(row["agreement_id"], row["document_id"])
    return check("total_vs_parts", about, (None, None), "not_checkable", "no total in figures")


def source_checks(claims: Sequence[Row]) -> Iterator[Row]:
    """Totals of one agreement in different documents: the two that differ most.

    A rounded figure agrees with what it may be rounded from: 885 with 885,5 mio. kr.
    """
    by_agreement: dict[str, list[Row]] = defaultdict(list)
    for claim in claims:
        by_agreement[str(claim["agreement_id"])].append(claim)
    for agreement, told in by_agreement.items():
        group = wholes(told)
        if len({claim["document_id"] for claim in group}) < 2:  # noqa: PLR2004 one cannot disagree
            continue
        least, most = furthest(group)
        values = (int(str(least["value"])), int(str(most["value"])))
        agree = apart(least, most) <= 0
        differ = f"{dkk(values[0])} and {dkk(values[1])}"
        note = f"{differ}: one is rounded" if agree else f"{differ} in {len(group)} documents"
        note = f"{dkk(values[0])} in {len(group)} documents" if values[0] == values[1] else note
        about = About(agreement, least["document_id"], least["mention_id"])
        yield check("sources_disagree", about, values, "pass" if agree else "fail", note)


def wholes(claims: Sequence[Row]) -> list[Row]:
    """The totals without what another document tells as a part: a ministry's share of all the money."""
    most = max(int(str(claim["value"])) for claim in claims)
    return [claim for claim in claims if int(str(claim["value"])) == most or not claim.get("is_part")]


def furthest(claims: Sequence[Row]) -> tuple[Row, Row]:
    """The two totals that differ most, beyond what rounding explains; the smaller one first."""
    told: dict[tuple[object, object], Row] = {}
    for claim in sorted(claims, key=lambda claim: (int(str(claim["value"])), str(claim["document_id"]))):
        told.setdefault((claim["value"], claim["hedged"]), claim)
    found = list(told.values())
    first = (found[0], found[-1])
    return max((first, *combinations(found, 2)), key=lambda pair: apart(*pair))


def apart(less: Row, more: Row) -> float:
    """By how many kroner two totals differ beyond what rounding, or leaving digits out, explains."""
    values = (int(str(less["value"])), int(str(more["value"])))
    return values[1] - values[0] - margin(less, 1.0) - margin(more, HALF)


def margin(claim: Row, share: float) -> float:
    """How far a claim's figure may lie from the exact one: that share of the last digit of its most
    exact mention, and more where every mention is hedged."""
    value = int(str(claim["value"]))
    step = min(last_digit(quote, value) for quote in str(claim["quotes"]).split("|"))
    return max(float(step), value * HEDGED) if claim["hedged"] else step * share


def said_checks(db: Database) -> Iterator[Row]:
    """Documents of one agreement that say different numbers of initiatives."""
    homes = {row["agreement_id"]: row for row in rows(db, AGREEMENTS)}
    for agreement, said in said_counts(db).items():
        if len(said) > 1:
            note = "; ".join(f"{number} initiatives in {n} documents" for number, n in sorted(said.items()))
            about = About(agreement, homes[agreement]["document_id"])
            found = check("sources_disagree", about, (min(said), max(said)), "fail", note)
            yield {**found, "id": f"sources_disagree:{agreement}:initiative_count"}


def unit_checks(amounts: Sequence[Row]) -> Iterator[Row]:
    """Sums that are kept as written and cannot be right."""
    for row in amounts:
        about = About(row["agreement_id"], row["document_id"], row["mention_id"])
        note = f"“{row['quote']}” is more than any programme has; kept as written"
        yield check("implausible_unit", about, (int(str(row["claimed"])), None), "fail", note)


def weekday_check(row: Row) -> Row:
    note = f"“{row['quote']}”: that day is another day of the week"
    found = check("weekday_vs_date", About(None, row["document_id"]), (None, None), "fail", note)
    return {**found, "id": f"weekday_vs_date:{row['id']}"}


def home_check(row: Row) -> Row:
    """Money of a pool or project whose agreement is not known."""
    about = About(None, row["document_id"], row["mention_id"])
    claimed = int(str(row["claimed"]))
    note = f"{dkk(claimed)} of an agreement that is not known"
    return check("money_without_home", about, (claimed, None), "fail", note)


def hearsay(row: Row) -> Row:
    """An agreement that no text, ministry or agency tells of: what others say of it makes none."""
    about = About(None, row["document_id"], row["mention_id"])
    note = f"“{row['quote']}”: no document tells which agreement this is"
    return check("agreement_without_source", about, (None, None), "not_checkable", note)


def paid_checks(initiatives: Sequence[Row]) -> Iterator[Row]:
    """Initiatives beside others with money that have none told; where few have any, nothing follows."""
    by_agreement: dict[str, list[Row]] = defaultdict(list)
    for row in initiatives:
        by_agreement[str(row["agreement_id"])].append(row)
    for agreement, group in by_agreement.items():
        paid = sum(bool(row["paid"]) for row in group)
        about = About(agreement, group[0]["document_id"])
        if paid * 2 < len(group):
            note = f"{paid} of {len(group)} initiatives with money of their own"
            yield check("initiative_without_money", about, (len(group), paid), "not_checkable", note)
        elif paid == len(group):
            note = f"all {paid} initiatives have money"
            yield check("initiative_without_money", about, (paid, paid), "pass", note)
        else:
            yield from (unpaid(row) for row in group if not row["paid"])


def unpaid(row: Row) -> Row:
    about = About(row["agreement_id"], row["document_id"], row["mention_id"])
    note = f"“{row['title']}” has no money told, other initiatives beside it have"
    return check("initiative_without_money", about, (None, None), "fail", note)


def failed_checks(db: Database, documents: set[str]) -> int:
    """How many checks fail that concern these documents or the agreements they speak of."""
    homes = rows(db, "SELECT agreement_id, document_id FROM agreement_documents")
    agreements = {row["agreement_id"] for row in homes if row["document_id"] in documents}
    failed = rows(db, "SELECT agreement_id, document_id FROM checks WHERE status = 'fail'")
    return sum(row["document_id"] in documents or row["agreement_id"] in agreements for row in failed)
