"""Economy tables: a row is an initiative or a sum, a column a year, the total or permanent money."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from corpus.document import Block, Span
from extractors.facts import Amount, Evidence
from extractors.layout import Layout
from extractors.numbers import read_decimal
from extractors.readers.areas import area_of
from extractors.readers.table_rows import Row, with_kinds
from extractors.readers.table_units import unit_of, unit_of_figures
from extractors.rules import load_rules

TABLE = load_rules("tables")
TERMS = load_rules("money_terms")
YEAR = re.compile(r"(?:19|20)\d\d")
CENTURY = 100
FEWEST = 2  # columns or rows of a table
Years = tuple[int | None, int | None]  # no first: not told; no last: for good
UNDATED: Years = (None, None)


@dataclass(frozen=True, slots=True)
class Money:
    """How the rows of a table are read: its columns of money, the kroner of a unit, the column of names."""

    columns: dict[int, Years]
    unit: int
    names: int | None


@dataclass(frozen=True, slots=True)
class EconomyTable:
    """A table of money: the years of its columns, its rows, the kroner of a unit, the price level."""

    years: dict[int, Years]  # of each column of money
    rows: tuple[Row, ...]
    unit: int
    price_year: int | None
    span: Span


def find_tables(layout: Layout, told: frozenset[int] = frozenset()) -> tuple[EconomyTable, ...]:
    """The economy tables of a document, in whose running text these kroner are told."""
    found = []
    for first, cells in tables_of(layout):
        if table := read_table(layout, first, cells, told):
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


def read_table(layout: Layout, first: int, cells: list[Block], known: frozenset[int]) -> EconomyTable | None:
    """The economy table in a run of cells; None for a table of other things."""
    by_row = [[*group] for _, group in groupby(cells, lambda cell: cell.row)]
    head = {cell.column or 0: layout.document.quote(cell.span) for cell in by_row[0]}
    years = {
        column: (int(words), int(words)) for column, words in head.items() if YEAR.fullmatch(words.strip())
    }
    caption = (
        " ".join(layout.words(i) for i in range(max(0, first - 2), first)) + " " + " ".join(head.values())
    )
    columns: dict[int, Years] = {**years, **sum_columns(head, years)}
    body = by_row[1:]
    columns = columns or money_columns(head, caption)
    if not columns and (columns := headless(layout, by_row, head, caption)):
        body = by_row
    columns = columns or told_columns(layout, body, caption)
    figures = list(figures_in(layout, body, columns))
    worth = unit_of(layout, caption, first + len(cells))
    worth = worth or unit_of_figures(figures, known, len(years) > 1, f"{caption} {labels_in(layout, body)}")
    if not (columns and worth):
        return None
    names = next((c for c, words in head.items() if TABLE.rule("names column").pattern.match(words)), None)
    money = Money(columns, worth, names)
    rows = [row for cells_of in body if (row := read_row(layout, cells_of, money))]
    price = TERMS.rule("price level").pattern.search(caption)
    span = Span(cells[0].span.start, cells[-1].span.end)
    return EconomyTable(columns, tuple(with_kinds(rows)), worth, int(price["year"]) if price else None, span)


def labels_in(layout: Layout, rows: Sequence[Sequence[Block]]) -> str:
    """What the rows of a table begin with."""
    return " ".join(layout.document.quote(row[0].span) for row in rows)


def headless(
    layout: Layout, rows: Sequence[Sequence[Block]], head: Mapping[int, str], caption: str
) -> dict[int, Years]:
    """The column of money in a table that begins with a row of figures below the unit they are in."""
    numbers = {column for column, words in head.items() if TABLE.rule("number").pattern.match(words)}
    if len(head) != FEWEST or numbers != {max(head)} or not TABLE.rule("unit of all").pattern.search(caption):
        return {}
    found: dict[int, Years] = {max(head): period_of(caption) or UNDATED}
    return found if len(list(figures_in(layout, rows, found))) == len(rows) >= FEWEST else {}


def told_columns(layout: Layout, rows: Sequence[Sequence[Block]], caption: str) -> dict[int, Years]:
    """The columns in which every cell is a sum with its unit: '40,0 mio. kr.'"""
    cells: dict[int, list[bool]] = {}
    for cell in (cell for row in rows for cell in row):
        words = layout.document.quote(cell.span)
        if any(sign.isalnum() for sign in words):
            is_sum = bool(TABLE.rule("sum in a cell").pattern.match(words))
            cells.setdefault(cell.column or 0, []).append(is_sum)
    return {
        c: period_of(caption) or UNDATED for c, sums in cells.items() if len(sums) >= FEWEST and all(sums)
    }


def figures_in(
    layout: Layout, rows: Sequence[Sequence[Block]], columns: Mapping[int, Years]
) -> Iterator[str]:
    """The numbers in these columns, as written."""
    for cell in (cell for row in rows for cell in row if (cell.column or 0) in columns):
        words = layout.document.quote(cell.span)
        if TABLE.rule("number").pattern.match(words) or TABLE.rule("sum in a cell").pattern.match(words):
            yield words


def money_columns(head: dict[int, str], caption: str) -> dict[int, Years]:
    """The columns of money in a table that does not part it by years; its period from the column's
    head, or else from the caption."""
    return {
        column: period_of(words) or period_of(caption) or UNDATED
        for column, words in head.items()
        if column and any(TABLE.rule(name).pattern.search(words) for name in ("money column", "span column"))
    }


def period_of(words: str) -> Years | None:
    """The span of years that some words name: '2022-2025', '2022-25'."""
    match = TABLE.rule("period").pattern.search(words)
    if match is None:
        return None
    first, last = int(match["first"]), int(match["last"])
    return first, last if last >= CENTURY else first - first % CENTURY + last


def sum_columns(head: dict[int, str], years: dict[int, tuple[int, int]]) -> dict[int, Years]:
    """The columns of totals, of several years together and of permanent money: '2025-2030' beside '2024'
    is of those years, 'I alt' of all."""
    if not years:
        return {}
    spans = {column: span for column, words in head.items() if (span := span_of_head(words))}
    first, last = reach({**years, **spans})
    found: dict[int, Years] = {**spans}
    for column, words in head.items():
        if TABLE.rule("permanent column").pattern.search(words):
            told = YEAR.search(words)
            found[column] = (int(told[0]) if told else last + 1, None)
        elif TABLE.rule("sum column").pattern.search(words) and column not in {**years, **spans}:
            found[column] = (first, last)
    return found


def span_of_head(words: str) -> tuple[int, int] | None:
    """The years of a column that is headed with several and no more, or with 'I alt' and several."""
    of_years = any(TABLE.rule(name).pattern.search(words) for name in ("sum column", "span column"))
    span = period_of(words) if of_years else None
    return (span[0], span[1]) if span and span[0] and span[1] else None


def reach(columns: Mapping[int, Years]) -> tuple[int, int]:
    """The first and the last year of some columns."""
    told = [(first, last) for first, last in columns.values() if first and last]
    return min((first for first, _ in told), default=0), max((last for _, last in told), default=0)


def read_row(layout: Layout, cells: list[Block], money: Money) -> Row | None:
    """A row with its label and figures; a lone label may name the rows below. None without a label."""
    figures = {}
    labels = []
    for cell in cells:
        words, column = layout.document.quote(cell.span), cell.column or 0
        number = TABLE.rule("number").pattern.match(words)
        told = TABLE.rule("sum in a cell").pattern.match(words)
        if (match := number or told) and column in money.columns:
            span = Span(cell.span.start + match.start("number"), cell.span.start + match.end("number"))
            figures[column] = (span, read_decimal(match["number"]) * worth_of(told, money.unit))
        elif not number and any(letter.isalpha() for letter in words):
            labels.append((column == money.names, len(words), cell.span, words))
    if figures and not labels and (year := YEAR.fullmatch(layout.document.quote(cells[0].span))):
        return Row(cells[0].span, year[0], figures, is_initiative=False, year=int(year[0]))
    filled = sum(bool(layout.document.quote(cell.span).strip()) for cell in cells)
    if not labels or not (figures or (filled == 1 and labels[0][3][:1].isupper())):
        return None
    _, _, span, words = max(labels, key=lambda label: label[:2])
    before = (label[3] for label in labels if label[2].end <= span.start)
    return Row(span, words, figures, area=next((area for w in before if (area := area_of(w))), None))


def worth_of(told: re.Match[str] | None, unit: int) -> Decimal:
    """What a sum with a unit of its own is worth in the unit of its table."""
    if told is None:
        return Decimal(1)
    return Decimal(int(TABLE.worth("unit", told["unit"])) if told["unit"] else 1) / unit


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
    whole = lasting or first is None or (last != first and (first, last) == reach(table.years))
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
