"""Other ministries and the government: sitemaps, copies of releases, a feed, what robots may not see."""

import gzip
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from html import escape

from tests.standin.articles import MONTHS, Article, articles, dashed
from tests.standin.fill import atom, filled, listing, month, newest_first, page_of, related, urlset
from tests.standin.page import Page, Validators

GOVERNMENT = "https://www.regeringen.dk"
INTERIOR, HEALTH = "https://im.dk", "https://www.ism.dk"
FINANCE, CULTURE, SCHOOLS = "https://fm.dk", "https://kum.dk", "https://www.uvm.dk"
COPIED = {  # a release of sm.dk stands here too, word for word
    "https://sm.dk/nyheder/nyhedsarkiv/2023/nov/bred-aftale-fordeler-885-millioner-kroner-": (
        f"{GOVERNMENT}/nyheder/2023/bred-aftale-fordeler-885-millioner-kroner/",
        "regeringen-2024",
        {
            "kind": "Nyhed",
            "ministry": "Social-, Bolig- og Ældreministeriet",
            "pdf": "https://sm.dk/media/54018/aftale-om-reserven-2024-2027.pdf",
        },
    ),
    "https://sm.dk/nyheder/nyhedsarkiv/2020/nov/aftale-760-mio-kr-til-de-mest-udsatte": (
        f"{INTERIOR}/nyheder/nyhedsarkiv/2020/nov/aftale-760-mio-kr-til-de-mest-udsatte/",
        "ism-2016",
        {"owner": "Indenrigsministeriet", "listing": "/nyheder/nyhedsarkiv"},
    ),
}
VALIDATORS: dict[str, Validators] = {
    GOVERNMENT: "weak",
    HEALTH: "modified",
    FINANCE: "modified",
    SCHOOLS: "none",
}


def pages() -> dict[str, Page]:
    """Every page of these sites by its address."""
    found: dict[str, Page] = {}
    for home in (GOVERNMENT, INTERIOR, HEALTH, FINANCE, CULTURE, SCHOOLS):
        found |= releases(home)
    return found | government() | interior() | health() | finance() | culture() | schools()


def of(home: str) -> list[Article]:
    """The articles of a site, copies included, the newest first."""
    copies = (
        replace(item, url=url, layout=layout, more=more, body=item.body.replace("](/", "](https://sm.dk/"))
        for item in articles("sm")
        for url, layout, more in [COPIED.get(item.url, ("", "", {}))]
    )
    return newest_first(
        item for item in (*articles("ministries"), *copies) if item.url.startswith(f"{home}/")
    )


def releases(home: str) -> dict[str, Page]:
    """The articles of a site, and its front page."""
    found: dict[str, Page] = {}
    newest = of(home)
    for item in newest:
        shown = "Publiceret " + dashed(item.day) if home == INTERIOR and item.day else ""
        shown = shown or (dashed(item.day) if item.day else "")
        text = filled(item, related(item, newest), shown=shown, docs=documents(item))
        found[item.url] = page_of(text, item.day, VALIDATORS.get(home, "both"))
    return found


def documents(item: Article) -> str:
    """The box of files below a page of the government."""
    if "pdf" not in item.more:
        return ""
    return f'<h2>Dokumenter</h2><ul><li><a href="{item.more["pdf"]}">Aftaletekst</a> pdf (412 Kb)</li></ul>'


def overview(home: str, path: str, title: str, rows: str, head: str = "") -> dict[str, Page]:
    """One listing of a site."""
    site = home.split("//")[1].removeprefix("www.")
    text = listing("listing", f"{home}{path}", title, rows, site=site, head=head)
    return {f"{home}{path}": page_of(text, None, VALIDATORS.get(home, "both"))}


def rows(found: Iterable[Article], home: str, day: Callable[[date], str] = dashed) -> str:
    """Articles as a list of links, with the day where the site shows it."""
    items = (
        f'<li class="punkt"><span>{day(item.day)}</span> '
        f'<a href="{item.url.removeprefix(home)}">{escape(item.title)}</a></li>'
        for item in found
        if item.day
    )
    return '<ul class="nyhedsliste">\n' + "\n".join(items) + "\n</ul>"


def undated(_day: date) -> str:
    return ""


def government() -> dict[str, Page]:
    """regeringen.dk: an index of two sitemaps, one of them packed; a folder that robots may not see."""
    newest = of(GOVERNMENT)
    robots = (
        f"User-agent: *\nDisallow: /aktuelt/privat/\nDisallow: /soeg/\n\nSitemap: {GOVERNMENT}/sitemap.xml\n"
    )
    maps = "".join(
        f"<sitemap><loc>{GOVERNMENT}/{name}</loc></sitemap>" for name in ("sitemap-1.xml", "sitemap-2.xml.gz")
    )
    index = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{maps}</sitemapindex>\n'
    )
    days = [(item.url, item.day) for item in newest]
    half = len(days) // 2
    private = (
        f'<li><a href="/aktuelt/privat/notat">Internt notat</a></li>\n{rows(newest[:2], GOVERNMENT, undated)}'
    )
    return {
        f"{GOVERNMENT}/robots.txt": Page(robots.encode(), "text/plain"),
        f"{GOVERNMENT}/sitemap.xml": Page(index.encode(), "text/xml"),
        f"{GOVERNMENT}/sitemap-1.xml": Page(urlset(days[:half]).encode(), "application/xml"),
        f"{GOVERNMENT}/sitemap-2.xml.gz": Page(
            gzip.compress(urlset(days[half:]).encode(), mtime=0), "application/gzip"
        ),
        f"{GOVERNMENT}/aktuelt/privat/notat": page_of("<!doctype html><p>Fortroligt.</p></html>", None),
        **overview(GOVERNMENT, "/aktuelt/", "Aktuelt", private),
        **overview(GOVERNMENT, "/nyheder/", "Nyheder", rows(newest, GOVERNMENT, undated)),
        **overview(
            GOVERNMENT,
            "/",
            "Regeringen.dk",
            '<a href="/nyheder/">Nyheder</a> <a href="/aktuelt/">Aktuelt</a>',
        ),
    }


def by_month(home: str, path: str, name: Callable[[date], str], slash: str = "") -> dict[str, Page]:
    """An archive: its years, and the releases of each month, on one page for a year."""
    years: dict[int, list[Article]] = defaultdict(list)
    for item in of(home):
        if item.day:
            years[item.day.year].append(item)
    links = "".join(f'<li><a href="{path}/{year}{slash}">{year}</a></li>' for year in years)
    found = overview(home, f"{path}{slash}", "Nyheder", f"<ul>{links}</ul>")
    for year, items in years.items():
        months = {
            name(item.day): [i for i in items if i.day and name(i.day) == name(item.day)]
            for item in items
            if item.day
        }
        links = "".join(f'<li><a href="{path}/{year}/{label}{slash}">{label}</a></li>' for label in months)
        found |= overview(home, f"{path}/{year}{slash}", str(year), f"<ul>{links}</ul>")
        for label, inside in months.items():
            found |= overview(home, f"{path}/{year}/{label}{slash}", f"{label} {year}", rows(inside, home))
    return found


def full_month(day: date) -> str:
    return MONTHS[day.month - 1]


def interior() -> dict[str, Page]:
    front = overview(INTERIOR, "/", "im.dk", '<a href="/nyheder/nyhedsarkiv/">Nyheder</a>')
    return front | by_month(INTERIOR, "/nyheder/nyhedsarkiv", month, "/")


def health() -> dict[str, Page]:
    front = overview(HEALTH, "/", "ism.dk", '<a href="/nyheder">Nyheder</a>')
    return front | by_month(HEALTH, "/nyheder", full_month)


def finance() -> dict[str, Page]:
    """fm.dk asks for a second between two requests."""
    robots = Page(b"User-agent: *\nCrawl-delay: 1\nDisallow: /intern/\n", "text/plain")
    front = overview(FINANCE, "/", "fm.dk", '<a href="/nyheder/nyhedsarkiv/">Nyheder</a>')
    areas = overview(FINANCE, "/arbejdsomraader/", "Arbejdsområder", "<p>Finanslov og satspulje</p>")
    return (
        {f"{FINANCE}/robots.txt": robots}
        | front
        | areas
        | by_month(FINANCE, "/nyheder/nyhedsarkiv", full_month, "/")
    )


def culture() -> dict[str, Page]:
    """kum.dk: one flat list, and an Atom feed."""
    newest = of(CULTURE)
    feed = f"{CULTURE}/aktuelt/nyheder.atom"
    head = '<link rel="alternate" type="application/atom+xml" title="Nyheder" href="/aktuelt/nyheder.atom">'
    return {
        feed: atom("Kulturministeriet", feed, newest),
        **overview(CULTURE, "/", "kum.dk", '<a href="/aktuelt/nyheder">Nyheder</a>'),
        **overview(
            CULTURE, "/aktuelt/nyheder", "Nyheder", rows(newest, CULTURE, lambda day: f"{day:%d.%m.%Y}"), head
        ),
    }


def schools() -> dict[str, Page]:
    """uvm.dk: the day stands in the address only."""
    found = overview(SCHOOLS, "/", "uvm.dk", '<a href="/aktuelt/nyheder">Nyheder</a>')
    return found | overview(SCHOOLS, "/aktuelt/nyheder", "Nyheder", rows(of(SCHOOLS), SCHOOLS, undated))
