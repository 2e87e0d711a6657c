"""Counts against lists, and phases against the order of the model."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby

from output.checked import About, check
from output.database import Database, rows
from output.table import Row

CLAIMS = """
SELECT c.mention_id, c.number, c.scope, m.quote, v.document_id, ad.agreement_id, b.position AS block,
    a.initiative_count AS promised
FROM count_claims c
JOIN mentions m ON m.id = c.mention_id
JOIN document_versions v ON v.id = m.document_version_id AND v.is_current = 1
JOIN agreement_documents ad ON ad.document_id = v.document_id
    AND ad.relation IN ('full_text', 'announces', 'reports')
JOIN agreements a ON a.id = ad.agreement_id
LEFT JOIN blocks b ON b.document_version_id = v.id
    AND b.start_char <= m.start_char AND b.end_char > m.start_char
WHERE c.scope IN ('total', 'part')
ORDER BY v.document_id, m.start_char, c.mention_id
"""
LISTED = """
SELECT v.document_id, b.position AS block, i.initiative_id
FROM initiative_mentions i
JOIN mentions m ON m.id = i.mention_id
JOIN document_versions v ON v.id = m.document_version_id AND v.is_current = 1
JOIN blocks b ON b.document_version_id = v.id
    AND b.start_char <= m.start_char AND b.end_char > m.start_char AND b.kind = 'list_item'
ORDER BY v.document_id, b.position
"""
SIZES = """
SELECT i.agreement_id, count(DISTINCT x.initiative_id) AS n
FROM initiative_mentions x
JOIN initiatives i ON i.id = x.initiative_id
JOIN mentions m ON m.id = x.mention_id
JOIN document_versions v ON v.id = m.document_version_id AND v.is_current = 1
WHERE x.form <> 'prose' GROUP BY i.agreement_id, v.id, x.form
"""
AREAS = "SELECT agreement_id, coalesce(area, '') AS area, count(*) AS n FROM initiatives GROUP BY 1, 2"
COUNTED = """
SELECT id AS agreement_id, preferred_document_id AS document_id, initiative_count AS number
FROM agreements WHERE initiative_count IS NOT NULL
"""
PHASES = """
SELECT p.initiative_mention_id AS mention_id, ph.position, p.phase, i.initiative_id, i.title,
    v.document_id, n.agreement_id
FROM initiative_mention_phases p
JOIN phases ph ON ph.id = p.phase
JOIN initiative_mentions i ON i.id = p.initiative_mention_id
JOIN initiatives n ON n.id = i.initiative_id
JOIN mentions m ON m.id = i.mention_id
JOIN document_versions v ON v.id = m.document_version_id AND v.is_current = 1
ORDER BY p.initiative_mention_id, p.position
"""
STEPS = """
SELECT l.from_initiative_id, l.to_initiative_id, l.status, n.agreement_id, n.title,
    (SELECT max(ph.position) FROM initiative_phases p JOIN phases ph ON ph.id = p.phase
     WHERE p.initiative_id = l.from_initiative_id) AS before,
    (SELECT min(ph.position) FROM initiative_phases p JOIN phases ph ON ph.id = p.phase
     WHERE p.initiative_id = l.to_initiative_id) AS after,
    (SELECT max(ph.position) FROM initiative_phases p JOIN phases ph ON ph.id = p.phase
     WHERE p.initiative_id = l.to_initiative_id) AS furthest,
    (SELECT min(i.mention_id) FROM initiative_mentions i WHERE i.initiative_id = n.id) AS mention_id
FROM initiative_threads l JOIN initiatives n ON n.id = l.to_initiative_id
ORDER BY l.from_initiative_id, l.to_initiative_id
"""
Areas = Mapping[str, Mapping[str, int]]  # agreement -> area -> how many initiatives; '' is no area


def count_checks(db: Database) -> Iterator[Row]:
    """Initiatives said against initiatives found, in all, by area and under a heading."""
    areas: dict[str, dict[str, int]] = defaultdict(dict)
    for row in rows(db, AREAS):
        areas[str(row["agreement_id"])][str(row["area"])] = int(str(row["n"]))
    claims = rows(db, CLAIMS)
    lists = listed(rows(db, LISTED))
    sizes: dict[str, set[int]] = defaultdict(set)
    for row in rows(db, SIZES):
        sizes[str(row["agreement_id"])].add(int(str(row["n"])))
    said = {row["agreement_id"] for row in claims if row["scope"] == "total"}
    for _, group in groupby(claims, key=lambda row: (row["document_id"], row["agreement_id"])):
        yield from document_counts(list(group), areas, lists, sizes)
    parts: dict[tuple[object, object], Row] = {}
    for row in claims:
        parts.setdefault((row["agreement_id"], row["number"]), row)
    for row in rows(db, COUNTED):
        if row["agreement_id"] not in said:
            yield counted(row, parts.get((row["agreement_id"], row["number"])))


def counted(agreement: Row, said: Row | None) -> Row:
    """A number that was counted from the list checks nothing, unless a text also says it, though
    perhaps of a part."""
    found = int(str(agreement["number"]))
    if said:
        note = f"{found} initiatives said, {found} found"
        return check("count_vs_list", about(said), (found, found), "pass", note)
    note = "no number said: counted from the list itself, which checks nothing"
    place = About(agreement["agreement_id"], agreement["document_id"])
    return check("count_vs_list", place, (None, found), "not_checkable", note)


def listed(found: Sequence[Row]) -> dict[str, set[int]]:
    """The blocks of each document that are list items with an initiative."""
    blocks: dict[str, set[int]] = defaultdict(set)
    for row in found:
        blocks[str(row["document_id"])].add(int(str(row["block"])))
    return blocks


def document_counts(
    claims: Sequence[Row], areas: Areas, lists: Mapping[str, set[int]], sizes: Mapping[str, set[int]]
) -> Iterator[Row]:
    """The first mention of each number of all initiatives, then the numbers of parts."""
    sized = sizes.get(str(claims[0]["agreement_id"]), set())
    by_area = areas.get(str(claims[0]["agreement_id"]), {})
    totals: dict[object, Row] = {}
    for row in claims:
        if row["scope"] == "total":
            totals.setdefault(row["number"], row)
    yield from (whole_count(row, by_area, sized) for row in totals.values())
    parts = [row for row in claims if row["scope"] == "part"]
    for _, group in groupby(parts, key=lambda row: row["block"]):
        beside = list(group)
        if totals and len(beside) > 1:
            yield from area_count(beside, {int(str(number)) for number in totals}, by_area)
    for row in parts:
        if under := items_under(row, lists):
            yield part_count(row, under)


def about(row: Row) -> About:
    return About(row["agreement_id"], row["document_id"], row["mention_id"])


def whole_count(row: Row, by_area: Mapping[str, int], lists: Collection[int] = ()) -> Row:
    """A list that shows only some is not checkable; one with more than was said is wrong.

    `lists` are how many the list of each document has. One with the number is what was said; titles
    that are nowhere together may be two names of one initiative, and accuse nobody.
    """
    said, found = int(str(row["number"])), sum(by_area.values())
    if said < found and (said in lists or max(lists, default=found) < said):
        status = "pass" if said in lists else "not_checkable"
        shown = said if said in lists else max(lists)
        note = f"{said} initiatives said, {shown} in one list; {found} titles in all documents"
        return check("count_vs_list", about(row), (said, shown), status, note)
    status = "pass" if said == found else "fail" if found > said else "not_checkable"
    named = [f"{n} {area or 'of no area'}" for area, n in sorted(by_area.items())]
    told = f": {' + '.join(named)}" if len(named) > 1 else ""
    note = f"{said} initiatives said, {found} found{told}"
    return check("count_vs_list", about(row), (said, found), status, note)


def area_count(parts: Sequence[Row], totals: set[int], by_area: Mapping[str, int]) -> Iterator[Row]:
    """Numbers of one sentence that make up the whole: each must be what the list of its area holds."""
    numbers = sorted(int(str(row["number"])) for row in parts)
    if sum(numbers) not in totals:
        return
    found = sorted(n for area, n in by_area.items() if area)
    whole = not by_area.get("") and len(found) == len(numbers)
    status = "not_checkable" if not whole else "pass" if found == numbers else "fail"
    sums = (" + ".join(map(str, ns)) for ns in (numbers, found))
    note = "said {}, listed by area {}".format(*sums)
    row = check("count_vs_list", about(parts[0]), (sum(numbers), sum(found)), status, note)
    yield {**row, "id": f"{row['id']}:areas"}


def items_under(row: Row, lists: Mapping[str, set[int]]) -> int:
    """How many items of a list of initiatives follow the block of a claim."""
    blocks = lists.get(str(row["document_id"]), set())
    at = int(str(row["block"] or 0)) + 1
    found = 0
    while at + found in blocks:
        found += 1
    return found


def part_count(row: Row, found: int) -> Row:
    """A list under the number of all initiatives may show only some of them."""
    said = int(str(row["number"]))
    some = found < said == row["promised"]
    status = "pass" if said == found else "not_checkable" if some else "fail"
    note = f"{said} initiatives said, {found} in the list below"
    return check("count_vs_list", about(row), (said, found), status, note)


def phase_checks(db: Database) -> Iterator[Row]:
    """Phases that one initiative goes through, and those that a link leads from and to."""
    for _, group in groupby(rows(db, PHASES), key=lambda row: row["mention_id"]):
        steps = list(group)
        if len(steps) > 1:
            yield initiative_phases(steps)
    for row in rows(db, STEPS):
        if row["before"] is not None and row["after"] is not None:
            yield link_phases(row)


def initiative_phases(steps: Sequence[Row]) -> Row:
    """An initiative may go through several phases, one after the other."""
    places = [int(str(row["position"])) for row in steps]
    words = " → ".join(str(row["phase"]) for row in steps)
    status, what = order(min(places), max(places), places == sorted(places), len(places))
    numbers = (places[0], places[-1])
    return check("phase_order", about(steps[0]), numbers, status, f"{words}: {what}")


def order(first: int, last: int, rising: bool, steps: int) -> tuple[str, str]:
    if not rising:
        return "fail", "reversed"
    return ("pass", "in order") if last - first < steps else ("fail", "a phase is skipped")


def link_phases(row: Row) -> Row:
    """What is carried on stays in its phase or enters the next."""
    before, after, furthest = (int(str(row[name])) for name in ("before", "after", "furthest"))
    back, skipped = furthest < before, after > before + 1
    wrong = "fail" if row["status"] == "confirmed" else "not_checkable"  # a guess accuses nobody
    status = wrong if back or skipped else "pass"
    what = "goes back" if back else "skips a phase" if skipped else "in order"
    note = f"{row['status']} link from {row['from_initiative_id']} to {row['to_initiative_id']}: {what}"
    found = check(
        "phase_order",
        About(row["agreement_id"], None, row["mention_id"]),
        (before, furthest if back else after),
        status,
        note,
    )
    return {**found, "id": f"phase_order:{row['from_initiative_id']}:{row['to_initiative_id']}"}


def said_counts(db: Database) -> dict[str, Counter[int]]:
    """How many documents of each agreement say each number of initiatives."""
    found: dict[str, set[tuple[object, int]]] = defaultdict(set)
    for row in rows(db, CLAIMS):
        if row["scope"] == "total":
            found[str(row["agreement_id"])].add((row["document_id"], int(str(row["number"]))))
    return {key: Counter(number for _, number in pairs) for key, pairs in found.items()}
