"""Ministries and agencies under the names they had on a day."""

import re
from datetime import date

from extractors.layout import Layout
from extractors.rules import load_rules

TABLE = load_rules("bibliography")
LOOK_BACK = 60  # characters before a minister's title
AREAS = ("of social affairs", "of health", "of the old", "of schools")


def minister_offices(layout: Layout, day: date | None) -> list[str]:
    """The ministries of the ministers that the text names, without those who were it before."""
    found: list[tuple[int, str]] = []
    text = layout.document.text
    for rule in ("minister", "minister for"):
        for match in layout.reading.matches(TABLE.rule(rule)):
            before = text[max(0, match.start() - LOOK_BACK) : match.start()]
            if not TABLE.rule("former").pattern.search(before):
                form = str(TABLE.rule(rule).value)
                found.append((match.start(), office_then(match["title"], form, day)))
    return [name for _, name in sorted(found)]


def office_then(title: str, form: str, day: date | None) -> str:
    """The ministry of a minister on a day: an elder minister had none of her own in 2023.

    >>> office_then("social- og bolig", "{}ministeriet", date(2023, 5, 1))
    'Social-, Bolig- og Ældreministeriet'
    >>> office_then("social- og bolig", "{}ministeriet", None)
    'Social- og Boligministeriet'
    """
    name = office_of(title, form)
    areas = [str(TABLE.rule(area).value) for area in AREAS if TABLE.rule(area).pattern.search(title)]
    then = [office for area in areas if (office := then_called(area, day))]
    return name if name in then or not then else then[0]


def office_of(title: str, form: str) -> str:
    """The name of a ministry by its minister's.

    >>> office_of("social- og indenrigs", "{}ministeriet")
    'Social- og Indenrigsministeriet'
    """
    return form.format(re.sub(r"(?<![\wæøå])(?!og\b)[a-zæøå]", lambda m: m[0].upper(), title))


def then_called(area: str, day: date | None) -> str | None:
    """The ministry of an area on a day; None before the first that is known."""
    if day is None:
        return None
    since = [
        (date.fromisoformat(at), name)
        for name, days in TABLE.values[area].items()
        for at in str(days).split()
    ]
    return max(((at, name) for at, name in since if at <= day), default=(day, None))[1]


def social_agency(day: date | None) -> str | None:
    """The agency of social affairs, under the name it had on a day."""
    if day is None:
        return None
    names = TABLE.values["last_day"]
    return next((name for name, last in names.items() if day <= date.fromisoformat(str(last))), None)
