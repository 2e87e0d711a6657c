"""What stands after 'går til' or 'der etableres': one title, or several joined by commas and 'og'."""

from collections.abc import Iterator
from dataclasses import dataclass

from extractors.rules import load_rules

TABLE = load_rules("prose")
LONGEST_OBJECTS = 600  # characters of all the objects of one verb
SHORTEST, LONGEST = 8, 170  # characters of a title


@dataclass(frozen=True, slots=True)
class Part:
    """A title in a sentence, by its characters, and what the sentence goes on to tell of it."""

    start: int
    end: int
    told: str = ""


def read_objects(words: str, start: int, least: int = SHORTEST) -> list[Part]:
    """The titles among the objects that begin at a place of a sentence."""
    most = min(len(words), start + LONGEST_OBJECTS)
    stop = TABLE.rule("stop").pattern.search(words, start, most)
    end = stop.start() if stop else most
    parts = [title for part in split(words, start, end) if (title := title_of(words, part))]
    if parts and not fits(words, parts[0]):  # 'mennesker på botilbud, herberger og væresteder'
        return []
    return [part for part in parts if least <= part.end - part.start <= LONGEST and fits(words, part)]


def fits(words: str, part: Part) -> bool:
    return not TABLE.rule("no object").pattern.search(words[part.start : part.end])


def split(words: str, start: int, end: int) -> Iterator[Part]:
    """The objects: between commas, and between those of the words 'og' that part them."""
    pieces = list(at_commas(words, start, end))
    for n, piece in enumerate(pieces):
        last = n == len(pieces) - 1 and n > 0
        yield from at_and(words, piece, last)


def at_commas(words: str, start: int, end: int) -> Iterator[Part]:
    """The objects between commas; a clause that tells of the one before is not one itself."""
    current = Part(start, start)
    place = start
    for comma in [*TABLE.rule("comma").pattern.finditer(words, start, end), None]:
        stop = comma.start() if comma else end
        piece = words[place:stop]
        if place > start and TABLE.rule("clause").pattern.search(piece) and not more(piece):
            current = Part(current.start, stop, current.told)
        elif place > start and more(piece):
            current = with_clause(words, current, Part(place, stop))
        else:
            if current.end > current.start:
                yield current
            current = Part(place, stop)
        place = comma.end() if comma else end
    if current.end > current.start:
        yield current


def more(piece: str) -> bool:
    """Does a piece after a comma tell more about the one before?"""
    return bool(TABLE.rule("about the last").pattern.match(piece))


def with_clause(words: str, part: Part, clause: Part) -> Part:
    """A part with a clause about it: of the title where it says whom or which, else told."""
    told = f"{part.told} {words[clause.start : clause.end]}"
    named = words[part.start : part.end]
    people = TABLE.rule("people").pattern.search(named) or TABLE.rule("bare").pattern.match(named)
    which = words[clause.start : clause.start + 3] in {"der", "som", "hvo", "hvi"} and not part.told
    which = which and not TABLE.rule("of the thing").pattern.match(words[clause.start : clause.end])
    return Part(part.start, clause.end if people and which else part.end, told)


def at_and(words: str, part: Part, last: bool) -> Iterator[Part]:
    """A part, parted again where an 'og' begins a new object; in the last of several one always may."""
    cuts = [m.span() for m in TABLE.rule("and").pattern.finditer(words, part.start, part.end)]
    if last and not cuts:
        cuts = [m.span() for m in TABLE.rule("last and").pattern.finditer(words, part.start, part.end)][-1:]
    place = part.start
    for start, end in cuts:
        yield Part(place, start)
        place = end
    yield Part(place, part.end, part.told)


def title_of(words: str, part: Part) -> Part | None:
    """A part without the words around its title."""
    lead = TABLE.rule("lead-in").pattern.match(words[part.start : part.end])
    start = part.start + (lead.end() if lead else 0)
    title = words[start : part.end]
    if tail := TABLE.rule("tail").pattern.search(title):
        title = title[: tail.start()]
    told = f"{words[part.start : start]} {words[start + len(title) : part.end]} {part.told}"
    title = title.rstrip(" \t\n,.;)")
    return Part(start, start + len(title), told) if title else None
