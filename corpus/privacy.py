"""Telephone numbers, e-mail addresses and CPR-like numbers, masked character for character.

The offsets of everything else stay true, and no private number is ever stored.
"""

import re

PRIVATE = re.compile(
    r"""
    (?<![\w.+-])[\w.+-]+(?:@|\(at\))[\w-]+(?:\.[\w-]+)+
    # DDMMYY-NNNN, unless a word says that it is the number of a case
    | (?<![\d.,-])(?<!sagsnr\.\ )(?<!journalnr\.\ )(?<!nr\.\ )
      (?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d\d[-\ ]?\d{4}(?![\d-])
    # after a word or sign that announces a telephone
    | (?:(?<=\btlf)|(?<=\btel)|(?<=telefon)|(?<=mobil)|(?<=telefonnummer)|(?<=mobilnummer)
        |(?<=telefonnr)|(?<=tlf\.nr))
      \.?\s{0,3}:?\s{0,3}(?:(?:\+|00)\s?45|\(\+45\))?\s{0,3}\d(?:[\ -]?\d){7}(?!\d)
    | (?:\+\s?45|\(\+45\)|\b0045)\s{0,3}\d(?:[\ -]?\d){7}(?!\d)
    # alone, in the two ways numbers are written; none begins with 0 or 1, no noun or unit follows
    | (?<![\d.,-])(?<!\d\ )[2-9]\d(?P<part>[\ -])\d\d(?P=part)\d\d(?P=part)\d\d(?![.,-]?\d|\ \d|\ ?[%a-zæøå|])
    | (?<![\d.,-])(?<!\d\ )(?!20\d\d\ (?:19|20)\d\d)[2-9]\d{3}\ {1,2}\d{4}(?![.,-]?\d|\ \d|\ ?[%a-zæøå|])
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
