"""Which of the two areas some words name: adults, or children and young people."""

from extractors.facts import Area
from extractors.layout import Layout
from extractors.rules import load_rules

TABLE = load_rules("areas")
OPENING = 3000  # characters in which a document says whose programme it is about


def names(rule: str, words: str) -> bool:
    return bool(TABLE.rule(rule).pattern.search(words))


def area_of(words: str) -> Area | None:
    """The area that a heading or an introduction names; None where it names both or none."""
    adults, children = names("adults", words), names("children", words)
    if adults == children or names("all ages", words):
        return None
    return "voksne" if adults else "børn og unge"


def area_of_sentence(words: str) -> Area | None:
    """The area in a title or sentence, where only the words for the programmes' areas count."""
    if names("adults' programme", words):
        return "voksne"
    return "børn og unge" if names("children's programme", words) else None


def area_of_programme(layout: Layout) -> Area | None:
    """The area of a document about one of the two programmes: title and lead say whose."""
    top = layout.document.title + " " + (layout.words(layout.lead) if layout.lead else "")
    opening = layout.document.text[:OPENING]
    if names("both programmes", top + opening):
        return None
    if names("speaks of children", top):
        return None if names("speaks of adults", top) else "børn og unge"
    return "voksne" if names("speaks of adults", opening) else None


def area_of_origin(layout: Layout) -> Area | None:
    """The area of the programme that the page of a pool or project says it comes from."""
    found = {
        area_of_sentence(match["area"]) for match in layout.reading.matches(TABLE.rule("of the programme"))
    }
    return found.pop() if len(found) == 1 else None
