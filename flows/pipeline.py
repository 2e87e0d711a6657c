"""The whole run as plain functions over the stages. No Prefect, no terminal.

Two halves that meet in the archive: `gather` brings what was ordered to it, `load` makes the
database from it. A run that is killed in either half is finished by the next one.
"""

import contextlib
import sqlite3
import tempfile
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from corpus.archive import Archive, DamagedArchiveError, Record, open_archive
from corpus.collect import Ask, Progress, is_raised, note_alarms
from corpus.discover import Alarm
from extractors.rules import versions
from flows import load
from flows.correct import Asked, asked_for
from flows.environment import Outside, now, outside
from flows.gather import gather
from flows.lock import locked
from flows.order import Order
from flows.outcome import Done, Entry, Failure, Gathered, Gone, Read, Report, Written
from output import runs, settle
from output.checks import failed_checks
from output.corrections import Correction
from output.database import Database, WrongDatabaseError, open_database, publish_database, rows
from output.replay import count_corrections
from output.runs import Run, RunKind
from output.watch import fallback_share

BATCH = 50
BATCHES = 10  # at the least, if there are as many bodies
FACTS = {
    "amounts": "amounts",
    "dates": "dates",
    "counts": "count_claims",
    "initiatives": "initiative_mentions",
    "parties": "party_mentions",
    "people": "person_mentions",
    "organisations": "organisation_mentions",
    "methods": "method_mentions",
    "target groups": "target_group_mentions",
    "statements": "statements",
    "pools": "pools",
    "effects": "effects",
    "agreements": "agreement_mentions",
}


def silent(_what: str, _done: int, _all: int) -> None:
    """Show no progress."""


def resolve(db: Path, corrections: Sequence[Correction] | None = None, run: Run | None = None) -> None:
    """Correct what the documents say, join it to agreements and initiatives, and check it."""
    with contextlib.closing(open_database(db)) as opened:
        settle.settle(opened, corrections, run, versions())


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps of a run that may be more than a function: a task with a history and retries."""

    wrap: Callable[[Ask], Ask] = lambda ask: ask
    read_batch: Callable[[Path, Sequence[Entry]], list[Read]] = load.read_batch
    write_batch: Callable[[Path, Sequence[Read], Run | None], list[tuple[str, Done]]] = load.write_batch
    resolve: Callable[[Path, Sequence[Correction] | None, Run | None], None] = resolve


PLAIN = Steps()


def archive_of(db: Path) -> Path:
    """Where the bytes behind a database are kept: beside it, under its name."""
    return db.with_name(f"{db.name}.archive")


def ingest(
    order: Order, db: Path, progress: Progress = silent, world: Outside | None = None, steps: Steps = PLAIN
) -> Report:
    """Do what was ordered: gather, load, resolve, report.

    With other rules or readers than last time, everything in the archive is read anew first.
    Raises Locked, DamagedArchiveError, WrongDatabaseError, or UnreadableError for an environment
    that makes no sense.
    """
    world = world or outside()
    with locked(db):
        archive = open_archive(archive_of(db))
        load.refuse_shortened(archive, db)
        asked = asked_for(db)
        run = new_run(db, world.now(), "ingest")
        if load.is_stale(db):
            make_anew(db, run, partial(fill, archive, asked, progress, steps))
        gathered = gather(order, archive, world, progress, steps.wrap)
        done = load_pending(archive, db, progress, run, steps)
        alarms = watch(order, archive, db, gathered, world)
        load_pending(archive, db, silent, run, steps)
        steps.resolve(db, asked.corrections, run)
        gathered.failures += asked.failures
        made = report(db, run, gathered, done, alarms)
        end_run(db, run, world.now(), [*made.written, *made.failures, *made.gone])
        return made


def new_run(db: Path, at: datetime, kind: RunKind) -> Run:
    """A run that begins now; the database hears of it when it brings something."""
    started_at = at.isoformat()
    key = started_at
    bad = contextlib.suppress(WrongDatabaseError, sqlite3.DatabaseError)  # what is replaced may be so
    with bad, contextlib.closing(open_database(db, read_only=True)) as opened:
        key = runs.free_id(opened, started_at)
    return Run(key, started_at, kind, load.reading())


def end_run(db: Path, run: Run, at: datetime, done: Sequence[Done]) -> None:
    with contextlib.closing(open_database(db)) as opened:
        runs.end(opened, run, at.isoformat(), [load.input_of(outcome) for outcome in done])


def load_pending(
    archive: Archive, db: Path, progress: Progress, run: Run | None = None, steps: Steps = PLAIN
) -> list[tuple[str, Done]]:
    """Bring the database up to the archive; what became of each record, by its id."""
    entries = load.pending(archive, db)
    done: list[tuple[str, Done]] = []
    at = 0
    for batch in batches(entries):
        done += steps.write_batch(db, steps.read_batch(archive.folder, batch), run)
        at += len(batch)
        progress("reading", at, len(entries))
    return done


def batches(entries: Sequence[Entry]) -> list[tuple[Entry, ...]]:
    """Batches of up to BATCH records; of few records smaller ones, so that progress shows."""
    size = max(1, min(BATCH, len(entries) // BATCHES))
    return [tuple(entries[i : i + size]) for i in range(0, len(entries), size)]


def watch(
    order: Order, archive: Archive, db: Path, gathered: Gathered, world: Outside
) -> list[tuple[str, Alarm]]:
    """The alarms of the sites that were crawled, told to the archive too.

    A run that leaves out what is older, or was cut short, does not count items, and so ends no alarm.
    """
    found = []
    for site in order.sites:
        alarms = list(gathered.alarms.get(site.id, []))
        with contextlib.closing(open_database(db)) as opened:
            front = site.base_url or site.id
            lasts = is_raised(archive, site, "fallback_share", front)
            odd = fallback_share(opened, site.id, lasts) if site.layouts else None
        if odd:
            alarms.append(Alarm("fallback_share", front, odd))
        whole = order.since is None and site.id not in gathered.limited
        note_alarms(site, archive, alarms, world.now(), end=whole)
        found += [(site.id, alarm) for alarm in alarms]
    return found


def report(
    db: Path,
    run: Run,
    gathered: Gathered,
    loaded: Sequence[tuple[str, Done]],
    alarms: Sequence[tuple[str, Alarm]] = (),
) -> Report:
    """What the run did, and what the documents it met hold."""
    fresh = {key for key, _ in loaded}
    done = [outcome for _, outcome in loaded]
    with contextlib.closing(open_database(db)) as opened:
        again, before = unchanged(opened, [r for r in gathered.met if r.id not in fresh])
        done += again
        met = {outcome.document_id for outcome in done if isinstance(outcome, Written)}
        return Report(
            written=tuple(outcome for outcome in done if isinstance(outcome, Written)),
            failures=(*gathered.failures, *(o for o in done if isinstance(o, Failure))),
            facts={kind: count_facts(opened, table, met) for kind, table in FACTS.items()},
            issues=count_by_document(opened, "SELECT document_version_id FROM issues", met),
            failed_checks=failed_checks(opened, met),
            db=db,
            gone=tuple(outcome for outcome in done if isinstance(outcome, Gone)),
            refused=tuple(gathered.refused),
            turned_away=gathered.turned_away,
            left=gathered.left,
            unreadable_before=before,
            alarms=tuple(f"{site}: {a.kind}: {a.url}: {a.words}" for site, a in alarms),
            corrections=count_corrections(opened),
            facts_changed=runs.facts_changed(opened, run.id),
        )


def unchanged(db: Database, records: Sequence[Record]) -> tuple[list[Done], int]:
    """What is known of answers that were no news; and how many pages could not be read, then as now.

    A file that somebody names and that cannot be read fails every time it is named.
    """
    found: list[Done] = []
    before = 0
    for record, row in load.met_before(db, records):
        if row["id"] is not None:
            found.append(Written(record.place, str(row["id"]), "unchanged", str(row["title"])))
        elif record.source == "file":
            found.append(Failure(record.place, str(row["reason"])))
        else:
            before += row["outcome"] == "failed"
    return found, before


def count_facts(db: Database, table: str, documents: Collection[str]) -> int:
    inner = f"SELECT m.document_version_id FROM {table} f JOIN mentions m ON m.id = f.mention_id"
    return count_by_document(db, inner, documents)


def count_by_document(db: Database, inner: str, documents: Collection[str]) -> int:
    sql = (
        f"SELECT v.document_id AS id, count(*) AS n FROM ({inner}) x"
        " JOIN document_versions v ON v.id = x.document_version_id"
        " WHERE v.is_current = 1 GROUP BY 1"
    )
    return sum(int(str(row["n"])) for row in rows(db, sql) if row["id"] in documents)


def make_anew(db: Path, run: Run, fill: Callable[[Path], list[tuple[str, Done]]]) -> list[tuple[str, Done]]:
    """Put a database that is made afresh in the place of the old one, which stands until it is whole.

    Its history is carried over, and what the new one says otherwise is told as this run's changes.
    """
    with tempfile.TemporaryDirectory(dir=db.parent, prefix=f".{db.name}-") as scratch:
        fresh = Path(scratch) / "anew.db"
        done = fill(fresh)
        carry_over(db, fresh, run)
        publish_database(fresh, db)
    return done


def fill(
    archive: Archive, asked: Asked, progress: Progress, steps: Steps, fresh: Path
) -> list[tuple[str, Done]]:
    """Make a database from the archive and the corrections alone."""
    done = load_pending(archive, fresh, progress, steps=steps)
    steps.resolve(fresh, asked.corrections, None)
    return done


def carry_over(db: Path, fresh: Path, run: Run) -> None:
    """The history of the old database into the new one; of one that cannot be read none is left."""
    try:
        old = open_database(db, read_only=True)
    except (WrongDatabaseError, sqlite3.DatabaseError):
        old = open_database(None)
    with contextlib.closing(old), contextlib.closing(open_database(fresh)) as new:
        runs.carry_over(old, new, run)


def rebuild(db: Path, progress: Progress = silent, clock: Callable[[], datetime] = now) -> Report:
    """Make the database again from its archive alone, without network.

    What cannot be read is counted, and no failure: it was told when it came.
    Raises DamagedArchiveError if there is no archive, or less of it than the database knows.
    """
    with locked(db):
        archive = open_archive(archive_of(db))
        if not archive.records:
            raise DamagedArchiveError(f"{archive.log}: no archive there; restore it")
        with contextlib.suppress(WrongDatabaseError, sqlite3.DatabaseError):  # what is replaced may be bad
            load.refuse_shortened(archive, db)
        asked = asked_for(db)
        run = new_run(db, clock(), "rebuild")
        made = report(db, run, Gathered(), make_anew(db, run, partial(fill, archive, asked, progress, PLAIN)))
        end_run(db, run, clock(), [])
        return replace(made, failures=asked.failures, unreadable_before=len(made.failures))
