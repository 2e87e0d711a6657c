"""What a run is asked to do: which sites, files and addresses, since when, how many."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from corpus.address import canonical
from corpus.document import UnreadableError
from corpus.site import Site, all_sites, site_of


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

    Raises UnreadableError for an address that cannot be fetched, and for a site that is none of ours.
    """
    if not all(name.strip() for name in names):
        raise UnreadableError(
            "an empty name among the arguments; name a site, an address, a file or a folder"
        )
    sites = dict.fromkeys(site for name in names if (site := named_site(name)))
    others = [name for name in names if not named_site(name)]
    addresses = dict.fromkeys(spelled(name) for name in others if is_address(name))
    paths = tuple(Path(name) for name in others if not is_address(name))
    for path in paths:
        refuse_misspelled(path)
    return Order(tuple(sites) if names else tuple(crawled().values()), paths, tuple(addresses), since, limit)


def named_site(name: str) -> Site | None:
    """The site that somebody means: by its id, one of its hosts, or the first part of its id."""
    sites = crawled()
    host = name.lower().strip("/").removeprefix("www.")
    found = sites.get(host) or next((site for site in sites.values() if host in site.hosts), None)
    return found or (sites.get(f"{host}.dk") if not Path(name).exists() else None)


def spelled(address: str) -> str:
    """An address as the crawl of its site would spell it, so that it is one location."""
    site = site_of(address)
    return canonical(address, secure=frozenset(site.hosts if site else ())) or address


def refuse_misspelled(path: Path) -> None:
    """Raise UnreadableError for what is neither a file nor a site, though it looks like one."""
    if re.fullmatch(r"(?:[\w-]+\.)+(?:dk|com|eu)", str(path)) and not path.exists():
        raise UnreadableError(f"{path}: no such file, and no site of ours; these are: {', '.join(crawled())}")


def is_address(source: str) -> bool:
    """Is it an address on the web, not a file? Raises UnreadableError for what is neither."""
    try:
        scheme = urlsplit(source).scheme
    except ValueError as error:
        raise UnreadableError(f"{source}: neither a file nor an address ({error})") from error
    if "://" in source and scheme not in {"http", "https"}:
        raise UnreadableError(f"{source}: only http and https addresses can be fetched")
    return scheme in {"http", "https"}
