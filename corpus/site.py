"""A Site: everything we declare about the pages of one ministry or agency."""

import importlib
import pkgutil
from dataclasses import dataclass
from datetime import date
from functools import cache
from urllib.parse import urlsplit

from corpus import sites


@dataclass(frozen=True, slots=True)
class Layout:
    """One template of a site: CSS selectors for its parts.

    `main` must find the element that holds title and body; `marks` must all be on the page for
    this to be the layout. `until` is the day the site stopped using it (None: in use).
    """

    name: str
    main: str
    marks: tuple[str, ...] = ()
    title: str = "h1"
    publisher: str | None = None
    drop: tuple[str, ...] = ()
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """A web site: its addresses, who publishes it, and the layouts it has had."""

    id: str
    name: str
    publisher: str | None
    base_url: str | None
    hosts: tuple[str, ...] = ()
    layouts: tuple[Layout, ...] = ()


FILES = Site("files", "Files on a disk", None, None)


@cache
def all_sites() -> dict[str, Site]:
    """Every SITE of every module in corpus/sites, by id; a new site is one new file."""
    found = {FILES.id: FILES}
    for module in sorted(pkgutil.iter_modules(sites.__path__), key=lambda m: m.name):
        site = importlib.import_module(f"{sites.__name__}.{module.name}").SITE
        if not isinstance(site, Site):
            raise TypeError(f"corpus/sites/{module.name}.py: SITE is no Site")
        found[site.id] = site
    return found


def site_of(url: str | None) -> Site | None:
    """The site that an address belongs to, by its host with or without www."""
    host = (urlsplit(url or "").hostname or "").removeprefix("www.")
    return next((site for site in all_sites().values() if host in site.hosts), None)
