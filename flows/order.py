"""What a run is asked to do: which sites, files and addresses, since when, how many."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from corpus.document import UnreadableError
from corpus.site import Site, all_sites


@dataclass(frozen=True, slots=True)
class Order:
    """Sites to crawl, files and folders to read, single addresses to fetch.

    `since` leaves out what is older; `limit` is how many pages of a site are fetched in one run.
    """

    sites: tuple[Site, ...] = ()
    paths: tuple[Path, ...] = ()
    addresses: tuple[str, ...] = ()
    since: date | None = None
    limit: int | None = None

    @property
    def what(self) -> str:
        """In words, for the name of a run."""
        named = ((self.sites, "site"), (self.paths, "path"), (self.addresses, "address"))
        parts = [counted(len(things), noun) for things, noun in named if things]
        return "-".join(parts) or "nothing"


def counted(number: int, noun: str) -> str:
    """
    >>> counted(1, "site"), counted(2, "address")
    ('1-site', '2-addresses')
    """
    plural = f"{noun}es" if noun.endswith("s") else f"{noun}s"
    return f"{number}-{noun if number == 1 else plural}"


def crawled() -> dict[str, Site]:
    """The sites that have listings to crawl, by id; those that write releases before those that copy them.

    The first copy of a text names its document, and copies often have no date.
    """
    found = [site for site in all_sites().values() if site.listings]
    return {site.id: site for site in sorted(found, key=lambda site: (site.scope != "social", site.id))}


def read_order(names: Sequence[str], since: date | None = None, limit: int | None = None) -> Order:
    """An order from the words of a command: ids of sites, addresses, paths; nothing means all sites.

    Raises UnreadableError for an address that cannot be fetched.
    """
    sites = crawled()
    addresses = tuple(name for name in names if name not in sites and is_address(name))
    return Order(
        sites=tuple(sites[name] for name in dict.fromkeys(names) if name in sites)
        if names
        else tuple(sites.values()),
        paths=tuple(Path(name) for name in names if name not in sites and name not in addresses),
        addresses=tuple(dict.fromkeys(addresses)),
        since=since,
        limit=limit,
    )


def is_address(source: str) -> bool:
    """Is it an address on the web, not a file? Raises UnreadableError for what is neither."""
    try:
        scheme = urlsplit(source).scheme
    except ValueError as error:
        raise UnreadableError(f"{source}: neither a file nor an address ({error})") from error
    if "://" in source and scheme not in {"http", "https"}:
        raise UnreadableError(f"{source}: only http and https addresses can be fetched")
    return scheme in {"http", "https"}
