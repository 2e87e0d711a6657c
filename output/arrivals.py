"""What came in and gave no document: unreadable bodies, pages gone, items turned away, alarms."""

from output.database import Database, execute, insert, rows, scalar, transaction
from output.table import Row


def write_capture(
    db: Database, capture: Row, outcome: str, *, version_id: str | None = None, reason: str | None = None
) -> None:
    """The captures row; what once became of a body that is read anew with other rules stays told."""
    known = next(iter(rows(db, "SELECT * FROM captures WHERE id = ?", capture["id"])), None)
    stays = known is not None and "failed" not in {outcome, known["outcome"]}
    row = {
        **capture,
        "outcome": known["outcome"] if known and stays else outcome,
        "reason": reason,
        "document_version_id": version_id,
    }
    if row != known:
        db.table("captures").upsert(row, pk="id")


def write_failure(db: Database, site: Row, capture: Row, reason: str, passing: bool = False) -> None:
    """A body that could not be read: it is kept, counted and told.

    What is `passing` counts as read with no rules, so that the next run reads it again.
    """
    with transaction(db):
        insert(db, "sites", [site], shared=True)
        set_status(db, capture["location_url"], "unreadable", capture["captured_at"])
        note_moved(db, capture)
        forget_turned_away(db, capture["url"])
        row = {**capture, "rules_sha256": ""} if passing else capture
        write_capture(db, row, "failed", reason=reason)


def write_gone(db: Database, site: Row, capture: Row) -> None:
    """An address that has nothing any more: what it had stays."""
    with transaction(db):
        insert(db, "sites", [site], shared=True)
        for url in (capture["url"], capture["location_url"]):
            set_status(db, url, "gone", capture["captured_at"])
        forget_turned_away(db, capture["url"])
        write_capture(db, capture, "gone")


def note_moved(db: Database, capture: Row) -> None:
    """An address that had a text of its own leads elsewhere now."""
    if capture["url"] != capture["location_url"]:
        set_status(db, capture["url"], "moved", capture["captured_at"])


def set_status(db: Database, url: object, status: str, at: object) -> None:
    execute(
        db,
        "UPDATE locations SET status = ?1, last_checked_at = ?2 WHERE url = ?3 AND status <> ?1",
        status, str(at), str(url),
    )  # fmt: skip


def write_turned_away(db: Database, site: Row, item: Row, place: tuple[int, str]) -> None:
    """An item that was not fetched; a later decision about the same item replaces the earlier."""
    with transaction(db):
        insert(db, "sites", [site], shared=True)
        db.table("turned_away").upsert(item, pk="url")
        advance(db, place)


def forget_turned_away(db: Database, url: object) -> None:
    """An item that was turned away once and is fetched now."""
    execute(db, "DELETE FROM turned_away WHERE url = ?", str(url))


def write_alarm(db: Database, site: Row, alarm: Row, place: tuple[int, str], lasts: bool) -> None:
    """An alarm that is true from now on, or no longer; what was said of the same before ends."""
    with transaction(db):
        insert(db, "sites", [site], shared=True)
        execute(
            db,
            "UPDATE alarms SET ended_at = ? WHERE site_id = ? AND kind = ? AND url = ? AND ended_at IS NULL",
            str(alarm["raised_at"]), alarm["site_id"], alarm["kind"], alarm["url"],
        )  # fmt: skip
        if lasts:
            insert(db, "alarms", [{**alarm, "ended_at": None}])
        advance(db, place)


def advance(db: Database, place: tuple[int, str]) -> None:
    """The log was looked through as far as the record of this position and id."""
    db.table("archive_position").upsert({"id": 1, "position": place[0], "record_id": place[1]}, pk="id")


def position(db: Database) -> int:
    """The number of the last record that told of an item or an alarm and is in the database; -1 if none."""
    found = scalar(db, "SELECT position FROM archive_position")
    return -1 if found is None else int(str(found))


def last_record(db: Database) -> tuple[int, str] | None:
    """Position and id of the last record of the archive that the database has."""
    sql = (
        "SELECT position, id FROM captures UNION ALL SELECT position, record_id FROM archive_position"
        " ORDER BY position DESC LIMIT 1"
    )
    found = rows(db, sql)
    return (int(str(found[0]["position"])), str(found[0]["id"])) if found else None


def is_of_other_rules(db: Database, rules_sha256: str) -> bool:
    """Was any answer read with other rules than these? What is to be tried again has none."""
    return bool(scalar(db, "SELECT 1 FROM captures WHERE rules_sha256 NOT IN (?, '') LIMIT 1", rules_sha256))


def captured(db: Database, rules_sha256: str) -> frozenset[str]:
    """The answers in the archive that the database has, read with these rules."""
    return frozenset(
        str(row["id"]) for row in rows(db, "SELECT id FROM captures WHERE rules_sha256 = ?", rules_sha256)
    )
