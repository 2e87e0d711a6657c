"""Scores a database against a folder of gold files."""

import json
import tempfile
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from corpus.collect import Progress
from flows import pipeline
from flows.order import Order
from output.compare import Comparison, compare
from output.database import Database, open_database
from output.gold import Item, Scores, score_document
from output.predictions import predict, versions_by_file


class NoGoldError(Exception):
    """The folder has no gold files, or one of them cannot be read."""


def read_gold(folder: Path) -> list[Item]:
    """The gold files of a folder. Raises NoGoldError."""
    found = []
    for path in sorted(folder.glob("*.json")) if folder.is_dir() else []:
        try:
            item = json.loads(path.read_text(encoding="utf-8"))
        except ValueError as error:
            raise NoGoldError(f"{path}: not JSON ({error})") from error
        if isinstance(item, dict) and "file" in item:
            found.append(item)
    if not found:
        raise NoGoldError(f'{folder}: no gold files (*.json with a "file") in it')
    return found


def find_documents(gold: Sequence[Item], folder: Path) -> list[Path]:
    """The documents that gold files speak of: beside them, or in a folder of that name nearby."""
    nearby = [folder, *(up / folder.name for up in folder.resolve().parents[1:4])]
    nearby += [up / "corpus" / folder.name for up in folder.resolve().parents[1:4]]
    found = []
    for item in gold:
        places = [place / item["file"] for place in nearby if (place / item["file"]).is_file()]
        found += places[:1]
    return found


def evaluate(folder: Path, db: Path) -> tuple[Scores, list[str]]:
    """The scores of a database, and the gold files whose document it does not have."""
    opened = open_database(db, read_only=True)
    try:
        return score(opened, read_gold(folder))
    finally:
        opened.close()


def evaluate_fresh(folder: Path, progress: Progress = pipeline.silent) -> tuple[Scores, list[str]]:
    """The scores of the documents themselves, read into a database that is thrown away."""
    with fresh_database(folder, progress) as (db, reasons):
        scores, missing = evaluate(folder, db)
    return scores, explained(missing, reasons)


def explained(missing: Sequence[str], reasons: Mapping[str, str]) -> list[str]:
    """Files that are not in the database, with the reason where there is one."""
    return [f"{file}: {reasons[file]}" if file in reasons else file for file in missing]


@contextmanager
def fresh_database(
    folder: Path, progress: Progress = pipeline.silent
) -> Iterator[tuple[Path, dict[str, str]]]:
    """A database of the gold's own documents, thrown away afterwards; and why some files are not in it."""
    with tempfile.TemporaryDirectory() as scratch:
        db = Path(scratch) / "evaluate.db"
        order = Order(paths=tuple(find_documents(read_gold(folder), folder)))
        report = pipeline.ingest(order, db, progress)
        yield db, {Path(failure.source).name: failure.reason for failure in report.failures}


def compare_files(old: Path, new: Path) -> Comparison:
    """What two databases say otherwise of the documents that both have."""
    before = open_database(old, read_only=True)
    try:
        after = open_database(new, read_only=True)
        try:
            return compare(before, after)
        finally:
            after.close()
    finally:
        before.close()


def score(db: Database, gold: Sequence[Item]) -> tuple[Scores, list[str]]:
    scores = Scores()
    missing = []
    versions = versions_by_file(db)
    for item in gold:
        found = versions.get(item["file"], [])
        if not found:
            missing.append(str(item["file"]))
            continue
        facts, text = predict(db, found[0])
        score_document(scores, item, facts, text)
    return scores, missing


def below(scores: Scores, floors: Path) -> list[str]:
    """One line for every score under its floor, and for every floor that nothing stands on.

    Raises NoGoldError for a file that is no table.
    """
    try:
        table = tomllib.loads(floors.read_text(encoding="utf-8"))
        wanted = {kind: float(floor) for kind, floor in table.items()}
    except (OSError, ValueError, TypeError) as error:
        raise NoGoldError(f"{floors}: not a table of floors ({error})") from error
    found = []
    for kind, floor in wanted.items():
        score = scores.by_kind.get(kind)
        if score is None:
            found.append(f"{kind}: nothing was scored; its floor is {floor:.4f}")
        elif score.f1 < floor:
            found.append(f"{kind}: {score.f1:.4f} is below its floor of {floor:.4f}")
    return found
