"""The ideas of Danish social policy and their many names, found in a title wherever a compound holds them."""

import tomllib
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

TABLE = tomllib.loads(Path(__file__).with_name("terms.toml").read_text(encoding="utf-8"))
ALONE = frozenset(name.strip() for name in TABLE["alone"]["names"])
WITHIN: dict[str, list[str]] = TABLE["within"]  # wider ideas of an idea: who names it names these too
JOINTS = tuple(sorted(TABLE["joints"], key=len, reverse=True))
OWN_S = tuple(TABLE["own_s"])

GRAM = 3  # letters by which a name is looked up
REST = 5  # letters that the rest of a compound has at least: less is an ending

Ideas = frozenset[str]
Piece = str | Ideas  # a word, or the ideas that stand in place of words


class Name(NamedTuple):
    """A name of ideas: its letters, and whether they begin a word and end one."""

    letters: str
    begins: bool
    ends: bool
    ideas: Ideas


def names_of(kinds: tuple[str, ...]) -> dict[str, list[Name]]:
    """All names of the ideas of these kinds by their first letters, the longest first."""
    ideas: dict[str, set[str]] = defaultdict(set)
    for kind in kinds:
        for idea, names in TABLE[kind].items():
            for name in names:
                ideas[name].update((idea, *WITHIN.get(idea, ())))
    ideas.update((name, ideas[name]) for name in TABLE["alone"]["names"])
    found: dict[str, list[Name]] = defaultdict(list)
    for text, own in ideas.items():
        letters = text.strip()
        name = Name(letters, text.startswith(" "), text.endswith(" "), frozenset(own))
        found[letters[:GRAM]].append(name)
    for same in found.values():
        same.sort(key=lambda name: (-len(name.letters), name))
    return found


NAMES = names_of(("people", "ages", "means", "faint"))


def names_at(text: str, place: int) -> Iterator[Name]:
    """The names that stand at a place of a text with a space at each end, the longest first."""
    for name in NAMES.get(text[place : place + GRAM], ()):
        end = place + len(name.letters)
        if not text.startswith(name.letters, place) or (name.begins and text[place - 1] != " "):
            continue
        if not name.ends or text[end : end + 1] == " ":
            yield name


@lru_cache(maxsize=1 << 14)
def meaning(name: Name) -> Ideas:
    """The ideas of a name and of the names in it: who speaks of voldsramte kvinder speaks of kvinder."""
    if name.letters in ALONE:
        return name.ideas
    text, ideas, place = f" {name.letters} ", name.ideas, 1
    while place < len(text) - 1:
        inside = next((found for found in names_at(text, place) if found.letters != name.letters), None)
        ideas |= meaning(inside) if inside else frozenset()
        place += len(inside.letters) if inside else 1
    return ideas


def pieces(folded: str) -> list[Piece]:
    """The words of a folded title in order, and in place of words the ideas that they name.

    >>> [piece if isinstance(piece, str) else sorted(piece) for piece in pieces("gode misbrugsmiljøer")]
    ['gode', ['misbrug'], 'miljøer']
    """
    text, found, place, start = f" {folded} ", list[Piece](), 1, 1
    while place < len(text) - 1:
        name = next(names_at(text, place), None)
        if name is None:
            place += 1
            continue
        found += between(text, start, place)
        ideas, start = reach(text, place, name)
        found.append(ideas)
        place = start
    return [*found, *between(text, start, len(text))]


def reach(text: str, place: int, name: Name) -> tuple[Ideas, int]:
    """What a name at a place means, with those that begin with its last word, cut short; where they end.

    >>> ideas, end = reach(" ud af prostitution ", 1, Name("ud af pros", True, False, frozenset()))
    >>> "prostitution" in ideas, end
    (True, 15)
    """
    ideas, end = meaning(name), place + len(name.letters)
    while text[end] != " " and (start := text.rfind(" ", place, end) + 1):
        longer = next((found for found in names_at(text, start) if start + len(found.letters) > end), None)
        if longer is None:
            break
        ideas, place, end = ideas | meaning(longer), start, start + len(longer.letters)
    return ideas, end


@lru_cache(maxsize=1 << 10)
def ideas_in(folded: str) -> dict[str, str]:
    """The ideas of a folded title, and the words that first name each.

    >>> ideas_in("hjælp til boligløse")["hjemløshed"]
    'boligløse'
    """
    text, found, place = f" {folded} ", dict[str, str](), 1
    while place < len(text) - 1:
        name = next(names_at(text, place), None)
        end = place + (len(name.letters) if name else 1)
        if name:
            whole = text[text.rindex(" ", 0, place) + 1 : text.index(" ", end)]
            found = {**dict.fromkeys(meaning(name), whole), **found}
        place = end
    return found


def between(text: str, start: int, end: int) -> list[str]:
    """The words between two ideas; of a compound that holds one, what else it says."""
    words = text[start:end].split()
    if words and start > 1 and not text[start].isspace():
        rest = without_joint(words[0])
        words[:1] = [rest] if len(rest) >= REST else []
    return words


def without_joint(rest: str) -> str:
    """What follows an idea in its compound.

    >>> without_joint("ningsforløb"), without_joint("støtte")
    ('forløb', 'støtte')
    """
    if rest.startswith(OWN_S):
        return rest
    return next((rest[len(joint) :] for joint in JOINTS if rest.startswith(joint)), rest)
