"""A Site: everything we declare about the pages of one ministry or agency."""

import importlib
import pkgutil
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal
from urllib.parse import urlsplit

from corpus import sites


@dataclass(frozen=True, slots=True)
class Layout:
    """One template of a site: CSS selectors for its parts.

    `main` must find the element that holds title and body; `marks` must all be on the page for
    this to be the layout. `until` is the day the site stopped using it (None: in use): of two layouts
    whose marks are on a page, the one in use on the page's day reads it.
    """

    name: str
    main: str
    marks: tuple[str, ...] = ()
    title: str = "h1"
    publisher: str | None = None
    drop: tuple[str, ...] = ()
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """Where a site tells what it has: a page of links, a feed, or a site map.

    `item` is a pattern of the whole path of an item's address, `more` one of the path and query of
    further listing pages (years, months, page 2); addresses last longer than the classes in a page's
    markup. `expect` is how many items a run should find at least and at most; `quiet_days` how long
    nothing new may appear before that is odd (None: the items have no dates, or no rhythm).
    """

    url: str
    item: str
    more: str | None = None
    kind: Literal["page", "feed", "sitemap"] = "page"
    expect: tuple[int, int] = (1, 20_000)
    quiet_days: int | None = None

    def starts(self, day: date) -> list[str]:
        """The first pages on a day: {session} stands for this and the last session of Folketinget.

        A session begins on the first Tuesday of October and is called by its year and number.

        >>> Listing("https://www.ft.dk/samling/{session}/bilag", "").starts(date(2026, 3, 1))
        ['https://www.ft.dk/samling/20251/bilag', 'https://www.ft.dk/samling/20241/bilag']
        """
        year = day.year if day.month >= OCTOBER else day.year - 1
        found = (self.url.replace("{session}", f"{begun}1") for begun in (year, year - 1))
        return list(dict.fromkeys(found))


OCTOBER = 10
# what follows the path of a listing page when there is more than one
PAGING = r"(?:\?(?:[^#]*&)?(?:page|side|p|sidenr|pageindex|start|offset|b_start(?::int)?)=\d+[^#]*)?"


@dataclass(frozen=True, slots=True)
class Site:
    """A web site: its addresses, who publishes it, where it lists what it has, the layouts it has had.

    `scope` tells whether all it writes is about social policy, or only some of it.
    """

    id: str
    name: str
    publisher: str | None
    base_url: str | None
    hosts: tuple[str, ...] = ()
    layouts: tuple[Layout, ...] = ()
    listings: tuple[Listing, ...] = ()
    scope: Literal["social", "general"] = "social"


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
