"""Sites, files and addresses into the archive. Nothing here reads what they say."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from corpus.archive import Archive, Record
from corpus.collect import Ask, Collected, Desk, Progress, capture, collect, stamp, told
from corpus.discover import Item
from corpus.document import UnreadableError
from corpus.fetch import Fetched, FetchError, RefusedFetchError
from corpus.polite import Session
from corpus.read import file_bytes
from corpus.site import FILES, Site
from extractors.relevance import agreement_link, relevance
from flows.environment import Outside
from flows.order import Order
from flows.outcome import Failure, Gathered

ARCHIVE = ".archive"  # how folders of archives end: flows.pipeline.archive_of
SKIPPED_NAMES = ("readme.md", "license", "changes.md")


def gather(
    order: Order, archive: Archive, outside: Outside, progress: Progress, wrap: Callable[[Ask], Ask]
) -> Gathered:
    """Bring everything that was ordered to the archive. `wrap` may make a task of every fetch."""
    found = Gathered()
    gather_files(order.paths, archive, found, progress)
    if order.sites or order.addresses:
        desk = make_desk(archive, outside, progress, wrap)
        for url in order.addresses:
            gather_address(url, desk, found)
        for site in order.sites:
            add_site(found, collect(site, desk, order.since, order.limit))
    return found


def make_desk(archive: Archive, outside: Outside, progress: Progress, wrap: Callable[[Ask], Ask]) -> Desk:
    """What collecting needs: one session for the whole run, the rules' judgement, a clock."""

    def keep(url: str, answer: Fetched) -> None:
        site, at = FILES.id, stamp(outside.now())
        record = Record("robots", site, url, at, status=answer.status, source="live")
        archive.add(record, answer.body)

    session = Session(outside.now, outside.manners, keep, sleep=outside.sleep)
    return Desk(
        archive=archive,
        ask=wrap(session.get),
        clock=outside.now,
        judge=judge,
        leads=lambda link: agreement_link(link.words, link.url, link.around),
        maps=session.sitemaps,
        memento_base=outside.memento_base,
        progress=progress,
    )


def judge(item: Item, site: Site) -> str | None:
    """Why an item is not worth fetching; None if it is."""
    verdict = relevance(item.words, item.url, site.scope)
    return None if verdict.relevant else verdict.rule


def add_site(found: Gathered, site: Collected) -> None:
    found.met += site.pages
    found.failures += [Failure(url, reason) for url, reason in site.failures]
    found.refused += [Failure(url, reason) for url, reason in site.refused]
    found.turned_away += site.turned_away
    found.left += site.left
    if site.limited:
        found.limited.add(site.site)
        reason = (
            "the limit of a run is reached: the next run goes on; if it never gets there, crawl fewer sites"
        )
        found.failures.append(Failure(site.site, reason))
    found.alarms[site.site] = site.alarms


def gather_address(url: str, desk: Desk, found: Gathered) -> None:
    """One page that somebody asked for."""
    try:
        record = capture(Item(url, "", None, ""), FILES, desk)
        found.met.append(record)
        if record.body is None:
            found.failures.append(Failure(url, f"answered {record.status}; check the address"))
    except RefusedFetchError as error:
        found.failures.append(Failure(url, told(error, url)))
    except FetchError as error:
        found.failures.append(Failure(url, told(error, url)))


def gather_files(paths: Sequence[Path], archive: Archive, found: Gathered, progress: Progress) -> None:
    """Files and folders: every file's bytes go into the archive as a page's would."""
    files, failures = find_files(paths)
    found.failures += failures
    for number, file in enumerate(files, 1):
        try:
            record, body = file_record(file)
        except (OSError, UnreadableError) as error:
            found.failures.append(Failure(str(file), reason_of(error)))
        else:
            found.met.append(archive.add(record, body))
        progress("files", number, len(files))


def reason_of(error: OSError | UnreadableError) -> str:
    return f"cannot be opened ({error.strerror})" if isinstance(error, OSError) else str(error)


def file_record(file: Path) -> tuple[Record, bytes]:
    """The record of a local file, dated when the file was last changed, and its bytes.

    Raises UnreadableError or OSError where there is nothing to read.
    """
    body = file_bytes(file)
    at = stamp(datetime.fromtimestamp(file.stat().st_mtime, UTC))
    return Record("page", FILES.id, file.absolute().as_posix(), at, source="file"), body


def find_files(paths: Sequence[Path]) -> tuple[list[Path], list[Failure]]:
    """The files to read, each once: a folder gives what is in it and below.

    They are sorted by their full path, so that neither the order of the arguments nor the folder
    one stands in changes what the database says.
    """
    found: set[Path] = set()
    failures: list[Failure] = []
    for path in paths:
        try:
            inside = files_at(path)
        except OSError as error:
            failures.append(Failure(str(path), error.strerror or "cannot be opened"))
            continue
        if path.is_file() and path.resolve() in found:
            failures.append(Failure(str(path), "given twice; it was read once"))
        found.update(file.resolve() for file in inside)
    return sorted(found), failures


def files_at(path: Path) -> list[Path]:
    """The file, or the files of the folder and below. Raises OSError with the reason if there is none."""
    if path.is_dir():
        inside = [p for p in sorted(path.rglob("*")) if is_candidate(p.relative_to(path), p)]
        if not inside:
            raise OSError(0, "an empty folder; there is nothing to read")
        return inside
    if not path.is_file():
        raise OSError(0, "not a file" if path.exists() else "no such file or folder")
    return [path]


def is_candidate(name: Path, path: Path) -> bool:
    """Not hidden, not a folder's own description, not in an archive of ours."""
    hidden = any(part.startswith(".") or part.endswith(ARCHIVE) for part in name.parts)
    return not hidden and name.name.lower() not in SKIPPED_NAMES and not path.is_dir()
