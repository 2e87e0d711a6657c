"""Danish numerals to numbers."""

from decimal import Decimal


def read_decimal(text: str) -> Decimal:
    """Read a Danish numeral: '.' groups thousands, ',' is the decimal sign, ½ a half.

    >>> read_decimal("1.166,2"), read_decimal("1, 1"), read_decimal("53½")
    (Decimal('1166.2'), Decimal('1.1'), Decimal('53.5'))
    """
    plain = "".join(text.split()).replace(".", "").replace(",", ".")
    if plain.endswith("½"):
        return Decimal(plain[:-1] or "0") + Decimal("0.5")
    return Decimal(plain)
