"""What a person typed into a cell of a spreadsheet, as a value of a column. Pure."""

import re
import unicodedata
from datetime import date

from output.table import Column, Value

INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
TYPED = str.maketrans("–—‑−“”„»«’‘", '----"""""\'\'')
DAY = re.compile(r"(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{4})(?: 00[:.]00(?:[:.]00)?)?")
ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T]00:00(?::00)?)?")
WHOLE = re.compile(r"-?(?:\d{1,3}(?:[. ']\d{3})+|\d{1,3}(?:,\d{3}){2,}|\d+)(?:,0{1,2})?")
CURRENCY = re.compile(r"^(?:kr\.?|DKK)\s*|\s*(?:kr\.?|DKK|,-)$", re.I)
SHARE = re.compile(r"(\d+(?:[.,]\d+)?)\s*(%?)")
SHORTENED = re.compile(r"-?\d+(?:[.,]\d+)?E[+-]?\d+", re.I)
FORMULA = re.compile(r"=|#[\w/]+[!?]?$|#+$")
ESCAPED = re.compile(r"'+(?=[=+\-–—@])")  # what the export puts before a text that looks like a formula


class NoValueError(ValueError):
    """A cell holds nothing that its column can take; the message says what to write."""


def clean(cell: str) -> str:
    """One line in composed letters, without what cannot be seen.

    >>> clean(" A\u030aben\u00a0 Dialog\\n ")
    'Åben Dialog'
    """
    return " ".join(unicodedata.normalize("NFC", cell).translate(INVISIBLE).split())


def plain(cell: str) -> str:
    """The text that a cell means: the export's apostrophe before '=' or '-' is none of it."""
    return ESCAPED.sub("", cell, count=1) if ESCAPED.match(cell) else cell


def same_words(one: str, other: str) -> bool:
    """Are these the same words, whatever spaces, dashes and quotation marks a spreadsheet made of them?

    >>> same_words("142\u00a0mio. kr. – “nu”", '142 mio. kr. - "nu"')
    True
    """
    return typed(one) == typed(other)


def typed(words: str) -> str:
    """Words as a plain keyboard types them, to compare them."""
    return clean(plain(clean(words))).translate(TYPED)


def words_pattern(words: str) -> re.Pattern[str]:
    """Finds words in a text, whatever its spaces and line breaks."""
    return re.compile(r"\s+".join(map(re.escape, plain(words).split())))


def read_value(cell: str, column: Column) -> Value:
    """A cell as a value of this column; an empty cell is no value.

    Raises NoValueError, with what to write instead.
    """
    text = plain(cell)
    if not text:
        if "NOT NULL" in column.sql:
            raise NoValueError(f"{column.name} may not be empty")
        return None
    if FORMULA.match(cell):
        raise NoValueError(f"{cell!r} is a formula or its error; write the value itself")
    if words := vocabulary(column):
        return read_word(text, words)
    if "date(" in column.sql:
        return read_day(text)
    kind = column.sql.split()[0]
    return read_whole(text) if kind == "INTEGER" else read_share(text) if kind == "REAL" else text


def vocabulary(column: Column) -> list[str]:
    """The words that a column may hold; none if it is free.

    >>> vocabulary(Column("per", "TEXT CHECK (per IN ('total', 'year'))", ""))
    ['total', 'year']
    """
    found = re.search(r" IN \((.*)\)\)", column.sql)
    return re.findall(r"'([^']*)'", found[1]) if found else []


def read_word(text: str, words: list[str]) -> str:
    for word in words:
        if word.casefold() == text.casefold():
            return word
    raise NoValueError(f"{text!r} is none of: {', '.join(words)}")


def read_day(text: str) -> str:
    """A day, ISO or as a Danish spreadsheet writes it: the day first.

    >>> read_day("02-11-2021"), read_day("2021-11-02 00:00:00")
    ('2021-11-02', '2021-11-02')
    """
    iso, danish = ISO_DAY.fullmatch(text), DAY.fullmatch(text)
    parts = iso.groups() if iso else danish.groups()[::-1] if danish else ()
    try:
        year, month, day = map(int, parts)
        return date(year, month, day).isoformat()
    except ValueError:
        raise NoValueError(f"{text!r} is no day; write it as 2021-11-02 or 02-11-2021") from None


def read_whole(text: str) -> int:
    """A whole number, with or without dots between the thousands.

    >>> read_whole("1.400.000"), read_whole("1 400 000,00 kr."), read_whole("2022")
    (1400000, 1400000, 2022)
    """
    number = CURRENCY.sub("", text)
    if WHOLE.fullmatch(number):
        return int(re.sub(r"[. ',]", "", re.sub(r",0{1,2}$", "", number)))
    if SHORTENED.fullmatch(number):
        raise NoValueError(f"the spreadsheet shortened {text!r}; make the cell text and write all digits")
    raise NoValueError(f"{text!r} is no whole number; write 1400000 or 1.400.000, without words")


def read_share(text: str) -> float:
    """A share from 0 to 1, or in per cent.

    >>> read_share("0,5"), read_share("50 %")
    (0.5, 0.5)
    """
    found = SHARE.fullmatch(text)
    if not found:
        raise NoValueError(f"{text!r} is no number; write 0,5 or 50 %")
    number = float(found[1].replace(",", "."))
    return number / 100 if found[2] else number
