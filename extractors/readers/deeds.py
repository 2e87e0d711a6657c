"""What the clauses of a sentence do: 'Desuden bliver der oprettet en rådgivning', 'Forløbet X modnes'.

A main clause has one finite verb in second place. What stands before it is the subject or an
adverbial; after an adverbial the subject follows the verb. So the place of the finite verb tells on
which side of it the thing stands that the verb is about, whatever the verb.
"""

from collections.abc import Iterator, Sequence
from re import Match

from extractors.readers.objects import Part, fits, read_objects, title_of
from extractors.rules import load_rules

TABLE = load_rules("deeds")
PROSE = load_rules("prose")
FOLLOWING = 14  # characters after a verb that may belong to it
NOT = 6  # characters after a verb for the word that denies it
SHORTEST, LONGEST = 8, 110  # characters of a subject
STRONGER = frozenset({"raised", "raises"})  # a general aim where no money goes with it
PASSIVE = frozenset({"done", "raised", "made", "goes"})

RULE = "deeds/verb"

Found = tuple[Part, str]


def read_deeds(words: str, paid: bool, strange: Sequence[int] = ()) -> Iterator[Found]:
    """The things that the clauses of a sentence start, spread, try or go on with; where the sentence
    has a sum (`paid`), also what they strengthen. Clauses with a sum of something else, which stands
    at a `strange` place, tell of that."""
    starts = [0, *(match.end() for match in TABLE.rule("next clause").pattern.finditer(words))]
    for start, end in zip(starts, [*starts[1:], len(words)], strict=True):
        if end > start and not any(start <= place < end for place in strange):
            yield from read_clause(words, start, end, paid)


def read_clause(words: str, start: int, end: int, paid: bool) -> Iterator[Found]:
    for verb in TABLE.rule("verb").pattern.finditer(words, start, end):
        kind = str(verb.lastgroup)
        if (kind in STRONGER and not paid) or undone(words, verb):
            continue
        if kind in PASSIVE:
            yield from of_passive(words, start, verb, paid)
        elif kind == "comes":
            yield from of_coming(words, start, verb)
        else:
            yield from of_active(words, start, verb)


def undone(words: str, verb: Match[str]) -> bool:
    """Is it not done, or was it done before, or does somebody only wish for it?"""
    colon = max(words.rfind(": ", 0, verb.start()), 0)
    wished = colon and TABLE.rule("wishes").pattern.search(words[:colon])
    return bool(PROSE.rule("not ours").pattern.search(words, 0 if wished else colon, verb.end() + NOT))


def of_passive(words: str, start: int, verb: Match[str], paid: bool) -> Iterator[Found]:
    """The subject of a passive: before the finite verb, between it and the participle, or after both."""
    finite = TABLE.rule("auxiliary").pattern.search(words, start, verb.start())
    if verb.lastgroup == "made" and not finite:
        return
    first = finite.start() if finite else verb.start()
    if not TABLE.rule("opening").pattern.match(words[start:first]):
        yield from subject(words, Part(start, first, predicate(words, verb)), paid)
    elif finite and not blank(words[finite.end() : verb.start()]):
        yield from subject(words, Part(finite.end(), verb.start(), predicate(words, verb)), paid)
    else:
        yield from objects(words, verb.end(), verb[0])


def of_coming(words: str, start: int, verb: Match[str]) -> Iterator[Found]:
    """'Herefter følger en opkvalificering af …': what comes is new, and stands after the verb."""
    before = words[start : verb.start()]
    opens = before.strip() and TABLE.rule("opening").pattern.match(before)
    if opens and TABLE.rule("new thing").pattern.match(words[verb.end() :]):
        yield from objects(words, verb.end(), verb[0])


def of_active(words: str, start: int, verb: Match[str]) -> Iterator[Found]:
    """What those who made the agreement, or the money, do to something."""
    after = TABLE.rule("giver after").pattern.match(words[verb.end() :])
    if after and TABLE.rule("opening").pattern.match(words[start : verb.start()]):
        yield from objects(words, verb.end() + after.end(), verb[0])
    elif TABLE.rule("giver").pattern.search(words[start : verb.start()]):
        yield from objects(words, verb.end(), verb[0])


def subject(words: str, part: Part, paid: bool) -> Iterator[Found]:
    """The title that a subject is, if it says what it is; one word is enough where a sum tells of it."""
    start = past_asides(words, part.start)
    comma = words.find(",", start, part.end)
    end = comma if comma >= 0 else part.end
    title = title_of(words, Part(start, end))
    if title is None or TABLE.rule("no subject").pattern.search(words[start:end].rstrip()):
        return
    named = words[title.start : title.end]
    whole = fully(words, start, title)
    if not whole and paid:
        whole = bool(TABLE.rule("one thing").pattern.match(named)) and fits(words, title)
    if SHORTEST <= len(named) <= LONGEST and whole:
        yield Part(title.start, title.end, part.told), RULE


def objects(words: str, start: int, verb: str) -> Iterator[Found]:
    """The titles after a verb."""
    start = past_asides(words, start)
    if TABLE.rule("no subject").pattern.search(words[start : start + LONGEST]):
        return
    for part in read_objects(words, start):
        if fully(words, start, part):
            yield done_to(words, part, verb), RULE


def done_to(words: str, part: Part, verb: str) -> Part:
    """A title with the verb of its clause, or with its own: 'afprøve en model og udvikle en indgang'."""
    own = TABLE.rule("verb").pattern.match(words, part.start, part.end)
    if own and own.lastgroup == "do" and (title := title_of(words, Part(own.end() + 1, part.end))):
        return Part(title.start, title.end, f"{own[0]} {part.told}")
    return Part(part.start, part.end, f"{verb} {part.told}")


def predicate(words: str, verb: Match[str]) -> str:
    """A verb with what may belong to it: 'prøvet af', 'går videre til afprøvning'."""
    return words[verb.start() : verb.end() + FOLLOWING].partition(",")[0]


def past_asides(words: str, start: int) -> int:
    """Where the small words after a verb end."""
    while start < len(words) and words[start].isspace():
        start += 1
    aside = TABLE.rule("asides").pattern.match(words[start:])
    return past_asides(words, start + aside.end()) if aside and aside[0] else start


def fully(words: str, start: int, title: Part) -> bool:
    """Does a title say what it is, so that a reader knows it outside of its sentence?"""
    said = words[max(start, title.start - len("flere ")) : title.end]
    return fits(words, title) and bool(TABLE.rule("said fully").pattern.search(said))


def blank(words: str) -> bool:
    """Are there only small words?"""
    return not TABLE.rule("asides").pattern.sub("", words.strip() + " ").strip()
