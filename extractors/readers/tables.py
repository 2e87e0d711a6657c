"""Economy tables: a row is an initiative or a sum, a column a year, the total or permanent money."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from corpus.document import Block, Span
from extractors.facts import Amount, Area, Evidence, changed
from extractors.layout import Layout
from extractors.numbers import read_decimal
from extractors.readers.areas import area_of
from extractors.rules import load_rules

TABLE = load_rules("tables")
TERMS = load_rules("money_terms")
YEAR = re.compile(r"(?:19|20)\d\d")
LONGEST_AREA = 40  # rows of one area of a table
ROUNDING = Decimal("0.05")  # figures are printed in tenths
CENTURY = 100
LARGE = 6  # digits of sums in whole kroner, where no unit is told
Years = tuple[int | None, int | None]  # no first: not told; no last: for good
UNDATED: Years = (None, None)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the words that name it, its figures by column, and what it is."""

    label: Span
    words: str
    figures: dict[int, tuple[Span, Decimal]]
    is_initiative: bool = True
    is_grand_total: bool = False
    area: Area | None = None
    year: int | None = None  # of a table with a row for each year


@dataclass(frozen=True, slots=True)
class EconomyTable:
    """A table of money: the years of its columns, its rows, the kroner of a unit, the price level."""

    years: dict[int, Years]  # of each column of money
    rows: tuple[Row, ...]
    unit: int
    price_year: int | None


def find_tables(layout: Layout) -> tuple[EconomyTable, ...]:
    """The economy tables of a document."""
    found = []
    for first, cells in tables_of(layout):
        if table := read_table(layout, first, cells):
            found.append(table)
    return tuple(found)


def tables_of(layout: Layout) -> Iterator[tuple[int, list[Block]]]:
    """Runs of cells, each with the index of its first block; a new row 0 begins a new table."""
    run: list[Block] = []
    start = 0
    for index, block in enumerate(layout.blocks):
        again = run and block.kind == "cell" and (block.row or 0) < (run[-1].row or 0)
        if run and (block.kind != "cell" or again):
            yield start, run
            run = []
        if block.kind == "cell":
            start = start if run else index
            run.append(block)
    if run:
        yield start, run


def read_table(layout: Layout, first: int, cells: list[Block]) -> EconomyTable | None:
    """The economy table in a run of cells; None for a table of other things."""
    by_row = [[*group] for _, group in groupby(cells, lambda cell: cell.row)]
    head = {cell.column or 0: layout.document.quote(cell.span) for cell in by_row[0]}
    years = {
        column: (int(words), int(words)) for column, words in head.items() if YEAR.fullmatch(words.strip())
    }
    caption = (
        " ".join(layout.words(i) for i in range(max(0, first - 2), first)) + " " + " ".join(head.values())
    )
    unit = TABLE.rule("unit").pattern.search(caption)
    columns: dict[int, Years] = {**years, **sum_columns(head, years)}
    columns = columns or money_columns(head, caption)
    large = all(len(re.sub(r"\D", "", words)) >= LARGE for words in figures_in(layout, by_row[1:], columns))
    if len(years) < 2 and not unit and not (large and columns):  # noqa: PLR2004 a table of dates has one
        return None
    rows = [row for cells_of in by_row[1:] if (row := read_row(layout, cells_of, columns))]
    price = TERMS.rule("price level").pattern.search(caption)
    return EconomyTable(
        columns,
        tuple(with_kinds(rows)),
        int(TABLE.worth("unit", unit["unit"])) if unit else 1,
        int(price["year"]) if price else None,
    )


def figures_in(
    layout: Layout, rows: Sequence[Sequence[Block]], columns: Mapping[int, Years]
) -> Iterator[str]:
    """The numbers in these columns, as written."""
    for cell in (cell for row in rows for cell in row if (cell.column or 0) in columns):
        words = layout.document.quote(cell.span)
        if TABLE.rule("number").pattern.match(words):
            yield words


def money_columns(head: dict[int, str], caption: str) -> dict[int, Years]:
    """The columns of money in a table that does not part it by years; its period from the column's
    head, or else from the caption."""
    return {
        column: period_of(words) or period_of(caption) or UNDATED
        for column, words in head.items()
        if column and TABLE.rule("money column").pattern.search(words)
    }


def period_of(words: str) -> Years | None:
    """The span of years that some words name: '2022-2025', '2022-25'."""
    match = TABLE.rule("period").pattern.search(words)
    if match is None:
        return None
    first, last = int(match["first"]), int(match["last"])
    return first, last if last >= CENTURY else first - first % CENTURY + last


def sum_columns(head: dict[int, str], years: dict[int, tuple[int, int]]) -> dict[int, Years]:
    """The columns of totals and of permanent money."""
    if not years:
        return {}
    first, last = min(y for y, _ in years.values()), max(y for _, y in years.values())
    found: dict[int, Years] = {}
    for column, words in head.items():
        if TABLE.rule("permanent column").pattern.search(words):
            found[column] = (last + 1, None)
        elif TABLE.rule("sum column").pattern.search(words) and column not in years:
            found[column] = (first, last)
    return found


def read_row(layout: Layout, cells: list[Block], columns: dict[int, Years]) -> Row | None:
    """A row with its label and figures; None for a row without either."""
    figures = {}
    labels = []
    for cell in cells:
        words = layout.document.quote(cell.span)
        number = TABLE.rule("number").pattern.match(words)
        if number and (cell.column or 0) in columns:
            start = cell.span.start + number.start("number")
            figures[cell.column or 0] = (
                Span(start, start + len(number["number"])),
                read_decimal(number["number"]),
            )
        elif not number and any(letter.isalpha() for letter in words):
            labels.append((len(words), cell.span, words))
    if figures and not labels and (year := YEAR.fullmatch(layout.document.quote(cells[0].span))):
        return Row(cells[0].span, year[0], figures, is_initiative=False, year=int(year[0]))
    if not figures or not labels:
        return None
    _, span, words = max(labels, key=lambda label: label[0])
    return Row(span, words, figures)


def with_kinds(rows: list[Row]) -> Iterator[Row]:
    """The rows with sums told from initiatives, and areas from the subtotals below or above them."""
    kinds = [is_sum(row) or adds_up(rows[i:]) for i, row in enumerate(rows)]
    if rows and not kinds[-1]:  # 'Hele aftalen': what all rows that are no sums come to
        kinds[-1] = adds_up(
            [rows[-1], *(row for row, kind in zip(rows, kinds, strict=True) if not kind)][:-1]
        )
    if not any(is_sum(row) for row in rows[:-1]) and sum(kinds) > 1:
        kinds = [kind or heads_one(rows[i : i + 2]) for i, kind in enumerate(kinds)]
    grand = max((i for i, kind in enumerate(kinds) if kind), default=None)
    grand = grand if grand is not None and grand == len(rows) - 1 else None
    below = any(TABLE.rule("sum row").pattern.search(row.words) for row in rows[:-1])
    for i, row in enumerate(rows):
        heads = [r for r, kind in zip(rows[i:], kinds[i:], strict=True) if kind] if below else []
        heads = heads or [r for r, kind in zip(rows[i::-1], kinds[i::-1], strict=True) if kind and not below]
        yield changed(
            row,
            is_initiative=not kinds[i] and row.year is None,
            is_grand_total=i == grand,
            area=area_of(heads[0].words) if heads and heads[0] is not row else None,
        )


def adds_up(rows: list[Row]) -> bool:
    """Is the first row the sum of two or more rows right below it, in every column they share?"""
    head, rest = rows[0], rows[1:]
    running: dict[int, Decimal] = dict.fromkeys(head.figures, Decimal(0))
    for n, row in enumerate(rest[:LONGEST_AREA], 1):
        for column, (_, figure) in row.figures.items():
            running[column] = running.get(column, Decimal(0)) + figure
        off = (abs(head.figures[c][1] - running.get(c, Decimal(0))) for c in head.figures)
        close = all(difference <= ROUNDING * (n + 1) for difference in off)
        if n > 1 and close and len(head.figures) > 1:
            return True
    return False


def heads_one(rows: list[Row]) -> bool:
    """Is the first row the sum of an area with one row in it: the same figures twice?"""
    figures = [[figure for _, figure in row.figures.values()] for row in rows]
    return len(figures) > 1 and len(figures[0]) > 1 and figures[0] == figures[1]


def is_sum(row: Row) -> bool:
    return any(TABLE.rule(name).pattern.search(row.words) for name in ("sum row", "ministry row"))


def table_amounts(layout: Layout, tables: tuple[EconomyTable, ...]) -> list[Amount]:
    """One amount for every figure of an economy table."""
    found = []
    for table in tables:
        for row in table.rows:
            found += [cell_amount(layout, table, row, column) for column in row.figures]
    return [amount for amount in found if amount.max_dkk > 0]


def grand_totals(tables: Sequence[EconomyTable]) -> frozenset[int]:
    """The kroner of the last rows that are sums of their tables."""
    return frozenset(
        int(figure * table.unit)
        for table in tables
        for row in table.rows
        if row.is_grand_total
        for _, figure in row.figures.values()
    )


def cell_amount(layout: Layout, table: EconomyTable, row: Row, column: int) -> Amount:
    span, figure = row.figures[column]
    first, last = (row.year, row.year) if row.year else table.years[column]
    kroner = int(figure * table.unit)
    lasting = first is not None and last is None
    whole = lasting or first is None or last != first
    return Amount(
        Evidence(span, layout.document.quote(span), "tables/number"),
        kroner,
        kroner,
        role="total" if row.is_grand_total and whole else "part",
        per="year" if lasting else "total",
        start_year=first,
        end_year=last,
        years_basis="explicit" if first else None,
        price_year=table.price_year,
        additive=row.is_initiative and not lasting and (not whole or len(table.years) == 1),
    )
