"""A pattern compiled so that its alternatives are told apart by their first letters.

The standard library tries the alternatives of a pattern one by one, and knows by their first letter
which cannot match only where case matters. Here alternatives that begin alike are put together,
as in a dictionary, and each is entered by the letters of either case. And a search goes past every
character with which no match begins, which the standard library too knows only where case matters.
Nothing else changes: what is put together keeps its order, and alternatives that begin with different
letters exclude each other.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from extractors.patterns import REPEATS, Node, Pattern, with_inner

from re import _compiler, _constants as op, _parser  # type: ignore[attr-defined]  # isort: skip

LETTERS = "".join(map(chr, range(0x2200)))  # with all that differ from a letter of ours in case alone

IGNORECASE = int(re.IGNORECASE)
FEW = 4  # alternatives that are tried as fast one by one
MANY = 512  # letters of a range; a larger one is nearly any letter
WIDTHLESS = frozenset({op.AT, op.ASSERT, op.ASSERT_NOT})
OPPOSITE = {
    op.CATEGORY_NOT_WORD: op.CATEGORY_WORD,
    op.CATEGORY_NOT_SPACE: op.CATEGORY_SPACE,
    op.CATEGORY_NOT_DIGIT: op.CATEGORY_DIGIT,
}

First = tuple[set[Node], bool]  # what a match can begin with, and whether it can be empty


def compiled(pattern: Pattern) -> re.Pattern[str]:
    """The pattern, which matches as `re.compile` would have it.

    >>> compiled(Pattern("(?:en|ene|to)$", {}, re.IGNORECASE)).match("ENE")[0]
    'ENE'
    """
    state = pattern.tree.state
    flags = pattern.flags | state.flags
    tree = Alternatives(state, flags).improved(pattern.tree)
    names = state.groupdict
    by_number = {number: name for name, number in names.items()}
    numbered = [by_number.get(number) for number in range(state.groups)]
    code: list[int] = []
    _compiler._compile_info(code, opening(tree, flags), flags & ~IGNORECASE)
    _compiler._compile(code, tree.data, flags)
    code.append(op.SUCCESS)
    found: re.Pattern[str] = _compiler._sre.compile(
        pattern.text, flags, code, state.groups - 1, names, tuple(numbered)
    )
    return found


@dataclass(frozen=True, slots=True)
class Alternatives:
    """Puts the alternatives of one tree in order, where these flags hold."""

    state: Any
    flags: int

    def improved(self, tree: Any) -> Any:
        """The tree with its alternatives put together."""
        return self.tree([self.improved_node(node) for node in tree.data])

    def improved_node(self, node: Node) -> Node:
        kind, value = node
        if kind is op.BRANCH:
            return self.branch(value[1])
        if kind is op.SUBPATTERN:
            within = Alternatives(self.state, (self.flags | value[1]) & ~value[2])
            return with_inner(node, within.improved)
        return with_inner(node, self.improved)

    def branch(self, branches: Sequence[Any]) -> Node:
        """The alternatives, those with one first letter as one that goes on with alternatives."""
        found: list[tuple[str, list[Any]]] = []
        known: dict[str, list[Any]] = {}
        for branch in branches:
            letters = self.first(branch)
            if letters and letters in known:
                known[letters].append(branch)
                continue
            if not letters:
                known = {}  # what can begin with any letter stays between what is before and after it
            found.append((letters, [branch]))
            if letters:
                known[letters] = found[-1][1]
        few = len(found) < FEW
        return op.BRANCH, (None, [self.together(letters, group, few) for letters, group in found])

    def first(self, branch: Any) -> str:
        """The letters with one of which an alternative begins; empty where it is no single letter."""
        if not branch.data or branch.data[0][0] is not op.LITERAL:
            return ""
        letter = chr(branch.data[0][1])
        return alike(letter) if self.flags & IGNORECASE else letter

    def together(self, letters: str, group: Sequence[Any], few: bool) -> Any:
        """One alternative for all that begin with a letter, entered at once where there are few."""
        if not letters:
            return self.improved(group[0])
        rests = [self.tree(branch.data[1:]) for branch in group]
        rest = [self.branch(rests)] if len(rests) > 1 else self.improved(rests[0]).data
        return self.tree([group[0].data[0] if few else self.entry(letters), *rest])

    def entry(self, letters: str) -> Node:
        if len(letters) == 1:
            return op.LITERAL, ord(letters)
        one_of = (op.IN, [(op.LITERAL, ord(letter)) for letter in letters])
        return op.SUBPATTERN, (None, 0, IGNORECASE, self.tree([one_of]))

    def tree(self, nodes: list[Node]) -> Any:
        return _parser.SubPattern(self.state, nodes)


@cache
def alike(letter: str) -> str:
    """The letters that a pattern without case takes for this one; empty where that is not known.

    >>> [ord(letter) for letter in alike("k")]  # the sign of kelvin too
    [75, 107, 8490]
    """
    if letter not in LETTERS:
        return ""
    return "".join(re.findall(re.escape(letter), LETTERS, re.IGNORECASE))


def opening(tree: Any, flags: int) -> Any:
    """One character with which a match begins, as wide as the whole: all that a search looks for first."""
    found = first_of(tree.data, flags)
    nodes = [(op.IN, sorted(found[0]))] if found and not found[1] else [(op.ANY, None)]
    one = _parser.SubPattern(tree.state, nodes)
    one.width = tree.getwidth()
    return one


def first_of(nodes: Sequence[Node], flags: int) -> First | None:
    """What a match of some nodes can begin with; None where that may be nearly anything."""
    found: set[Node] = set()
    for node in nodes:
        if node[0] in WIDTHLESS:
            continue
        first = first_of_node(node, flags)
        if first is None:
            return None
        found |= first[0]
        if not first[1]:
            return found, False
    return found, True


def first_of_node(node: Node, flags: int) -> First | None:
    kind, value = node
    if kind in {op.LITERAL, op.IN}:
        members = members_of([node] if kind is op.LITERAL else value, flags)
        return (members, False) if members else None
    if kind is op.SUBPATTERN:
        return first_of(value[3].data, (flags | value[1]) & ~value[2])
    if kind in REPEATS:
        first = first_of(value[2].data, flags)
        return first and (first[0], first[1] or not value[0])
    if branches := alternatives_of(node):
        return either([first_of(branch.data if branch else (), flags) for branch in branches])
    return None


def alternatives_of(node: Node) -> Sequence[Any]:
    """The alternatives of a branch or condition, of which a group without a name is the only one."""
    kind, value = node
    if kind is op.ATOMIC_GROUP:
        return [value]
    if kind is op.BRANCH:
        return list(value[1])
    return list(value[1:]) if kind is op.GROUPREF_EXISTS else []


def either(firsts: Sequence[First | None]) -> First | None:
    """What one of several alternatives can begin with."""
    known = [first for first in firsts if first]
    if len(known) < len(firsts):
        return None
    return set[Node]().union(*(first[0] for first in known)), any(first[1] for first in known)


def members_of(items: Sequence[Node], flags: int) -> set[Node]:
    """The characters of a set in either case; empty where it holds nearly all."""
    if items[0][0] is op.NEGATE:
        kept = [OPPOSITE[value] for kind, value in items if kind is op.CATEGORY and value in OPPOSITE]
        return {(op.CATEGORY, kept[0])} if kept else set()
    found: set[Node] = set()
    for kind, value in items:
        if kind is op.CATEGORY:
            found.add((kind, value))
            continue
        first, last = value if kind is op.RANGE else (value, value)
        letters = [alike(chr(c)) if flags & IGNORECASE else chr(c) for c in range(first, last + 1)[:MANY]]
        if last - first >= MANY or not all(letters):
            return set()
        found |= {(op.LITERAL, ord(letter)) for letter in "".join(letters)}
    return found
