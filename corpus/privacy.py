"""Telephone numbers, e-mail addresses and CPR-like numbers, masked character for character.

The offsets of everything else stay true, and no private number is ever stored.
"""

import re

PRIVATE = re.compile(
    r"""
    (?<![\w.+-])(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)
    | (?P<cpr>(?<![\d.,-])\d{6}-\d{4}(?![\d-]))
    | (?:(?<=\btlf)|(?<=\btel)|(?<=telefon)|(?<=mobil)|(?<=nummer))
      \.?\s{0,3}:?\s{0,3}(?:\+\s?45\s{0,3})?\d[\d ]{6,11}\d
    | \+\s?45\s{0,3}\d[\d ]{6,11}\d
    | (?<![\d.,-])(?<!\d\ )\d{2}\ \d{2}\ \d{2}\ \d{2}(?![\d.,-]|\ \d)
    | (?<![\d.,-])(?<!\d\ )(?!(?:19|20)\d\d\ (?:19|20)\d\d)\d{4}\ {1,2}\d{4}(?![\d.,-]|\ \d)
    """,
    re.X | re.I,
)
HIDE = re.compile(r"[\w+]")
MASK = "#"


def mask(text: str) -> str:
    """The text with private numbers and addresses masked; it keeps its length.

    >>> mask("tlf. 41 85 13 60 (modtager ikke sms)")
    'tlf. ## ## ## ## (modtager ikke sms)'
    >>> mask("Skriv til anne.hansen@sm.dk om 2019 2020 og § 15.75.06.10")
    'Skriv til ####.######@##.## om 2019 2020 og § 15.75.06.10'
    """
    while (masked := PRIVATE.sub(lambda found: HIDE.sub(MASK, found[0]), text)) != text:
        text = masked  # a number next to a masked one shows only now
    return masked
