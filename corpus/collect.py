"""A site into the archive: its listings, the pages they name, the agreements these lead to.

Nothing here reads what a page says or writes to the database: what came in is in the archive, and
the database is made from there.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Literal

from corpus.archive import Archive, DamagedArchiveError, Record
from corpus.decode import decode
from corpus.discover import Alarm, Item, Page, Window, survey
from corpus.document import UnreadableError
from corpus.fetch import Fetched, FetchError, LimitReachedError, RefusedFetchError, sniff
from corpus.links import Link, find_links
from corpus.memento import Memento, find_memento
from corpus.polite import GONE, OTHER_FORM, Headers
from corpus.site import FILES, Site, site_of

Ask = Callable[[str, Headers], Fetched]  # raises FetchError
Progress = Callable[[str, int, int], None]  # what, done, all
LONGEST_WORDS = 1000  # characters that a record keeps of an item's words
LONGEST_HEADER = 1000  # characters that we send back to a server


@dataclass(frozen=True, slots=True)
class Desk:
    """What collecting needs from outside: leave to ask, a place to keep, a clock, and judgement.

    `judge` tells why an item of a listing is not worth fetching (None: it is); `leads` tells
    whether a link of a release leads to its agreement; `maps` are the site maps that a host names.
    """

    archive: Archive
    ask: Ask
    clock: Callable[[], datetime]
    judge: Callable[[Item, Site], str | None]
    leads: Callable[[Link], bool]
    maps: Callable[[str], list[str]]
    memento_base: str
    progress: Progress
    met: dict[tuple[str, str], Record] = field(default_factory=dict)  # asked in this run already


@dataclass(slots=True)
class Collected:
    """What collecting a site came to; `pages` are the records of all pages that were asked for."""

    site: str
    pages: list[Record] = field(default_factory=list)
    failures: list[tuple[str, str]] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    turned_away: int = 0
    alarms: list[Alarm] = field(default_factory=list)
    left: int = 0  # pages that a limit left for another run
    limited: bool = False  # the limit of the whole run was reached


def collect(site: Site, desk: Desk, since: date | None = None, limit: int | None = None) -> Collected:
    """Bring the archive up to date with a site."""
    done = Collected(site.id)
    items = find_items(site, desk, done, since)
    targets = [*wanted(items, site, desk, done)]
    if since is None:
        targets += [item for item in known_items(desk.archive, site) if item.url not in items]
    if limit is not None:
        targets = new_first(targets, desk, limit)
    follow(targets, site, desk, done, limit)
    return done


def new_first(targets: list[Item], desk: Desk, limit: int) -> list[Item]:
    """What is new, then what is known, beginning at another place every day, so that all have their turn."""
    new = [item for item in targets if desk.archive.page(item.url) is None]
    known = [item for item in targets if desk.archive.page(item.url) is not None]
    start = desk.clock().date().toordinal() * limit % max(len(known), 1)
    return [*new, *known[start:], *known[:start]]


def find_items(site: Site, desk: Desk, done: Collected, since: date | None) -> dict[str, Item]:
    """The items of all listings of a site, each once."""
    found: dict[str, Item] = {}

    def ask(url: str) -> Page | None:
        desk.progress(f"{site.id}: listings", len(done.pages), 0)
        record = capture(Item(url, "", None, ""), site, desk, kind="listing")
        if record.body is None:
            return None
        return Page(record.place, desk.archive.body(record.body), record.charset)

    window = Window(desk.clock().date(), since)
    for listing in site.listings:
        starts = (listing.kind == "sitemap" and desk.maps(listing.url)) or listing.starts(window.until)
        seen = survey(site, listing, starts, ask, window)
        if not any(alarm.kind == "unreachable" for alarm in seen.alarms):  # which says the same
            done.failures += seen.failures
        done.limited = done.limited or seen.limited
        done.alarms += seen.alarms
        found |= {url: item for url, item in seen.items.items() if url not in found}
    return found


def wanted(items: dict[str, Item], site: Site, desk: Desk, done: Collected) -> Iterator[Item]:
    """The items worth fetching; what is turned away is told in the archive."""
    for item in items.values():
        why = None if desk.archive.page(item.url) else desk.judge(item, site)
        if why is None:
            yield item
            continue
        done.turned_away += 1
        news = Record("turned_away", site.id, item.url, stamp(desk.clock()), found_on=item.found_on)
        day = item.day.isoformat() if item.day else None
        desk.archive.add(replace(news, words=item.words[:LONGEST_WORDS], note=why, day=day))


def known_items(archive: Archive, site: Site) -> Iterator[Item]:
    """The pages of a site that the archive has, and that are not known to be gone."""
    for record in list(archive.latest.values()):
        if record.kind == "page" and record.site == site.id and record.status not in GONE:
            day = date.fromisoformat(record.day) if record.day else None
            yield Item(record.url, "", day, record.found_on or "")


def follow(
    targets: Iterable[Item], site: Site, desk: Desk, done: Collected, limit: int | None = None
) -> None:
    """Fetch the pages, and after each the agreements it leads to; at most `limit` of them."""
    queue = list(targets)
    seen = {item.url for item in queue}
    at = 0
    while at < len(queue) and (limit is None or at < limit):
        item = queue[at]
        at += 1
        desk.progress(site.id, at, len(queue))
        try:
            record = capture(item, site, desk)
        except LimitReachedError:
            done.limited, at = True, at - 1
            break
        except RefusedFetchError as error:
            done.refused.append((item.url, told(error, item.url)))
            continue
        except FetchError as error:
            done.failures.append((item.url, told(error, item.url)))
            continue
        done.pages.append(record)
        further = [lead for lead in leads_of(record, desk) if lead.url not in seen]
        seen.update(lead.url for lead in further)
        queue[at:at] = further
    done.left = len(queue) - at


def told(error: FetchError, url: str) -> str:
    """The message without the address it begins with."""
    return str(error).removeprefix(f"{url}: ")


def leads_of(record: Record, desk: Desk) -> Iterator[Item]:
    """The agreements that a release leads to; a page that was itself led to leads no further."""
    if record.body is None or is_led_to(record, desk.archive):
        return
    try:
        body = desk.archive.body(record.body)
        if sniff(body) != "text/html":
            return
        links = find_links(decode(body, record.charset), record.place, secure_hosts(record.place))
    except (UnreadableError, DamagedArchiveError):
        return  # whoever reads the page will tell
    for link in links:
        if link.url != record.place and desk.leads(link):
            yield Item(link.url, link.words, None, record.url)


def is_led_to(record: Record, archive: Archive) -> bool:
    """Was it found on a page that is no listing?"""
    home = record.found_on or ""
    return archive.page(home) is not None and archive.answer("listing", home) is None


def secure_hosts(url: str) -> frozenset[str]:
    site = site_of(url)
    return frozenset(site.hosts) if site else frozenset()


def capture(item: Item, site: Site, desk: Desk, kind: Literal["page", "listing"] = "page") -> Record:
    """Ask an address once a run, tell the archive what is news, and give back what is known of it now.

    Raises FetchError when there is no answer.
    """
    key = kind, item.url
    if key not in desk.met:
        desk.met[key] = asked(item, site, desk, kind)
    return desk.met[key]


def asked(item: Item, site: Site, desk: Desk, kind: Literal["page", "listing"]) -> Record:
    """What asking an address comes to: a new record, or the one that is known already."""
    known = desk.archive.answer(kind, item.url)
    answer = ask_again(item.url, known, desk)
    record = Record(
        kind=kind,
        site=(site_of(answer.url) or site).id if site is FILES else site.id,
        url=item.url,
        at=stamp(desk.clock()),
        status=answer.status,
        final_url=answer.url if answer.url != item.url else None,
        source="live",
        found_on=item.found_on or None,
        day=item.day.isoformat() if item.day and kind == "page" else None,
    )
    if answer.status == OTHER_FORM:
        if known is None or known.body is None:
            raise FetchError(f"{item.url}: answered 304, but the archive has nothing of it; try again later")
        return known
    if answer.status in GONE:
        return capture_gone(record, known, desk)
    record = replace(
        record,
        media_type=answer.media_type,
        charset=answer.charset,
        etag=answer.etag,
        last_modified=answer.last_modified,
    )
    return desk.archive.add(record, answer.body)


def capture_gone(record: Record, known: Record | None, desk: Desk) -> Record:
    """What is not there any more: the Internet Archive may have what we never saw ourselves."""
    if known is not None and known.source == "internet_archive":
        return known
    if known is None and record.kind == "page":
        found: Memento | None = find_memento(record.url, desk.memento_base, desk.ask)
        if found:
            copy = found.answer
            kept = replace(
                record,
                final_url=None,
                source="internet_archive",
                captured_at=found.captured_at,
                media_type=copy.media_type,
                charset=copy.charset,
            )
            return desk.archive.add(kept, copy.body)
    return desk.archive.add(record)


def ask_again(url: str, known: Record | None, desk: Desk) -> Fetched:
    """The answer of an address, 304 only where it stands for the very body we have."""
    wanted = conditions(known) if known and known.body and desk.archive.has(known.body) else {}
    answer = desk.ask(url, wanted)
    if answer.status == OTHER_FORM and wanted and known and answer.url != known.place:
        return desk.ask(url, {})  # it leads elsewhere now, and that page is older or named alike
    return answer


def conditions(known: Record | None) -> Headers:
    """The headers that ask for a page only if it is another than the one we have."""
    if known is None or known.body is None or known.source != "live":
        return {}
    named = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in named.items() if value and is_sendable(value)}


def is_sendable(value: str) -> bool:
    """What servers send need not be what may be sent to them."""
    return value.isascii() and value.isprintable() and len(value) <= LONGEST_HEADER


def is_raised(archive: Archive, site: Site, kind: str, url: str) -> bool:
    """Does an alarm last?"""
    known = archive.last(Record("alarm", site.id, url, "", note=kind))
    return known is not None and known.kind == "alarm"


def note_alarms(
    site: Site, archive: Archive, alarms: Iterable[Alarm], now: datetime, end: bool = True
) -> None:
    """Tell the archive which alarms of a site are true now, and if `end`, which no longer are."""
    at = stamp(now)
    true = {(alarm.kind, alarm.url): alarm for alarm in alarms}
    for alarm in true.values():
        archive.add(Record("alarm", site.id, alarm.url, at, words=alarm.words, note=alarm.kind))
    for record in list(archive.latest.values()):
        still = (record.note, record.url) in true
        if end and record.kind == "alarm" and record.site == site.id and not still:
            archive.add(Record("cleared", site.id, record.url, at, note=record.note))


def stamp(time: datetime) -> str:
    """A time as the archive writes it: ISO, UTC, whole seconds."""
    return time.astimezone(UTC).replace(microsecond=0).isoformat()
