"""Danish numerals to numbers."""

import re
from collections.abc import Mapping
from decimal import Decimal

POINT = re.compile(r"\d{1,3}\.\d{1,2}")
PARTS = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
DECIMALS = re.compile(r"(.+)\skomma\s(.+)")
THOUSANDS = re.compile(r"(.*?)\s?tusinde?(?:\s?(?:og\s?)?(?P<rest>.+))?")
HUNDREDS = re.compile(r"(.*?)\s?hundrede?(?:\s?(?:og\s?)?(?P<rest>.+))?")
ONES_AND_TENS = re.compile(r"(?P<ones>[a-zé]+)og(?P<tens>[a-z]+)")


def read_decimal(text: str) -> Decimal:
    """Read a Danish numeral: '.' groups thousands, ',' is the decimal sign, ½ a half.

    >>> read_decimal("1.166,2"), read_decimal("1, 1"), read_decimal("53½"), read_decimal("5.3")
    (Decimal('1166.2'), Decimal('1.1'), Decimal('53.5'), Decimal('5.3'))
    """
    plain = "".join(text.replace(" 1/2", "½").split())
    if POINT.fullmatch(plain):  # no group of thousands has one or two figures
        return Decimal(plain)
    plain = plain.replace(".", "").replace(",", ".")
    if plain[-1] in PARTS:
        return Decimal(plain[:-1] or "0") + PARTS[plain[-1]]
    return Decimal(plain)


def read_words(words: str, worth: Mapping[str, object]) -> Decimal:
    """Read a numeral in words below a million; KeyError for a word that `worth` does not know.

    >>> read_words("enogtyve", {"en": 1, "tyve": 20}), read_words("to hundrede og en", {"to": 2, "en": 1})
    (Decimal('21'), Decimal('201'))
    """
    if words in worth:
        return Decimal(str(worth[words]))
    if parts := DECIMALS.fullmatch(words):
        return Decimal(f"{read_words(parts[1], worth)}.{read_words(parts[2], worth)}")
    for power, pattern in ((1000, THOUSANDS), (100, HUNDREDS)):
        if parts := pattern.fullmatch(words):
            count, rest = parts[1], parts["rest"]
            ones = read_words(rest, worth) if rest else Decimal(0)
            return power * (read_words(count, worth) if count else Decimal(1)) + ones
    if parts := ONES_AND_TENS.fullmatch(words):
        return read_words(parts["tens"], worth) + read_words(parts["ones"], worth)
    raise KeyError(words)
