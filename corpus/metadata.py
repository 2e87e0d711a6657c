"""What a page says of itself outside its text: publisher and day of publication. No HTML here."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
DATE_NAMES = re.compile(
    r"(?:article:|og:|dc\.|dcterms\.)?"
    r"(?:published_time|date(?:\.(?:issued|created))?|issued|publish-?date|pubdate|created)",
    re.I,
)
PUBLISHER_NAMES = re.compile(
    r"og:site_name|dc\.(?:creator|publisher)|dcterms\.publisher|publisher|author", re.I
)
TITLE_PARTS = re.compile(r"\s[|–—-]\s")


def publishers(
    named: Mapping[str, str], objects: Iterable[dict[str, str]], page: str, title: str
) -> Iterator[str]:
    """Who the page says it is from, best first: JSON-LD, meta elements, the rest of <title>."""
    yield from (found["publisher"] for found in objects if found.get("publisher"))
    yield from (value for name, value in named.items() if PUBLISHER_NAMES.fullmatch(name) and value)
    for part in TITLE_PARTS.split(page):
        if part.strip() and part not in title and title not in part:
            yield part.strip()


def days(named: Mapping[str, str], objects: Iterable[dict[str, str]], times: Iterable[str]) -> Iterator[date]:
    """The days of publication that the page gives for machines, best first."""
    values = [found["published"] for found in objects if "published" in found]
    values += [value for name, value in named.items() if DATE_NAMES.fullmatch(name)]
    for value in [*values, *times]:
        if day := iso_day(value):
            yield day


def linked_data(scripts: Iterable[str]) -> Iterator[dict[str, str]]:
    """publisher and published out of every JSON-LD object of the page."""
    for script in scripts:
        try:
            data = json.loads(script)
        except (ValueError, RecursionError):
            continue
        graph = data.get("@graph", [data]) if isinstance(data, dict) else data
        for item in graph if isinstance(graph, list) else []:
            if isinstance(item, dict):
                publisher = item.get("publisher")
                name = publisher.get("name") if isinstance(publisher, dict) else publisher
                found = {"publisher": name, "published": item.get("datePublished")}
                yield {key: value for key, value in found.items() if isinstance(value, str)}


def iso_day(value: str) -> date | None:
    found = ISO_DAY.match(value.strip())
    try:
        return date.fromisoformat(found[0]) if found else None
    except ValueError:
        return None
