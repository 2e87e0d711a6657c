"""What a pattern must hold: the letters a match can begin with, and words of which every match has one.

Derived from the parsed pattern, so that no rule can be skipped where it would match. Reads the
syntax tree of the standard library's own parser, the only module that knows it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from re import _constants as op, _parser  # type: ignore[attr-defined]  # isort: skip

MOST = 100  # strings of one pattern; more tell nothing
LONGEST = 12  # letters of a string
SMALL_SET = 16  # characters; a larger set is any character
RUN = re.compile(r"[^\W\d_½]+|[\d½]+")

SIGNS = re.compile(r"[^\w\s.]{2,}")  # ",-" tells as much as a word
DIGITS = "0123456789"
EDGE = "\b"  # stands in a string where no letter can follow, or none can stand before

Node = tuple[Any, Any]  # an opcode and what it holds
Tree = Sequence[Node]
Strings = set[tuple[str, bool]]  # a string and whether the pattern may go on right after it


@dataclass(frozen=True, slots=True)
class Literals:
    """`begins`: a match begins with one of these, at the edge of a word; None if it need not.
    Every match holds one of the letters in `needs` or one of `words` as a whole word; both are empty
    if nothing is known."""

    begins: frozenset[str] | None
    needs: frozenset[str]
    words: frozenset[str]


def literals(pattern: re.Pattern[str]) -> Literals:
    """
    >>> found = literals(re.compile(r"\\b(?:frist|senest)\\s+den"))
    >>> sorted(found.begins), sorted(found.words), sorted(found.needs)
    (['frist den', 'senest den'], ['frist', 'senest'], [])
    """
    tree = list(_parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE))
    heads = Heads({})
    begins = {head.lstrip(EDGE) for head in heads.of(tree)}
    known = begins and all(RUN.match(head) for head in begins) and at_edge(tree, begins)
    needs = needed(tree, heads) or set()
    letters = frozenset(word for word in needs if EDGE not in word)
    words = frozenset(word.strip(EDGE) for word in needs if EDGE in word)
    tells = all(len(word) > 1 for word in letters | words)  # a letter stands in every text
    nothing = frozenset[str]()
    return Literals(
        frozenset(begins) if known else None, letters if tells else nothing, words if tells else nothing
    )


@dataclass(frozen=True, slots=True)
class Heads:
    """The strings with which nodes of one tree begin; each node is looked at once."""

    known: dict[int, Strings]

    def of(self, tree: Tree) -> set[str]:
        """The strings with which a match of these nodes begins; '' where it may begin with anything."""
        return {string for string, _ in self.of_all(tree)}

    def of_all(self, tree: Tree) -> Strings:
        live: set[str] = {""}
        done: set[str] = set()
        for node in tree:
            if id(node) not in self.known:
                self.known[id(node)] = self.of_node(node)
            strings = self.known[id(node)]
            if len(live) * len(strings) + len(done) > MOST:
                done |= live - {"", EDGE}  # what is known of these is enough
                live &= {"", EDGE}
            done |= {a + b for a in live for b, goes_on in strings if not goes_on}
            live = {a + b for a in live for b, goes_on in strings if goes_on}
            done |= {string for string in live if len(string) >= LONGEST}
            live = {string for string in live if len(string) < LONGEST}
            if not live:
                break
        return {(string, False) for string in done} | {(string, True) for string in live}

    def of_node(self, node: Node) -> Strings:
        """What one node begins with. Zero-width nodes hold nothing and go on."""
        kind, value = node
        if kind in {op.LITERAL, op.IN}:
            return {(c, True) for c in members_of(node)} or {("", False)}
        if kind in {op.AT, op.ASSERT, op.ASSERT_NOT}:
            return {(EDGE if is_edge(node) else "", True)}
        if kind is op.FAILURE:
            return set()
        if inner := inside(node):
            return set().union(*map(self.of_all, inner))
        if kind in {op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT}:
            low, high, body = value
            once = self.of_all(list(body))
            if high != 1 and once != {(" ", True)}:  # more spaces are no other words
                once = {(string, False) for string, _ in once}
            return once | ({("", True)} if low == 0 else set())
        return {("", False)}


def inside(node: Node) -> list[Tree]:
    """The alternatives of a group or branch; empty for any other node."""
    kind, value = node
    if kind is op.SUBPATTERN:
        return [list(value[3])]
    if kind is op.ATOMIC_GROUP:
        return [list(value)]
    if kind is op.BRANCH:
        return [list(branch) for branch in value[1]]
    if kind is op.GROUPREF_EXISTS:
        _, yes, no = value
        return [list(yes), list(no or ())]
    return []


def members(items: Iterable[Node]) -> set[str]:
    """The characters of a small set; empty for a large or negated one."""
    found: set[str] = set()
    for kind, value in items:
        if kind is op.LITERAL:
            found.add(chr(value).lower())
        elif kind is op.RANGE and value[1] - value[0] < SMALL_SET:
            found |= {chr(c).lower() for c in range(value[0], value[1] + 1)}
        elif kind is op.CATEGORY and value is op.CATEGORY_DIGIT:
            found |= set(DIGITS)
        elif kind is op.CATEGORY and value is op.CATEGORY_SPACE:
            found.add(" ")
        else:
            return set()
    return found if len(found) <= SMALL_SET else set()


def at_edge(tree: Tree, begins: Iterable[str]) -> bool:
    """Can a match begin nowhere but where a run of letters or of digits begins?"""
    digits = all(head[0] in DIGITS for head in begins)
    for node in tree:
        kind, value = node
        if kind is op.AT and value is op.AT_BOUNDARY:
            return True
        if kind in {op.ASSERT, op.ASSERT_NOT} and excludes(node, digits):
            return True
        if inner := inside(node):
            return all(at_edge(branch, begins) for branch in inner)
        if kind not in {op.AT, op.ASSERT, op.ASSERT_NOT}:
            optional = kind is op.MAX_REPEAT and value[0] == 0
            return optional and at_edge(list(value[2]), begins) and at_edge(tree[1:], begins)
    return False


def is_edge(node: Node) -> bool:
    """Does a node without width say that a word begins or ends there?"""
    kind, value = node
    if kind is op.AT:
        return bool(value is op.AT_BOUNDARY)
    body = list(value[1])
    one = kind is op.ASSERT_NOT and len(body) == 1 and body[0][0] is op.IN
    return one and (op.CATEGORY, op.CATEGORY_WORD) in body[0][1] and body[0][1][0][0] is not op.NEGATE


def excludes(node: Node, digits: bool) -> bool:
    """Does a look behind say that no letter (or with `digits` no digit) stands before?"""
    kind, (direction, body) = node[0], node[1]
    last = list(body)[-1:]
    if direction > 0 or not last:
        return False
    if kind is op.ASSERT:
        return members_of(last[0]) == {" "}
    if len(list(body)) > 1:
        return False
    categories = (
        {value for what, value in last[0][1] if what is op.CATEGORY} if last[0][0] is op.IN else set()
    )
    return op.CATEGORY_WORD in categories or (digits and op.CATEGORY_DIGIT in categories)


def members_of(node: Node) -> set[str]:
    kind, value = node
    if kind is op.LITERAL:
        return {chr(value).lower()}
    return members(value) if kind is op.IN else set()


def needed(tree: Tree, heads: Heads) -> set[str] | None:
    """The best set of words of which every match holds one: the longest, then the fewest."""
    options = [option for i in starts(tree) if (option := runs(heads.of(tree[i:])))]
    for node in tree:
        if option := needed_inside(node, heads):
            options.append(option)
    return max(options, key=worth, default=None)


def starts(tree: Tree) -> Iterator[int]:
    """Where a word can begin among some nodes: not right after a letter."""
    for i in range(len(tree)):
        if not i or tree[i - 1][0] is not op.LITERAL:
            yield i


def worth(words: set[str]) -> tuple[int, float, int]:
    """How much a set of words tells: the longer, the more of them whole and the fewer, the more."""
    lengths = [len(word.strip(EDGE)) for word in words]
    return min(lengths), sum(map(len, words)) / len(lengths), -len(lengths)


def needed_inside(node: Node, heads: Heads) -> set[str] | None:
    kind, value = node
    branches = inside(node)
    if kind is op.ASSERT and value[0] > 0:
        branches = [list(value[1])]
    elif kind in {op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT} and value[0]:
        branches = [list(value[2])]
    found = [needed(branch, heads) for branch in branches]
    return set().union(*filter(None, found)) if found and all(found) else None


def runs(strings: set[str]) -> set[str] | None:
    """The longest run of letters of each string, between edges where it is a whole word, or of signs;
    None if one has neither."""
    found = set()
    for string in strings:
        letters = [run for run in RUN.finditer(string) if run[0][0].isalpha()]
        whole = [f"{EDGE}{run[0]}{EDGE}" for run in letters if run.start() > 0 and run.end() < len(string)]
        options = [*whole, *(run[0] for run in letters)] or SIGNS.findall(string.replace(EDGE, ""))
        if not options:
            return None
        found.add(max(options, key=lambda run: len(run.strip(EDGE))))
    return found or None
