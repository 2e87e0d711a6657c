"""All tables and views, found by file, in the order in which they can be created."""

import importlib
import pkgutil
import re
from functools import cache
from pathlib import Path

from output import tables
from output.table import Table, View

VIEWS = Path(__file__).parent / "views"
HEADER = re.compile(
    r"-- title: (?P<title>[^\n]+)\n-- description: (?P<description>[^\n]+)\n(?P<sql>.+)", re.S
)


@cache
def all_tables() -> tuple[Table, ...]:
    """Every Table of every module in output/tables, parents before children."""
    found: list[Table] = []
    for module in pkgutil.iter_modules(tables.__path__):
        found.extend(importlib.import_module(f"{tables.__name__}.{module.name}").TABLES)
    return tuple(sorted(found, key=lambda table: (table.order, table.name)))


@cache
def all_views() -> tuple[View, ...]:
    """Every view of output/views: a .sql file with a title and a description above its SELECT.

    Raises ValueError for a file without these two lines.
    """
    found = []
    for path in sorted(VIEWS.glob("*.sql")):
        parts = HEADER.fullmatch(path.read_text(encoding="utf-8").strip())
        if parts is None:
            raise ValueError(f"{path.name}: first lines must be '-- title:' and '-- description:'")
        found.append(View(path.stem, parts["title"], parts["description"], parts["sql"].strip()))
    return tuple(found)
