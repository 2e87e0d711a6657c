"""Sums of money side by side: how precise a figure is, and the years that make up a whole."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from output.table import Row

SUMS = """
WITH taken_back AS MATERIALIZED (  -- by a note in any document of the agreement
    SELECT ad.agreement_id, x.min_dkk, min(x.withdrawn) AS nowhere_else
    FROM amounts x
    JOIN mentions n ON n.id = x.mention_id
    JOIN document_versions w ON w.id = n.document_version_id AND w.is_current = 1
    JOIN agreement_documents ad ON ad.document_id = w.document_id
    GROUP BY ad.agreement_id, w.id, x.min_dkk HAVING max(x.withdrawn) = 1
)
SELECT a.mention_id, a.role, a.per, a.min_dkk, a.max_dkk, a.qualifier, a.start_year, a.end_year,
    a.price_year, a.additive_in_document, a.agreement_id, a.initiative_id, a.corrected,
    m.quote, m.start_char, v.document_id,
    b.position AS block, b.kind AS block_kind, b.table_row, im.form
FROM amounts a
JOIN mentions m ON m.id = a.mention_id
JOIN document_versions v ON v.id = m.document_version_id AND v.is_current = 1
LEFT JOIN blocks b ON b.document_version_id = v.id
    AND b.start_char <= m.start_char AND b.end_char > m.start_char
LEFT JOIN initiative_mentions im ON im.id = a.initiative_mention_id
WHERE a.role IN ('total', 'part', 'pool') AND a.per <> 'recipient'
    AND a.implausible = 0 AND a.withdrawn = 0 AND NOT EXISTS (
        SELECT 1 FROM taken_back t WHERE t.agreement_id = a.agreement_id AND t.min_dkk = a.min_dkk
            AND (t.nowhere_else = 1 OR a.role = 'total'))
ORDER BY v.document_id, m.start_char, a.mention_id
"""
HEDGED = 0.03  # share by which 'godt 900' and 'næsten 100 mio. kr.' may differ from the exact figure
FIGURE = re.compile(r"\d[\d.]*(?:,(?P<decimals>\d+))?")


@dataclass(frozen=True, slots=True)
class Sum:
    """One sum of a document in kroner, `high` = `low` unless a range; `step`: unit of its last digit."""

    mention_id: str
    document_id: str
    agreement_id: str | None
    initiative_id: str | None
    role: str
    per: str
    low: int
    high: int
    start: int | None
    end: int | None
    step: int
    hedged: bool
    flagged: bool  # the document itself counts it once
    block: int
    block_kind: str
    form: str | None  # of the initiative's mention
    table_row: int | None
    price_year: int | None
    corrected: bool
    quote: str

    @property
    def key(self) -> tuple[int, int, int | None, int | None, str]:
        """What two mentions of the same money share."""
        return self.low, self.high, self.start, self.end, self.per

    @property
    def single(self) -> bool:
        """Is it all of one year's money?"""
        return self.per == "total" and self.start is not None and self.start == self.end

    @property
    def margin(self) -> float:
        """How far from the printed figure the exact one may lie, in kroner: half of its last digit,
        where the text hedges all of it, or a share of the figure."""
        return max(float(self.step), self.low * HEDGED) if self.hedged else self.step / 2


class Share(NamedTuple):
    """A sum's money of one year, or all of it where `year` is None."""

    of: Sum
    year: int | None
    basis: str


def sum_of(row: Row) -> Sum:
    """A row of SUMS."""
    low = int(str(row["min_dkk"]))
    return Sum(
        mention_id=str(row["mention_id"]),
        document_id=str(row["document_id"]),
        agreement_id=text_of(row, "agreement_id"),
        initiative_id=text_of(row, "initiative_id"),
        role=str(row["role"]),
        per=str(row["per"]),
        low=low,
        high=int(str(row["max_dkk"])),
        start=number_of(row, "start_year"),
        end=number_of(row, "end_year"),
        step=last_digit(str(row["quote"]), low),
        hedged=row["qualifier"] != "exact",
        flagged=bool(row["additive_in_document"]),
        block=number_of(row, "block") or 0,
        block_kind=str(row["block_kind"]),
        form=text_of(row, "form"),
        table_row=number_of(row, "table_row"),
        price_year=number_of(row, "price_year"),
        corrected=bool(row["corrected"]),
        quote=str(row["quote"]),
    )


def text_of(row: Row, name: str) -> str | None:
    return None if row[name] is None else str(row[name])


def number_of(row: Row, name: str) -> int | None:
    return None if row[name] is None else int(str(row[name]))


def last_digit(quote: str, dkk: int) -> int:
    """The unit of a figure's last digit, in kroner; of a sum in words its last digit that is not 0.

    >>> last_digit("885,5 mio. kr.", 885_500_000), last_digit("760,0 mio. kr.", 760_000_000)
    (100000, 100000)
    >>> last_digit("885 millioner", 885_000_000), last_digit("2.150.000 kr.", 2_150_000)
    (1000000, 1)
    >>> last_digit("en halv milliard kroner", 500_000_000)
    100000000
    """
    found = FIGURE.search(quote)
    if found:
        decimals = len(found["decimals"] or "")
        digits = int(re.sub(r"\D", "", found[0]) or 0)
        step = dkk // digits if digits and dkk % digits == 0 else 0
        if step and set(str(step)) <= {"0", "1"} and str(step).startswith("1") and decimals <= len(str(step)):
            return step
    return 10 ** (len(str(dkk)) - len(str(dkk).rstrip("0"))) if dkk else 1


def close(claimed: Sum, parts: Iterable[Sum], found: int) -> bool:
    """Is `found`, made up of `parts`, what `claimed` says, as far as the figures are printed? Digits of
    it may be left out: 903 mio. kr. of 903,7."""
    margin = claimed.margin + sum(part.margin for part in parts)
    above = max(margin, float(claimed.step - 1))
    return claimed.low - margin <= found <= claimed.high + above


def pieces(whole: Sum, sums: Iterable[Sum]) -> dict[int, Sum]:
    """The sums that tell a year's money within the years of a whole; nothing where two tell different
    sums of one year."""
    found: dict[int, Sum] = {}
    if whole.start is None or whole.end is None:
        return found
    for one in sums:
        for year in years_of(one, whole.end):
            if not whole.start <= year <= whole.end:
                continue
            if found.setdefault(year, one).key[:2] != one.key[:2]:
                return {}
    return found


def years_of(one: Sum, last: int | None) -> list[int]:
    """The years that a sum tells one by one; permanent money up to `last`."""
    end = one.end if one.end is not None else last
    if one.start is None or end is None or not (one.single or one.per == "year"):
        return []
    return list(range(one.start, end + 1))


def shares(sums: Sequence[Sum], last: int | None) -> list[Share]:
    """The money that sums of one purpose tell, each krone once: by years where these make up the
    whole, else the whole. `last` is the agreement's last year, to which permanent money is told."""
    wholes = [one for one in sums if one.per == "total" and not one.single]
    split = next(((w, found) for w in wholes if (found := makes_up(w, sums))), None)
    if split:
        told = [Share(one, year, basis_of(one)) for year, one in sorted(split[1].items())]
        return told + after(sums, split[0].end)
    if wholes:
        return [Share(wholes[0], None, "undivided"), *after(sums, wholes[0].end)]
    years: dict[int, Sum] = {}
    for one in sorted(sums, key=lambda s: (s.per != "total", -s.high)):  # a year's own sum before 'årligt'
        for year in years_of(one, last):
            years.setdefault(year, one)
    told = [Share(one, year, basis_of(one)) for year, one in sorted(years.items())]
    return told + after(sums, last)


def makes_up(whole: Sum, sums: Sequence[Sum]) -> dict[int, Sum]:
    """The years of a whole where they add up to it, else nothing."""
    found = pieces(whole, (one for one in sums if one is not whole))
    parts = list(found.values())
    return found if parts and close(whole, parts, sum(part.low for part in parts)) else {}


def after(sums: Sequence[Sum], last: int | None) -> list[Share]:
    """What is given each year for good once the agreement's years are over, or in years that nobody
    told: one share without a year."""
    lasting = [s for s in sums if s.per == "year" and s.end is None]
    beyond = [s for s in lasting if s.start is None or last is None or s.start > last]
    return [Share(one, None, "per_year") for one in beyond[:1]]


def basis_of(one: Sum) -> str:
    return "per_year" if one.per == "year" else "stated"
