"""Every address of the stand-in with its page: the sites, the archive and the traps, put together once."""

import importlib
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from tests.standin.page import Page, key

if TYPE_CHECKING:
    from collections.abc import Mapping

MODULES = ("sm", "sbst", "ministries", "ft", "papers", "traps", "wayback")
ROBOTS = tuple(f"robots{n}.sm.dk" for n in range(1, 10))
MIRRORS = {  # what is not found on the first is moved to the second
    "www.sm.dk": "sm.dk",
    "www.sbst.dk": "sbst.dk",
    "www.socialstyrelsen.dk": "socialstyrelsen.dk",
    "www.social.dk": "social.dk",
    "regeringen.dk": "www.regeringen.dk",
    "ism.dk": "www.ism.dk",
    "www.im.dk": "im.dk",
    "ft.dk": "www.ft.dk",
    "folketinget.dk": "www.ft.dk",
    "www.fm.dk": "fm.dk",
    "www.kum.dk": "kum.dk",
    "uvm.dk": "www.uvm.dk",
}
OTHERS = ("web.archive.org", "traps.sm.dk", *ROBOTS)
HOSTS = (*MIRRORS, *MIRRORS.values(), *OTHERS)
SECURE = {host for host in HOSTS if host not in {*OTHERS, "ft.dk", "www.ft.dk", "folketinget.dk"}}
"""Hosts whose plain port only says: come back with https."""


@cache
def pages() -> "Mapping[str, Page]":
    """Every page by its key; the same bytes in every process."""
    found: dict[str, Page] = {}
    for name in MODULES:
        module = importlib.import_module(f"tests.standin.{name}")
        for url, page in module.pages().items():
            assert key(url) not in found, f"two pages for {url}"
            found[key(url)] = page
    for host in {*MIRRORS.values()}:
        robots = "User-agent: *\nDisallow: /admin/\nDisallow: /soeg\n"
        if f"{host}/sitemap.xml" in found:
            robots += f"\nSitemap: https://{host}/sitemap.xml\n"
        found.setdefault(f"{host}/robots.txt", Page(robots.encode(), "text/plain"))
    return MappingProxyType(found)
