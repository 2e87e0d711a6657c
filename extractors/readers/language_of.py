"""Which language a text is written in: Danish, or one of those that turn up beside it."""

import re

from extractors.rules import load_rules

UNKNOWN = "und"  # ISO 639-2: undetermined
MANY_WORDS = 60  # a text this long in Danish has more small words than this share
LEAST_SHARE = 0.12
ENOUGH_WORDS = 12  # of fewer small words nothing can be told; then it counts as Danish
LONGEST = 20_000  # characters that are looked at
WORD = re.compile(r"[a-zæøåäöüß]+")


def language_of(text: str) -> str:
    """The ISO 639-1 code of the language whose small words are most at home in the text.

    >>> language_of("Regeringen og partierne er enige om, at der skal afsættes penge til børn.")
    'da'
    >>> language_of("The government has agreed that the money is for the children of the town " * 3)
    'en'
    """
    words = WORD.findall(text[:LONGEST].lower())
    points = {
        language: sum(float(worth[word]) for word in words if word in worth)
        for language, worth in load_rules("languages").values.items()
    }
    best = max(points, key=lambda language: (points[language], language == "da"))
    if points[best] >= ENOUGH_WORDS and (best != "da" or points["da"] >= len(words) * LEAST_SHARE):
        return best
    return UNKNOWN if len(words) >= MANY_WORDS else "da"
