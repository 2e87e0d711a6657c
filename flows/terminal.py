"""What the user sees: progress, tables, facts with their quotes. The only module that imports rich."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import groupby

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from flows.add import Trial
from flows.outcome import Report
from output.compare import Comparison
from output.corrections import Judged
from output.gold import Scores
from output.gold import table as score_rows
from output.story import Story
from output.table import Row

PATIENCE = 1.0  # seconds before a bar appears
LONGEST_QUOTE = 90  # characters of a quote on a line
DOTS = " …"


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """Progress bars for work of more than a second, one a site, on the error stream if that is a terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    bar = Progress(*columns, console=console, transient=True)
    tasks: dict[str, TaskID] = {}
    begun = time.monotonic()

    def show(what: str, done: int, total: int) -> None:
        if what not in tasks:
            tasks[what] = bar.add_task(what, total=None)
        bar.update(tasks[what], completed=done, total=total or None)
        if console.is_terminal and time.monotonic() - begun > PATIENCE:
            bar.start()  # does nothing when it runs already

    try:
        yield show
    finally:
        if bar.live.is_started:
            bar.stop()


def print_report(report: Report) -> None:
    """The closing table; on the error stream a line for every failure, refusal and alarm."""
    errors = Console(stderr=True, soft_wrap=True, highlight=False)
    for failure in report.failures:
        errors.print(Text(f"failed: {failure.source}: {failure.reason}"))
    for refused in report.refused:
        errors.print(Text(f"not asked: {refused.source}: {refused.reason.removeprefix('not asked: ')}"))
    for gone in report.gone:
        errors.print(Text(f"gone: {gone.source}"))
    for alarm in report.alarms:
        errors.print(Text(f"alarm: {alarm}"))
    table = Table("what", "number", box=None, pad_edge=False, show_header=False)
    for what, number in report.rows():
        table.add_row(what, Text(str(number), justify="right"))
    console = Console(highlight=False, soft_wrap=True)
    console.print(table)
    console.print(Text(f"database: {report.db}"))


def print_facts(document: Row, facts: Sequence[Row]) -> None:
    """A document's head and its facts in text order, each with its quote."""
    console = Console(highlight=False)
    console.print(Text(str(document["title"]), style="bold"))
    head = [document["kind"], document["issuer"], document["published_on"], document["id"]]
    head.append(corrected(document))
    console.print(Text(" · ".join(str(part) for part in head if part), style="dim"))
    table = Table(box=None, pad_edge=False)
    for name in ("kind", "fact", "about it", "quote"):
        table.add_column(name, overflow="fold")  # nothing of a fact is cut off
    for fact in facts:
        marked = " · ".join(str(part) for part in (fact["detail"], corrected(fact)) if part)
        cells = (fact["kind"], fact["value"], marked, short(str(fact["quote"])))
        table.add_row(*(Text(str(cell or "")) for cell in cells))
    console.print(table)


def print_story(story: Story) -> None:
    """An agreement or an initiative in short: its head, then table by table what is known of it."""
    console = Console(highlight=False)
    console.print(Text(story.title, style="bold"))
    console.print(Text(" · ".join(story.head), style="dim"))
    for part in story.parts:
        console.print(Text(f"\n{part.heading}", style="bold"))
        table = Table(box=None, pad_edge=False, show_header=False)
        for name in part.rows[0]:
            table.add_column(name, overflow="fold", justify="right" if name == "dkk" else "left")
        for row in part.rows:
            cells = {name: "" if cell is None else str(cell) for name, cell in row.items()}
            table.add_row(*(Text(short(cell) if name == "quote" else cell) for name, cell in cells.items()))
        console.print(table)


def corrected(row: Row) -> str:
    """A word on what a human corrected in a row; '' for nothing."""
    return f"corrected: {row['corrected']}" if row["corrected"] else ""


def print_corrections(judged: Sequence[Judged]) -> None:
    """What became of each correction, in the order of the file, and how many became what."""
    console = Console(highlight=False, soft_wrap=True)
    for one in judged:
        c = one.correction
        what = " ".join(filter(None, (c.target, c.field, short(c.quote), f"-> {c.new or 'nothing'}")))
        console.print(Text(f"line {c.line}: {one.status}: {what}: {one.note}"))
    counts = Counter(one.status for one in judged)
    said = ", ".join(f"{n} {status}" for status, n in sorted(counts.items()))
    console.print(Text(f"{len(judged)} corrections{': ' if said else ''}{said}"))


def print_trial(trial: Trial) -> None:
    """What a document says and what adding it would change."""
    print_facts(trial.document, trial.facts)
    console = Console(highlight=False, soft_wrap=True)
    console.print(Text(f"\nNothing was written. Adding it: {trial.outcome}", style="bold"))
    for change in trial.changes or ["nothing would change"]:
        console.print(Text(f"  {change}"))


def print_scores(scores: Scores, missing: Sequence[str], errors: bool) -> None:
    """Precision, recall and F1 by kind; with `errors` every mistake."""
    console = Console(highlight=False, soft_wrap=True)
    table = Table("kind", "precision", "recall", "F1", "gold", box=None, pad_edge=False)
    for kind, score in score_rows(scores):
        numbers = (
            f"{score.precision:.3f}",
            f"{score.recall:.3f}",
            f"{score.f1:.3f}",
            str(score.gold),
        )
        table.add_row(kind, *numbers)
    console.print(table)
    for file in missing:
        console.print(Text(f"not in the database: {file}"))
    if errors:
        for mistake in scores.mistakes:
            console.print(Text(f"{mistake.file}: {mistake.kind}: {mistake.what}: {short(mistake.text, 200)}"))


def print_checks(checks: Sequence[Row], everything: bool) -> None:
    """The checks that failed, or every one, by kind; each with its document and its words; then how many."""
    console = Console(highlight=False, soft_wrap=True)
    shown = [row for row in checks if everything or row["status"] == "fail"]
    for kind, group in groupby(shown, key=lambda row: row["kind"]):
        console.print(Text(str(kind).replace("_", " "), style="bold"))
        for row in group:
            status = str(row["status"]).replace("_", " ")
            console.print(Text(f"  {status}: {row['agreement_id'] or 'no agreement'}: {row['note']}"))
            quote = f"“{short(str(row['quote']))}” in " if row["quote"] else ""
            console.print(Text(f"    {quote}{row['title'] or 'several documents'}", style="dim"))
    numbers = Counter(row["status"] for row in checks)
    console.print(
        Text(
            f"{len(checks)} checks: {numbers['fail']} fail, {numbers['pass']} pass,"
            f" {numbers['not_checkable']} cannot be checked"
        )
    )


SIGNS = {"gained": "+", "lost": "-", "changed": "~"}


def print_comparison(found: Comparison) -> None:
    """Every fact gained, lost or changed, document by document, and how many there are of each kind."""
    console = Console(highlight=False, soft_wrap=True)
    for url, differences in groupby(found.differences, key=lambda d: d.key.url):
        console.print(Text(url, style="bold"))
        for d in differences:
            said = " -> ".join(filter(None, (d.old, d.new)))
            console.print(Text(f"  {SIGNS[d.what]} {d.key.kind}: {short(d.key.quote)}: {short(said, 160)}"))
    for what, urls in (("older", found.only_old), ("newer", found.only_new)):
        for url in urls:
            console.print(Text(f"only in the {what} database: {url}"))
    counts: Counter[tuple[str, str]] = Counter((d.key.kind, d.what) for d in found.differences)
    table = Table("kind", *SIGNS, box=None, pad_edge=False)
    for kind in sorted({kind for kind, _ in counts}):
        table.add_row(kind, *(str(counts[kind, what]) for what in SIGNS))
    if counts:
        console.print(table)
    console.print(Text(f"{found.same} facts are the same in both."))


ACTION_SIGNS = {"added": "+", "removed": "-", "changed": "~"}


def print_run(run: Row, inputs: Sequence[Row], changes: Iterable[Row]) -> None:
    """One run: what came in, then document by document what was added (+), changed (~), removed (-)."""
    console = Console(highlight=False, soft_wrap=True)
    counts = Counter(str(each["outcome"]) for each in inputs)
    told = ", ".join(f"{number} {outcome}" for outcome, number in sorted(counts.items()))
    stopped = "" if run["ended_at"] else " (stopped before it was done)"
    head = f"{str(run['started_at'])[:16].replace('T', ' ')} UTC: {run['kind']}{stopped}"
    console.print(Text(f"{head}: {told}" if told else head, style="bold"))
    for each in inputs:
        if each["outcome"] in {"failed", "gone"}:
            console.print(Text(f"  {each['outcome']}: {each['url']}{reason_of(each)}"))
    some = False
    for document, rows in groupby(changes, key=lambda row: row["document_id"]):
        some = True
        console.print(Text(f"  {document or 'of several documents'}", style="bold"))
        for row in rows:
            console.print(Text(f"    {change_line(row)}"))
    if not some:
        console.print(Text("  no fact and no thing changed"))


def reason_of(each: Row) -> str:
    return f": {each['reason']}" if each["reason"] else ""


def change_line(row: Row) -> str:
    """
    >>> change_line({"action": "changed", "kind": "agreement", "thing": "uip-2022", "thing_before": None,
    ...     "field": "total_min_dkk", "before": "142000000", "after": None})
    '~ agreement: uip-2022: total_min_dkk: 142000000 -> nothing'
    """
    thing = short(str(row["thing"]))
    words = f"{short(str(row['thing_before']))} -> {thing}" if row["thing_before"] else thing
    said = [row["before"], row["after"]]
    if row["action"] == "changed":
        said = [value or "nothing" for value in said]
    values = " -> ".join(short(str(value), 160) for value in said if value)
    parts = [row["kind"], words, row["field"], values]
    return f"{ACTION_SIGNS[str(row['action'])]} " + ": ".join(str(part) for part in parts if part)


def print_no_runs(since: date, last: Row | None) -> None:
    """Why there is nothing to tell."""
    console = Console(highlight=False, soft_wrap=True)
    if last is None:
        console.print(Text("No run has brought anything to this database yet."))
        return
    day = str(last["started_at"])[:10]
    console.print(Text(f"Nothing changed since {since}; the last run that brought something was on {day}."))


def short(words: str, length: int = LONGEST_QUOTE) -> str:
    """Words on one line, cut at `length` characters."""
    line = " ".join(words.split())
    return line if len(line) <= length else line[:length].rsplit(" ", 1)[0] + DOTS
