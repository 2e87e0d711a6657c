"""Who 'regeringen' is on a day."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from output.slug import name_id
from output.table import Row


@dataclass(frozen=True, slots=True)
class Government:
    """A government in office from the first to the last day, ISO, with its parties' official names."""

    name: str
    start_on: str
    end_on: str
    parties: tuple[str, ...]


def read_governments() -> tuple[Government, ...]:
    """The table governments.toml, the oldest first."""
    rows = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))["government"]
    return tuple(Government(**{**row, "parties": tuple(row["parties"])}) for row in rows)


GOVERNMENTS = read_governments()


def government_on(day: str) -> Government | None:
    """The government in office on a day, as 2020-11-24; None where none is known.

    >>> government_on("2020-11-24").parties
    ('Socialdemokratiet',)
    >>> government_on("1950-01-01") is None
    True
    """
    return next((g for g in GOVERNMENTS if g.start_on <= day <= g.end_on), None)


def government_rows() -> list[Row]:
    """The rows of the table governments."""
    return [
        {"id": name_id(g.name), "name": g.name, "start_on": g.start_on, "end_on": g.end_on}
        for g in GOVERNMENTS
    ]


def government_party_rows() -> list[Row]:
    """The rows of the table government_parties."""
    return [
        {"government_id": name_id(government.name), "party": party}
        for government in GOVERNMENTS
        for party in government.parties
    ]
