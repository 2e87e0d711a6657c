"""Readable, stable ids out of Danish words."""

import hashlib
import re

STEM = 8  # letters by which a long word is known
LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "é": "e", "ü": "u", "ö": "oe", "ä": "ae"})


def slug(text: str, words: int = 8) -> str:
    """Lower-case words joined by hyphens, the first `words` of them.

    >>> slug("Aftale fordeler 142 millioner kroner på området", 4)
    'aftale-fordeler-142-millioner'
    >>> slug("…")
    'x'
    """
    plain = text.lower().translate(LETTERS)
    return "-".join(re.findall(r"[a-z0-9]+", plain)[:words]) or "x"


def name_id(name: str) -> str:
    """The id of a person, party, organisation, method or target group: all words of its name."""
    return slug(name, words=12)


def digest(text: str, length: int = 64) -> str:
    """The first `length` hexadecimal digits of the SHA-256 of the text."""
    return hashlib.sha256(text.encode()).hexdigest()[:length]


def stems(text: str) -> frozenset[str]:
    """The beginnings of a text's long words, which name things: the same in most of their forms.

    >>> sorted(stems("Varmestuerne og lommepengejob til unge"))
    ['lommepen', 'varmestu']
    """
    return frozenset(word[:STEM] for word in fold(text).split() if len(word) >= STEM)


def fold(text: str) -> str:
    """Case, punctuation and spaces away: what two spellings of a title have in common.

    >>> fold("Åben  Dialog – til unge.")
    'åben dialog til unge'
    """
    return " ".join(re.findall(r"\w+", text.casefold()))
