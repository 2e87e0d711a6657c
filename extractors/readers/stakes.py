"""What the money makes possible: 'Partierne går sammen om en hjælpelinje', '10 mio. kr. skal sikre …'.

Some sentences name a thing without a verb of giving beside it, and some leave the sum to the sentence
after them: 'Rådgivningen fortsætter. Det koster 12 mio. kr.'
"""

from collections.abc import Iterator

from extractors.readers.deeds import fully
from extractors.readers.objects import Part, fits, read_objects, title_of, with_clause
from extractors.rules import Rule, load_rules

TABLE = load_rules("stakes")
PROSE = load_rules("prose")
SUBJECTS = load_rules("deeds")
RULES = tuple(rule for rule in TABLE.rules if rule.value in {"follows", "follows if paid", "before"})
LONGEST_BEFORE = 300  # characters before a title that say whether it will be done
SHORT, SHORTEST = 4, 8  # characters of a title where a sum tells of it, and elsewhere

Found = tuple[Part, str]


def read_stakes(words: str, paid: bool) -> Iterator[Found]:
    """The titles of a sentence; `paid` where it or the next one names a sum."""
    for rule in RULES:
        if paid or rule.value == "follows":
            yield from found_by(rule, words, paid)


def found_by(rule: Rule, words: str, paid: bool) -> Iterator[Found]:
    for match in rule.pattern.finditer(words):
        end = match.end("title") if rule.value == "before" else match.end()
        if PROSE.rule("not ours").pattern.search(words, max(0, end - LONGEST_BEFORE), end):
            continue
        if rule.value == "before":
            title = title_of(words, Part(*match.span("title")))
            parts = [whole(words, title)] if title and fits(words, title) else []
        else:
            parts = read_objects(words, end, SHORT if paid else SHORTEST)
        for part in parts:
            if rule.value == "before" or paid or fully(words, end, part):
                yield part, f"stakes/{rule.name}"


def whole(words: str, title: Part) -> Part:
    """A title with the clause between commas that says whom it is for: 'hjælp til mænd, der …, får'."""
    comma = words[title.end : title.end + 2] == ", "
    end = words.find(",", title.end + 1) if comma else -1
    return with_clause(words, title, Part(title.end + 2, end)) if end > 0 else title


def without_lead(words: str, part: Part) -> Part:
    """A title without 'antallet af' and the like."""
    lead = TABLE.rule("lead-in").pattern.match(words[part.start : part.end])
    return Part(part.start + lead.end(), part.end, part.told) if lead else part


def pointed_at(words: str, priced: bool) -> Iterator[Found]:
    """What the clause before a sum names, where the sum's own clause only points back at it."""
    back = TABLE.rule("points back").pattern.search(words)
    end = back.start() if back else len(words)
    if not (back or priced) or PROSE.rule("not ours").pattern.search(words, 0, end):
        return
    for match in TABLE.rule("new thing").pattern.finditer(words, 0, end):
        for part in read_objects(words[:end], match.start(), SHORT)[:1]:
            yield part, "stakes/points back"
            return
    finite = TABLE.rule("finite").pattern.search(words, 0, end)
    title = title_of(words, Part(0, finite.start())) if finite else None
    if title and fully(words, 0, title) and not is_other(words, title):
        yield title, "stakes/points back"


def is_other(words: str, title: Part) -> bool:
    """Is a subject somebody, or what was named before, rather than a thing?"""
    named = words[title.start : title.end]
    return bool(
        SUBJECTS.rule("no subject").pattern.search(words[: title.end])
        or SUBJECTS.rule("opening").pattern.match(words[: title.end])
        or PROSE.rule("recipient").pattern.search(named)
        or PROSE.rule("people").pattern.search(named)
    )


def is_priced(following: str) -> bool:
    """Does the next sentence name the sum that goes to the thing of this one?"""
    return bool(TABLE.rule("priced").pattern.match(following))
