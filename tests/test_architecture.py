"""Who may import whom, and how large things may grow. Read these tables to learn the design."""

import ast
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from tests.support import holds

ROOT = Path(__file__).parents[1]
STAGES = ("corpus", "extractors", "output", "flows")
NEVER = {
    "corpus": {"extractors", "output", "flows"},
    "extractors": {"output", "flows"},
    "output": {"flows"},
    "flows": set[str](),
}
OF_CORPUS = {"extractors": {"corpus.document"}, "output": {"corpus.document"}}
OF_EXTRACTORS = {"output": {"extractors.facts"}}
DOORS = {  # a foreign package enters through one module only
    "bs4": {"corpus/html.py"},
    "httpx": {"corpus/fetch.py"},
    "httpcore": {"corpus/guard.py"},
    "protego": {"corpus/polite.py"},
    "pdfplumber": {"corpus/pdf.py"},
    "pypdfium2": {"corpus/pdf.py"},
    "docx": {"corpus/docx.py"},
    "trafilatura": {"corpus/fallback.py"},
    "spacy": {"extractors/language.py"},
    "dateparser": {"extractors/days.py"},
    "rapidfuzz": {"output/likeness.py"},
    "sqlite_utils": {"output/database.py"},
    "datasette": {"output/browse.py"},
    "prefect": {"flows/ingest.py"},
    "rich": {"flows/terminal.py"},
}
CLOCKS = {"now", "utcnow", "today"}
LONGEST_FUNCTION, LONGEST_MODULE = 40, 300
FILES = [path for stage in STAGES for path in sorted((ROOT / stage).rglob("*.py"))]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def nodes_of(path: Path) -> list[ast.AST]:
    return list(ast.walk(tree(path)))


def imported(path: Path) -> set[str]:
    """Dotted names of every import; `from corpus import sites` gives corpus and corpus.sites."""
    nodes = nodes_of(path)
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def imports(path: Path) -> None:
    names = imported(path)
    packages = {name.split(".")[0] for name in names}
    stage = name_of(path).split("/")[0]
    assert not packages & NEVER[stage]
    for package, allowed in (("corpus", OF_CORPUS), ("extractors", OF_EXTRACTORS)):
        inside = {".".join(n.split(".")[:2]) for n in names if n.startswith(f"{package}.")}
        if stage in allowed:
            assert inside <= allowed[stage], f"{stage} may import only {allowed[stage]}"
    for package, doors in DOORS.items():
        assert package not in packages or name_of(path) in doors


def clock_and_environment(path: Path) -> None:
    if name_of(path).startswith("flows/"):
        return
    attributes = {node.attr for node in nodes_of(path) if isinstance(node, ast.Attribute)}
    assert not attributes & CLOCKS
    assert "environ" not in attributes


def sizes(path: Path) -> None:
    """A budget: what outgrows it wants to be two things."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE
    for node in nodes_of(path):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or 0) - node.lineno + 1
            assert lines <= LONGEST_FUNCTION, f"{node.name} has {lines} lines"


def says_what_it_does(path: Path) -> None:
    """Modules have a docstring; nothing swallows every exception silently."""
    assert ast.get_docstring(tree(path))
    for node in nodes_of(path):
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None
            assert not all(isinstance(line, ast.Pass) for line in node.body)


@pytest.mark.parametrize("check", [imports, clock_and_environment, sizes, says_what_it_does])
def test_every_module(check: Callable[[Path], None]) -> None:
    holds(check, FILES)
