"""A Table: its columns with descriptions; SQL, codebook and web face are made from them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from extractors.facts import Extraction, Fact

Value = str | int | float | None
Row = dict[str, Value]
F = TypeVar("F")


@dataclass(frozen=True, slots=True)
class Source:
    """An extraction with the ids its rows get: what every `rows` function receives."""

    extraction: Extraction
    document_id: str
    version_id: str
    fetched_at: str
    mention_ids: Mapping[int, str]  # index of a fact in extraction.facts -> mentions.id

    def facts(self, kind: type[F]) -> Iterator[tuple[str, F]]:
        """The facts of one kind with the id of their mention, in text order."""
        for index, fact in enumerate(self.extraction.facts):
            if isinstance(fact, kind):
                yield self.mention_ids[index], fact

    def all_facts(self) -> Iterator[tuple[str, Fact]]:
        for index, fact in enumerate(self.extraction.facts):
            yield self.mention_ids[index], fact


def no_rows(_: Source) -> Sequence[Row]:
    """For tables that are filled from other tables, not from one document."""
    return ()


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its SQL after the name, and one line that tells a reader what stands in it."""

    name: str
    sql: str
    description: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table. `order` puts parents before children; `rows` are one document's rows.

    `shared` tables hold rows that several documents share (a party, a person): written if new.
    """

    name: str
    order: int
    description: str
    columns: tuple[Column, ...]
    rows: Callable[[Source], Iterable[Row]] = no_rows
    constraints: tuple[str, ...] = ()
    indexes: tuple[str, ...] = ()  # column lists
    shared: bool = False
    facets: tuple[str, ...] = ()  # columns worth counting in the web face
    search: tuple[str, ...] = ()  # columns with full-text search
    label: str | None = None  # the column that names a row

    @property
    def sql(self) -> str:
        lines = [f"    {column.name} {column.sql}" for column in self.columns]
        lines += [f"    {constraint}" for constraint in self.constraints]
        return f"CREATE TABLE {self.name} (\n" + ",\n".join(lines) + "\n) STRICT"

    @property
    def index_sql(self) -> tuple[str, ...]:
        return tuple(
            f"CREATE INDEX {self.name}_{columns.replace(', ', '_')} ON {self.name} ({columns})"
            for columns in self.indexes
        )


@dataclass(frozen=True, slots=True)
class View:
    """A named question, answered by SQL; also offered as a named query in the web face."""

    name: str
    title: str
    description: str
    sql: str


def one_of(column: str, *values: str, null: bool = False) -> str:
    """The SQL of a text column with a closed vocabulary.

    >>> one_of("per", "total", "year")
    "TEXT NOT NULL CHECK (per IN ('total', 'year'))"
    """
    words = ", ".join(f"'{value}'" for value in values)
    return f"TEXT{'' if null else ' NOT NULL'} CHECK ({column} IN ({words}))"


def day(column: str, null: bool = True) -> str:
    """The SQL of an ISO date column."""
    return f"TEXT{'' if null else ' NOT NULL'} CHECK ({column} IS date({column}, '+0 days'))"


def flag(column: str) -> str:
    """The SQL of a boolean column: 0 or 1."""
    return f"INTEGER NOT NULL CHECK ({column} IN (0, 1))"


MENTION = "TEXT PRIMARY KEY REFERENCES mentions(id) ON DELETE CASCADE"
