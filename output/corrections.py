"""The corrections file that a researcher keeps in a spreadsheet: its bytes as corrections. Pure.

Spreadsheets save commas, semicolons or tabs, UTF-8, UTF-16 or Windows-1252, with empty rows and
columns at the end. A row that makes no sense is a correction with a `problem`: it is told, and costs
the others nothing.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from output.cells import FORMULA, NoValueError, clean, read_day
from output.slug import digest
from output.table import Row

COLUMNS = ("target", "field", "quote", "old", "new", "who", "why", "when")
OTHER_NAMES = {"old_value": "old", "new_value": "new", "made_on": "when"}  # as in the table corrections
REQUIRED = {
    "target": "write the id of a document, an agreement or an initiative",
    "field": "write what is corrected: table.column, a field, same, agreement or link",
    "who": "write who corrects it",
    "why": "write why",
    "when": "write the day as 2021-11-02 or 02-11-2021",
}
VALUES = ("target", "field", "quote", "old", "new")  # cells that a formula must not stand in
LARGEST = 16_000_000  # bytes; a correction takes some 200
LONGEST_CELL = 100_000  # characters
BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n?", re.I)  # Excel's own first line
Status = Literal["applied", "stale", "conflicting", "invalid"]


class UnreadableCorrectionsError(Exception):
    """The file as a whole is no corrections file; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One row of the file: each cell on one line, in composed letters."""

    line: int  # of the file
    target: str
    field: str
    quote: str
    old: str
    new: str
    who: str
    why: str
    when: str  # ISO; as written where it is no day
    problem: str = ""  # why the row makes no sense

    @property
    def cells(self) -> tuple[str, ...]:
        return (self.target, self.field, self.quote, self.old, self.new, self.who, self.why, self.when)

    @property
    def id(self) -> str:
        """A hash of the cells: where the row stands in the file does not matter."""
        return digest("\0".join(self.cells), 16)

    @property
    def words(self) -> str:
        """The correction for a message about another one."""
        return f"{self.new or 'nothing'!r} by {self.who} ({self.when})"


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of a correction."""

    correction: Correction
    status: Status
    note: str


def template(corrections: Iterable[Correction] = ()) -> bytes:
    """A corrections file as spreadsheets read it: the header, and rows if there are any."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(correction.cells for correction in corrections)
    return text.getvalue().encode("utf-8-sig")


def read_corrections(data: bytes) -> list[Correction]:
    """The rows of a corrections file. Raises UnreadableCorrectionsError for what is none."""
    if len(data) > LARGEST:
        raise UnreadableCorrectionsError(f"larger than {LARGEST:,} bytes; is this the right file?")
    lines = io.StringIO(decoded(data), newline="").readlines()
    delimiter, start = layout(lines)
    found = list(records(lines, delimiter, start))
    if not found:
        raise UnreadableCorrectionsError(f"empty; the first row must be: {';'.join(COLUMNS)}")
    header = read_header(found[0][1])
    return [
        read_row(line, cells, header) if cells is not None else unfit(line, lines[line - 1])
        for line, cells in found[1:]
    ]


def decoded(data: bytes) -> str:
    """The text of the bytes. Raises UnreadableCorrectionsError for what is no text."""
    if data.startswith(b"PK\x03\x04"):
        raise UnreadableCorrectionsError("a workbook, not a CSV file; save it as 'CSV UTF-8'")
    named = next((encoding for bom, encoding in BOMS if data.startswith(bom)), None)
    if named is None and b"\0" in data:
        raise UnreadableCorrectionsError("no text (it holds NUL bytes); save the sheet as 'CSV UTF-8'")
    for encoding in [named] if named else ["utf-8", "cp1252"]:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableCorrectionsError("no text that can be read; save the sheet as 'CSV UTF-8'")


def layout(lines: Sequence[str]) -> tuple[str, int]:
    """What parts the cells, and the first line with any."""
    start = next((i for i, line in enumerate(lines) if line.strip(" \t\r\n;,")), 0)
    told = SEPARATOR_LINE.fullmatch(lines[start]) if lines else None
    if told:
        return told[1], start + 1
    return max(";,\t", key=lambda mark: lines[start].count(mark) if lines else 0), start


def records(lines: Sequence[str], delimiter: str, start: int) -> Iterator[tuple[int, list[str] | None]]:
    """Each row with the number of its first line; None for one whose quotation marks do not fit.

    After such a row reading goes on at the next line, so that it costs no other.
    """
    at = start
    while at < len(lines):
        reader = csv.reader((lines[i] for i in range(at, len(lines))), delimiter=delimiter, strict=True)
        first = at
        try:
            cells = [clean(cell) for cell in next(reader)]
            at += reader.line_num
        except csv.Error:
            at += 1
            yield first + 1, None
            continue
        if any(cells):
            yield first + 1, cells


def read_header(cells: Sequence[str] | None) -> list[str]:
    """The name of each column. Raises UnreadableCorrectionsError where one is missing or there twice."""
    names = [OTHER_NAMES.get(cell.casefold().replace(" ", "_"), cell.casefold()) for cell in cells or ()]
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        what = f"the first row names no column {', '.join(missing)}"
        raise UnreadableCorrectionsError(f"{what}; it must be: {';'.join(COLUMNS)}")
    twice = [name for name, n in Counter(names).items() if name in COLUMNS and n > 1]
    if twice:
        raise UnreadableCorrectionsError(f"two columns are called {', '.join(twice)}; rename or remove one")
    return names


def unfit(line: int, words: str) -> Correction:
    """A line whose cells cannot be told apart; its words stand as the quote."""
    problem = "its quotation marks do not fit together; write a quotation mark inside a cell twice"
    return Correction(line, "", "", clean(words), "", "", "", "", "", problem)


def read_row(line: int, cells: Sequence[str], header: Sequence[str]) -> Correction:
    """One row as a correction."""
    found = dict(zip(header, cells, strict=False))
    named = {name: found.get(name, "") for name in COLUMNS}
    try:
        when, problem = read_day(named["when"]), ""
    except NoValueError as error:
        when, problem = named["when"], f"when: {error}"
    if any(cells[len(header) :]):
        problem = "more cells than columns; put words with a separator in them in quotation marks"
    return Correction(line, **{**named, "when": when, "problem": problem_of(named) or problem})


def problem_of(named: dict[str, str]) -> str:
    """What is missing in a row, or cannot stand there; '' if nothing."""
    for name, advice in REQUIRED.items():
        if not named[name]:
            return f"{name} is empty; {advice}"
    for name in COLUMNS:
        if len(named[name]) > LONGEST_CELL:
            return f"{name} has {len(named[name])} characters; is a quotation mark missing?"
    for name in VALUES:
        if FORMULA.match(named[name]):
            return f"{name}: {named[name]!r} is a formula or its error; write the value itself"
    return ""


def correction_rows(judged: Iterable[Judged]) -> list[Row]:
    """The rows of the table corrections; a row that is there twice gets a number."""
    seen: Counter[str] = Counter()
    found: list[Row] = []
    for one in sorted(judged, key=lambda judged: (judged.correction.cells, judged.note)):
        key = one.correction.id
        seen[key] += 1
        names = ("target", "field", "quote", "old_value", "new_value", "who", "why", "made_on")
        found.append(
            {
                "id": key if seen[key] == 1 else f"{key}~{seen[key]}",
                **dict(zip(names, one.correction.cells, strict=True)),
                "status": one.status,
                "note": one.note,
            }
        )
    return found


def stored_correction(number: int, row: Row) -> Correction:
    """A correction as the table keeps it, with a number in place of its line."""
    names = ("target", "field", "quote", "old_value", "new_value", "who", "why", "made_on")
    named = dict(zip(COLUMNS, (str(row[name] or "") for name in names), strict=True))
    return read_row(number, list(named.values()), COLUMNS)
