"""Lines that are one: hyphens at their ends, and what goes on over the end of a line. No PDF library here."""

import re
from functools import reduce

SOFT = "\u00ad"
APART = re.compile(r"(?:og|eller|samt|og/eller|til|/)\b", re.I)  # "børne- og ungeområdet"
LONGEST_WORD = 100  # letters; what stands before the last word need not be searched
LAST_PART = re.compile(r"([^\s/-]*)-$")


def join_lines(lines: list[str]) -> str:
    """
    >>> join_lines(["sund-", "heds- og ældre-", "området, børne-", "og ungeområdet"])
    'sundheds- og ældreområdet, børne- og ungeområdet'
    >>> join_lines(["UIP-", "midler i 2020-", "2023, Nord-", "Sydlinjen"])
    'UIP-midler i 2020-2023, Nord-Sydlinjen'
    """
    return reduce(join, lines, "")


def join(before: str, after: str) -> str:
    """Two pieces of text with what belongs between them."""
    before, after = before.rstrip(" "), after.strip(" ")
    if not before or not after:
        return before or after
    if before.endswith(SOFT):
        return before.rstrip(SOFT) + after
    part = LAST_PART.search(before[-LONGEST_WORD:])
    if part is None or not part[1] or (APART.match(after) and part[1].isalpha()):
        return f"{before} {after}"
    return before[:-1] + after if is_cut(part[1], after) else before + after


def is_cut(part: str, after: str) -> bool:
    """Was the hyphen put in where the line ended, and is it no part of the word?

    >>> is_cut("sund", "heds"), is_cut("UIP", "midler"), is_cut("2019", "pl"), is_cut("Nord", "Syd")
    (True, False, False, False)
    """
    abbreviated = len(part) > 1 and part.isupper()
    return part.isalpha() and not abbreviated and after[0].islower()
