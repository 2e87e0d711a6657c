"""sm.dk: the archive of releases by year and month, publications, a feed, and agreements."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from html import escape

from tests.standin.articles import MONTHS, Article, articles, dashed
from tests.standin.fill import (
    filled,
    listing,
    newest_first,
    page_of,
    published,
    related,
    rss,
    teaser,
    urlset,
)
from tests.standin.page import Page

HOME = "https://sm.dk"
ARCHIVE = f"{HOME}/nyheder/nyhedsarkiv"
EVERGREEN = {
    "/": ("Forside", "Social- og Boligministeriet arbejder for et samfund med plads til alle."),
    "/nyheder": (
        "Nyheder",
        'Her er ministeriets nyheder. <a href="/nyheder/nyhedsarkiv">Gå til nyhedsarkivet</a>',
    ),
    "/arbejdsomraader": ("Arbejdsområder", "Ministeriet arbejder med børn, voksne, handicap og boliger."),
    "/ministeriet": ("Om ministeriet", "Ministeriet har omkring 400 medarbejdere."),
    "/was": ("Tilgængelighedserklæring", "Siden er gennemgået i efteråret 2025."),
    "/cookies": ("Cookies", "Vi bruger kun cookies til statistik."),
    "/abonnement": ("Abonnér", "Få nyheder i din indbakke."),
}
GONE = "https://sm.dk/nyheder/nyhedsarkiv/2020/apr/ekstra-hjaelp-til-vaeresteder-under-nedlukningen"
"""Linked from its month, found no more; the archive has a copy."""
BOTH = "25-millioner-kroner-til-sommerferiehjaelp"
"""Part of the address of the release that listings name under two hosts."""


def pages() -> dict[str, Page]:
    """Every page of sm.dk by its address."""
    found: dict[str, Page] = {}
    live = [item for item in articles("sm") if item.url != GONE]
    newest = newest_first(live)
    for item in live:
        day = item.day or date.max
        earlier = [other for other in newest if other.day and other.day < day]
        found[item.url] = page_of(filled(item, related(item, earlier)), item.day)
    found |= archive(articles("sm"), ARCHIVE, "Nyhedsarkiv")
    found |= archive(live, f"{HOME}/publikationer", "Publikationer")
    found[f"{HOME}/rss/nyheder"] = rss("Social- og Boligministeriet", ARCHIVE, live)
    for path, (title, words) in EVERGREEN.items():
        url = f"{HOME}{path}"
        found[url] = page_of(listing("sm-listing", url, title, f"<p>{words}</p>"), None)
    days = [(item.url, item.day) for item in live]
    found[f"{HOME}/sitemap.xml"] = Page(
        urlset(days).encode(), "application/xml", modified=published(newest[0].day)
    )
    return found


def archive(items: Iterable[Article], start: str, title: str) -> dict[str, Page]:
    """What stands below `start`: years, the months of a year, the items of a month."""
    months: dict[tuple[int, int], list[Article]] = defaultdict(list)
    for item in newest_first(items):
        if item.day and item.url.startswith(start):
            months[item.day.year, item.day.month].append(item)
    years = sorted({year for year, _ in months}, reverse=True)
    found = {start: list_page(start, title, linked((f"{start}/{year}", str(year)) for year in years))}
    for year in years:
        url = f"{start}/{year}"
        numbers = [number for other, number in months if other == year]
        names = [(f"{url}/{MONTHS[n - 1][:3]}", f"{MONTHS[n - 1].title()} {year}") for n in numbers]
        found[url] = list_page(url, f"{title} {year}", linked(names))
    for (year, number), inside in months.items():
        url = f"{start}/{year}/{MONTHS[number - 1][:3]}"
        rows = "\n".join(map(row, inside))
        found[url] = list_page(url, f"{MONTHS[number - 1].title()} {year}", rows, inside[0].day)
    return found


def list_page(url: str, title: str, rows: str, day: date | None = None) -> Page:
    return page_of(listing("sm-listing", url, title, rows), day)


def linked(found: Iterable[tuple[str, str]]) -> str:
    """A list of links within the site."""
    rows = (f'<li><a href="{url.removeprefix(HOME)}">{escape(words)}</a></li>' for url, words in found)
    return '<ul class="arkiv">\n' + "\n".join(rows) + "\n</ul>"


def row(item: Article) -> str:
    """A release in its month: date, title, teaser; one of them also under the other host."""
    path = item.url.removeprefix(HOME)
    link = f'<a href="{path}">{escape(item.title)}</a>'
    if BOTH in path:
        link += f' <a class="billede" href="https://www.sm.dk{path}"><img src="/media/1/b.jpg" alt=""></a>'
    time = f'<time datetime="{item.day}">{dashed(item.day)}</time>' if item.day else ""
    return f'<article class="liste__punkt">{time}<h2>{link}</h2><p>{teaser(item)}</p></article>'
