"""How long reading a page and opening an archive take, against the least that either could.

    python tests/benchmarks/collect.py [FOLDER]

Prints milliseconds and ratios in the same run: a page read against the same page parsed by Beautiful Soup;
a PDF read in a process of its own against an empty Python process; an archive of 20,000 records opened
and checked against its lines read as JSON; and the same with twice as many records.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from corpus.archive import Record, chained, line_of, open_archive  # noqa: E402 the path comes first
from corpus.html import parsed  # noqa: E402
from corpus.read import read_file  # noqa: E402

ROUNDS = 3
RECORDS = 20_000


def milliseconds(work: Callable[[], object]) -> float:
    """The best of some rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - begun)
    return best * 1000


def ratio(what: str, ours: float, reference: float) -> None:
    print(f"{what:55} {ours:9.1f} ms / {reference:9.1f} ms = {ours / reference:6.1f}")


def fill(folder: Path, number: int) -> None:
    """An archive's log of so many pages, without bodies."""
    folder.mkdir()
    before, lines = "", []
    for n in range(number):
        url = f"https://sm.dk/nyheder/{n}"
        record = Record(
            "page", "sm.dk", url, "2026-01-01T00:00:00+00:00", 200, body=f"{n:064x}", etag=f'"{n}"'
        )
        record = replace(record, id=chained(record, before))
        before = record.id
        lines.append(line_of(record))
    (folder / "log.jsonl").write_text("\n".join([*lines, ""]), encoding="utf-8")


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "corpus" / "samples"
    pages = sorted(folder.glob("*.html"))
    html = [page.read_text(encoding="utf-8", errors="replace") for page in pages]
    ours = milliseconds(lambda: [read_file(page) for page in pages]) / len(pages)
    ratio("a page read / parsed", ours, milliseconds(lambda: [*map(parsed, html)]) / len(pages))
    for paper in sorted(folder.glob("*.pdf")):
        empty = milliseconds(lambda: subprocess.run([sys.executable, "-c", ""], check=True))
        ratio(f"{paper.name} read / an empty process", milliseconds(lambda: read_file(paper)), empty)  # noqa: B023
    with tempfile.TemporaryDirectory() as scratch:
        for number in (RECORDS, 2 * RECORDS):
            archive = Path(scratch) / str(number)
            fill(archive, number)
            lines = (archive / "log.jsonl").read_text(encoding="utf-8").splitlines()
            plain = milliseconds(lambda: [*map(json.loads, lines)])  # noqa: B023
            ratio(
                f"an archive of {number} records opened / parsed",
                milliseconds(partial(open_archive, archive)),
                plain,
            )


if __name__ == "__main__":
    main()
