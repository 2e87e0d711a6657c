"""Danish numerals to numbers."""

import re
from collections.abc import Mapping
from decimal import Decimal

HUNDREDS = re.compile(r"(?P<hundreds>.*?)\s?hundrede(?:\s?(?:og\s?)?(?P<rest>.+))?")
ONES_AND_TENS = re.compile(r"(?P<ones>[a-zé]+)og(?P<tens>[a-z]+)")


def read_decimal(text: str) -> Decimal:
    """Read a Danish numeral: '.' groups thousands, ',' is the decimal sign, ½ a half.

    >>> read_decimal("1.166,2"), read_decimal("1, 1"), read_decimal("53½")
    (Decimal('1166.2'), Decimal('1.1'), Decimal('53.5'))
    """
    plain = "".join(text.split()).replace(".", "").replace(",", ".")
    if plain.endswith("½"):
        return Decimal(plain[:-1] or "0") + Decimal("0.5")
    return Decimal(plain)


def read_words(words: str, worth: Mapping[str, object]) -> int:
    """Read a numeral in words below a thousand; KeyError for a word that `worth` does not know.

    >>> read_words("enogtyve", {"en": 1, "tyve": 20}), read_words("to hundrede og en", {"to": 2, "en": 1})
    (21, 201)
    """
    if words in worth:
        return int(str(worth[words]))
    if parts := HUNDREDS.fullmatch(words):
        hundreds, rest = parts["hundreds"], parts["rest"]
        return 100 * (read_words(hundreds, worth) if hundreds else 1) + (
            read_words(rest, worth) if rest else 0
        )
    if parts := ONES_AND_TENS.fullmatch(words):
        return read_words(parts["tens"], worth) + read_words(parts["ones"], worth)
    raise KeyError(words)
