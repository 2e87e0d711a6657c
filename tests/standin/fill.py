"""Articles put into the templates of the sites, and lists of them."""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from email.utils import format_datetime
from functools import cache
from html import escape
from pathlib import Path
from string import Template
from urllib.parse import urlsplit

from tests.standin.articles import MONTHS, Article, dashed, html, in_words, plain
from tests.standin.page import HTML, LONG_AGO, Page, Validators

TEMPLATES = Path(__file__).parent / "templates"
MINISTRIES = (  # the last day on which the ministry had this name
    (date(2016, 11, 28), "Social- og Indenrigsministeriet"),
    (date(2019, 6, 26), "Børne- og Socialministeriet"),
    (date(2021, 1, 20), "Social- og Indenrigsministeriet"),
    (date(2022, 12, 14), "Social- og Ældreministeriet"),
    (date(2024, 8, 28), "Social-, Bolig- og Ældreministeriet"),
    (date.max, "Social- og Boligministeriet"),
)
AGENCIES = ((date(2021, 12, 31), "Socialstyrelsen"), (date.max, "Social- og Boligstyrelsen"))


@cache
def template(name: str) -> Template:
    return Template((TEMPLATES / f"{name}.html").read_text(encoding="utf-8"))


def month(day: date) -> str:
    """
    >>> month(date(2020, 10, 1))
    'okt'
    """
    return MONTHS[day.month - 1][:3]


def named_on(day: date, names: tuple[tuple[date, str], ...]) -> str:
    """What an office was called on a day."""
    return next(name for last, name in names if day <= last)


def published(day: date | None) -> datetime:
    """The moment at which a page of that day was last saved."""
    return datetime.combine(day, time(9, 30), UTC) if day else LONG_AGO


def filled(item: Article, related: str = "", **more: str) -> str:
    """An article in its template."""
    day = item.day or LONG_AGO.date()
    names = AGENCIES if item.layout.startswith("sbst") else MINISTRIES
    return template(item.layout).substitute(
        {
            "publisher": named_on(day, names),
            "section": urlsplit(item.url).path.partition(f"/{day.year}/")[0],
            "url": item.url,
            "title": escape(item.title),
            "json_title": json.dumps(item.title, ensure_ascii=False)[1:-1],
            "lead": escape(item.lead),
            "body": html(item.blocks),
            "related": related,
            "iso": day.isoformat(),
            "dashed": dashed(day),
            "dotted": f"{day:%d.%m.%Y}",
            "in_words": in_words(day),
            "year": str(day.year),
            "mmm": month(day),
            "month": MONTHS[day.month - 1],
            **{name: escape(value) for name, value in item.more.items()},
            **more,
        }
    )


def page_of(text: str, day: date | None, validators: Validators = "both") -> Page:
    """A page from its text; one that says it is windows-1252 is, and its header does not say so."""
    old = "charset=windows-1252" in text
    body, media = (text.encode("cp1252"), "text/html") if old else (text.encode(), HTML)
    return Page(body, media, modified=published(day), validators=validators)


def related(item: Article, others: Iterable[Article], number: int = 3) -> str:
    """A list of other articles beside one."""
    chosen = [other for other in others if other.url != item.url and other.day][:number]
    rows = (
        f'<li><a href="{o.url}"><span>{dashed(o.day)}</span> {escape(o.title)}</a></li>'
        for o in chosen
        if o.day
    )
    return "<ul>\n" + "\n".join(rows) + "\n</ul>"


def newest_first(found: Iterable[Article]) -> list[Article]:
    """Articles with a date, the newest first."""
    return sorted((item for item in found if item.day), key=lambda item: (item.day, item.url), reverse=True)


def listing(name: str, url: str, title: str, rows: str, **more: str) -> str:
    """A page of links in the template of that name."""
    return template(name).substitute({"url": url, "title": escape(title), "rows": rows, **more})


def teaser(item: Article) -> str:
    """The start of the lead, as a listing shows it."""
    return escape(plain(item.lead or item.blocks[0]).partition(". ")[0].rstrip(".") + ".")


def rss(site: str, url: str, found: Iterable[Article]) -> Page:
    """The newest articles as RSS 2.0."""
    items = newest_first(found)[:10]
    entries = "".join(
        f"<item><title>{escape(i.title)}</title><link>{i.url}</link><guid>{i.url}</guid>"
        f"<pubDate>{format_datetime(published(i.day), usegmt=True)}</pubDate>"
        f"<description>{teaser(i)}</description></item>\n"
        for i in items
    )
    text = (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel>'
        f"<title>{site}</title><link>{url}</link><description>Nyheder</description>\n{entries}</channel></rss>\n"
    )
    return Page(text.encode(), "application/rss+xml; charset=utf-8", modified=published(items[0].day))


def atom(site: str, url: str, found: Iterable[Article]) -> Page:
    """The newest articles as Atom."""
    items = newest_first(found)[:10]
    entries = "".join(
        f'<entry><title>{escape(i.title)}</title><link rel="alternate" href="{i.url}"/><id>{i.url}</id>'
        f"<updated>{published(i.day).isoformat()}</updated><summary>{teaser(i)}</summary></entry>\n"
        for i in items
    )
    text = (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="da">'
        f'<title>{site}</title><id>{url}</id><link rel="self" href="{url}"/>'
        f"<updated>{published(items[0].day).isoformat()}</updated>\n{entries}</feed>\n"
    )
    return Page(text.encode(), "application/atom+xml; charset=utf-8", modified=published(items[0].day))


def urlset(found: Iterable[tuple[str, date | None]]) -> str:
    """A sitemap of addresses."""
    rows = "".join(
        f"<url><loc>{escape(url)}</loc>" + (f"<lastmod>{day}</lastmod>" if day else "") + "</url>\n"
        for url, day in found
    )
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{space}">\n{rows}</urlset>\n'


def day_after(day: date, days: int = 1) -> date:
    return day + timedelta(days=days)
