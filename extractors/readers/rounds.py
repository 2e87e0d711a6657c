"""Which round of a programme a document names: this year's, an earlier one, or the source of its money."""

import re
from datetime import date

from extractors.layout import Layout
from extractors.readers.relative_dates import MID_YEAR
from extractors.rules import load_rules

TABLE = load_rules("agreements")


def begins(published: date | None) -> int | None:
    """The first year of what is agreed on a day: the next one from the second half of the year on. What
    is agreed in June comes late, and is for the year that runs: the programmes for 2023 were."""
    return published.year + (published.month > MID_YEAR) if published else None


def is_past_round(layout: Layout, end: int, published: date | None) -> bool:
    """Is the programme that was just named the one of a year that has begun: 'reserven for 2021'?"""
    match = TABLE.rule("of a year").pattern.match(layout.document.text, end)
    first = begins(published)
    return bool(match and first and int(match["year"]) < first)


def is_source(layout: Layout, programme: re.Match[str], published: date | None) -> bool:
    """Is a finance act named as where money was put aside: 'de midler, der er afsat på finansloven'? An
    agreement that shares out such money is one of its own, and most so where the act was an earlier
    year's."""
    if TABLE.rule("finance act").pattern.fullmatch(programme[0]) is None:
        return False
    sentence = layout.sentence_at(programme.start())
    before = sentence.text[: programme.start() - sentence.span.start]
    source = TABLE.rule("set aside before").pattern.search(before)
    return bool(source) or is_past_round(layout, programme.end(), published)
