"""What a line is by its shape: bullet, attribution, contact line, date line, heading."""

import re
from dataclasses import dataclass, replace

from corpus.document import BlockKind, Span

NAME = r"[A-ZÆØÅ][\w'’.-]*(?: (?:[A-ZÆØÅ][\w'’.-]*|von|van|de|af)){1,4}"
BULLET = re.compile(
    r"(?P<indent>\s*)(?P<marker>[•▪◦‣·*o]|[-–]|\d{1,2}\)|\d{1,2}\.(?=\s+[^a-zæøå\s]))(?P<gap>\s+)(?=\S)"
)
ATTRIBUTION = re.compile(rf"\s*[-–—] ?{NAME}(?:, [^.]{{3,80}}| \(\w+\))?\s*")
CONTACT = re.compile(
    r"\btlf\b|\btelefon(?:nummer)?\b|\bmobil:|pressetelefon|\+45|@[\w#]+\.|"
    r"(?<![\d.,-])\d\d \d\d \d\d \d\d(?!\d)|## ## ## ##|#### {1,2}####|#{8}",
    re.I,
)
DAY = r"(?:\d{1,2}[-./]\d{1,2}[-./ ]\d{4}|\d{1,2}\.? [A-Za-zæøå]{3,9}\.? \d{4}|\d{4}-\d\d-\d\d)"
CLOCK = r"(?:,? (?:kl\. )?\d\d[.:]\d\d.{0,12})?"
DATE_LINE = re.compile(rf"\s*(?:[A-Za-zæøåÆØÅ]+:?[ /]+){{0,3}}{DAY}{CLOCK}\s*", re.I)
SENTENCE_END = re.compile(r"[.!?:;,…][”\"’»)]*\s*$")
# "Bedre psykiatri – 318 mio. kr.": a heading that ends in a figure and its abbreviated unit
WITH_SUM = re.compile(
    r"(?:\d+(?:\.\d+)*\.?\s)?[^.:]{3,90}(?:(?::|\s[–—-])\s|\s?\()(?:[a-zæøå]+\.?\s)?[\d.,]+\s[a-z]{2,5}\.\s?[a-z]{1,3}\.\)?"
)
OPENING = "”“\"»„«'’‘"
CLOSING = re.compile(r"[”“\"»«’][.,]?\s*$")
LONGEST_HEADING = 160
# "Fakta: Hvad er reserven?": one question on a line of its own
QUESTION = re.compile(r"[A-ZÆØÅ][^.!?;,…”\"»]{3,80}\?")
FEW_WORDS = 2  # as a name and a job title have
QUOTE_PARAGRAPHS = 5  # a quotation over more paragraphs than this was never closed


@dataclass(frozen=True, slots=True)
class Draft:
    """A block before it has its place in the text."""

    kind: BlockKind
    text: str
    level: int | None = None
    marker: str | None = None
    bold: bool = False
    row: int | None = None
    column: int | None = None
    page: int | None = None  # from 1, where the source has pages
    gap: bool = True  # an empty line stands before it
    span: Span | None = None  # where it stands, if the text is already there


def is_heading(text: str) -> bool:
    """Short, begins like a title, and does not end like a sentence.

    >>> is_heading("Fakta om UIP"), is_heading("Social- og ældreminister Astrid Krag siger:")
    (True, False)
    """
    text = text.strip()
    begins = text[:1].isupper() or text[:1].isdigit() or text[:1] in OPENING + "§"
    ends = SENTENCE_END.search(text) and not WITH_SUM.fullmatch(text)
    return begins and len(text) <= LONGEST_HEADING and not ends


def line_kind(text: str) -> BlockKind:
    """The kind of a line that has no marker, by its shape alone."""
    if ATTRIBUTION.fullmatch(text):
        return "attribution"
    if CONTACT.search(text) and len(text) <= LONGEST_HEADING * 2:
        return "contact"
    return "paragraph"


def settle(drafts: list[Draft], bold_only: bool = False) -> list[Draft]:
    """Give the drafts the kinds that only neighbours tell: title, date line, headings, quotes.

    With `bold_only` a short line must be bold to be a heading: the page marks its headings itself.
    """
    drafts = [settle_top(drafts, i) for i in range(len(drafts))]
    drafts = [
        settle_heading(drafts, i) if draft.bold or not bold_only else draft for i, draft in enumerate(drafts)
    ]
    return settle_quotes(drafts)


def settle_top(drafts: list[Draft], i: int) -> Draft:
    draft = drafts[i]
    if i == 0:
        return replace(draft, kind="heading", level=1, marker=None)
    if i > QUOTE_PARAGRAPHS or any(len(d.text) >= LONGEST_HEADING for d in drafts[1:i]):
        return draft
    listed = any(near.kind == "list_item" for near in (*drafts[i - 1 : i], *drafts[i + 1 : i + 2]))
    alone = draft.kind == "paragraph" or (draft.kind == "list_item" and not listed)
    if alone and DATE_LINE.fullmatch(draft.text):
        return replace(draft, kind="date_line")
    return draft


def settle_heading(drafts: list[Draft], i: int) -> Draft:
    """A short line without a full stop is a heading if text of another shape follows it."""
    draft = drafts[i]
    following = drafts[i + 1] if i + 1 < len(drafts) else None
    asked = following is not None and following.gap and QUESTION.fullmatch(draft.text) is not None
    if draft.kind != "paragraph" or not draft.gap or not (is_heading(draft.text) or asked):
        return draft
    if following is None or following.kind in {"attribution", "date_line"}:
        return draft
    short = len(draft.text.split()) <= FEW_WORDS and following.kind != "list_item" and not draft.bold
    if short and following.kind == "paragraph" and is_heading(following.text) and not following.gap:
        return draft  # two short lines together: a name and a job title
    return replace(draft, kind="heading", level=draft.level or 2)


def settle_quotes(drafts: list[Draft]) -> list[Draft]:
    """Mark the paragraphs of quotations: between quotation marks, or above an attribution."""
    out = list(drafts)
    opened: int | None = None
    for i, draft in enumerate(out):
        if draft.kind == "attribution":
            start = i - 1 if opened is None else opened
            mark_quotes(out, start, i)
            opened = None
        elif draft.kind == "paragraph" and draft.text[:1] in OPENING:
            opened = i
            if CLOSING.search(draft.text):
                mark_quotes(out, i, i + 1)
        elif opened is not None and (draft.kind != "paragraph" or i - opened > QUOTE_PARAGRAPHS):
            opened = None
    return out


def mark_quotes(drafts: list[Draft], start: int, end: int) -> None:
    for i in range(start, end):
        if drafts[i].kind == "paragraph":
            drafts[i] = replace(drafts[i], kind="quote")
