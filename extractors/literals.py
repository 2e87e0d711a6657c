"""What a pattern must hold: the letters a match can begin with, and words of which every match has one.

Derived from the parsed pattern, so that no rule can be skipped where it would match. Reads the
syntax tree of the standard library's own parser, the only module that knows it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extractors.patterns import REPEATS, Node, Pattern

from re import _constants as op  # type: ignore[attr-defined]  # isort: skip

MOST = 100  # strings of one pattern; more tell nothing
LONGEST = 12  # letters of a string
PAIR = 2  # letters
SMALL_SET = 16  # characters; a larger set is any character
LETTER = r"[^\W\d_½]"
RUN = re.compile(rf"[a-zà-öø-ÿ]+{LETTER}*|[\d½]+|{LETTER}+")  # most letters are told by a small set

SIGNS = re.compile(r"[^\w\s.]{2,}")  # ",-" tells as much as a word
HOLDING = REPEATS | {op.SUBPATTERN, op.ATOMIC_GROUP, op.BRANCH, op.GROUPREF_EXISTS, op.ASSERT}
DIGITS = "0123456789"
EDGE = "\b"  # stands in a string where no letter can follow, or none can stand before
EDGES = f"{EDGE} "

Nodes = Sequence[Node]
Strings = tuple[
    set[str], set[str]
]  # those after which nothing is known, and those after which a pattern goes on


@dataclass(frozen=True, slots=True)
class Literals:
    """`begins`: a match begins with one of these, at the edge of a word; None if it need not.
    Every match holds one of the letters in `needs` or one of `words` as a whole word; both are empty
    if nothing is known."""

    begins: frozenset[str] | None
    needs: frozenset[str]
    words: frozenset[str]


def literals(pattern: Pattern, heads: "Heads | None" = None) -> Literals:
    """
    >>> found = literals(Pattern(r"\\b(?:frist|senest)\\s+den", {}, 0))
    >>> sorted(found.begins), sorted(found.words), sorted(found.needs)
    (['frist den', 'senest den'], ['frist', 'senest'], [])
    """
    tree = pattern.tree
    heads = heads or Heads({}, {})
    begins = {head.lstrip(EDGE) for head in heads.of(tree.data)}
    known = begins and all(RUN.match(head) for head in begins) and at_edge(tree.data, begins)
    needs = heads.needed(tree.data) or set()
    letters = frozenset(word for word in needs if EDGE not in word)
    words = frozenset(word.strip(EDGE) for word in needs if EDGE in word)
    tells = all(len(word) > 1 for word in letters | words)  # a letter stands in every text …
    tells = tells and sum(len(word) <= PAIR for word in letters) < PAIR  # … as does one of some pairs
    nothing = frozenset[str]()
    return Literals(
        frozenset(begins) if known else None, letters if tells else nothing, words if tells else nothing
    )


@dataclass(frozen=True, slots=True)
class Heads:
    """What nodes begin with and need. Each node is looked at once, also one that many patterns share."""

    known: dict[int, Strings]
    needs: dict[int, set[str] | None]

    def of(self, nodes: Nodes) -> set[str]:
        """The strings with which a match of these nodes begins; '' where it may begin with anything."""
        stops, goes_on = self.of_all(nodes)
        return stops | goes_on

    def of_all(self, nodes: Nodes) -> Strings:
        live: set[str] = {""}
        done: set[str] = set()
        for node in nodes:
            if node[0] is op.LITERAL:
                letter = chr(node[1]).lower()
                live = {a + letter for a in live}
            else:
                stops, goes_on = self.of_known(node)
                if len(live) * (len(stops) + len(goes_on)) + len(done) > MOST:
                    done |= live - {"", EDGE}  # what is known of these is enough
                    live &= {"", EDGE}
                done |= {a + b for a in live for b in stops}
                live = {a + b for a in live for b in goes_on}
            if long := {string for string in live if len(string) >= LONGEST}:
                done |= long
                live -= long
            if not live:
                break
        return done, live

    def of_known(self, node: Node) -> Strings:
        if id(node) not in self.known:
            self.known[id(node)] = self.of_node(node)
        return self.known[id(node)]

    def of_node(self, node: Node) -> Strings:
        """What one node begins with. Zero-width nodes hold nothing and go on."""
        kind, value = node
        if kind is op.IN:
            return (set(), found) if (found := members(value)) else ({""}, set())
        if kind in {op.AT, op.ASSERT, op.ASSERT_NOT}:
            return set(), {EDGE if is_edge(node) else ""}
        if kind is op.FAILURE:
            return set(), set()
        if inner := inside(node):
            each = [self.of_all(nodes) for nodes in inner]
            return set[str]().union(*(one[0] for one in each)), set[str]().union(*(one[1] for one in each))
        if kind in REPEATS:
            low, high, body = value
            stops, goes_on = self.of_all(body.data)
            if high != 1 and (stops or goes_on != {" "}):  # more spaces are no other words
                stops, goes_on = stops | goes_on, set()
            return stops, goes_on | ({""} if low == 0 else set())
        return {""}, set()

    def needed(self, nodes: Nodes) -> set[str] | None:
        """The best set of words of which every match holds one: the longest, then the fewest."""
        if all(kind is op.LITERAL for kind, _ in nodes):
            return runs({"".join(chr(letter) for _, letter in nodes[:LONGEST]).lower()})
        options = [option for i in starts(nodes) if (option := runs(self.of(nodes[i:])))]
        for node in nodes:
            if node[0] in HOLDING and id(node) not in self.needs:
                self.needs[id(node)] = self.needed_inside(node)
            if option := self.needs.get(id(node)):
                options.append(option)
        return max(options, key=worth, default=None)

    def needed_inside(self, node: Node) -> set[str] | None:
        kind, value = node
        branches = inside(node)
        if kind is op.ASSERT and value[0] > 0:
            branches = [value[1].data]
        elif kind in REPEATS and value[0]:
            branches = [value[2].data]
        found: list[set[str]] = []
        for branch in branches:
            option = self.needed(branch)
            if not option:
                return None
            found.append(option)
        return set().union(*found) if found else None


def inside(node: Node) -> list[Nodes]:
    """The alternatives of a group or branch; empty for any other node."""
    kind, value = node
    if kind is op.SUBPATTERN:
        return [value[3].data]
    if kind is op.ATOMIC_GROUP:
        return [value.data]
    if kind is op.BRANCH:
        return [branch.data for branch in value[1]]
    if kind is op.GROUPREF_EXISTS:
        return [branch.data if branch else () for branch in value[1:]]
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


def at_edge(nodes: Nodes, begins: Iterable[str]) -> bool:
    """Can a match begin nowhere but where a run of letters or of digits begins?"""
    digits = all(head[0] in DIGITS for head in begins)
    for node in nodes:
        kind, value = node
        if kind is op.AT and value is op.AT_BOUNDARY:
            return True
        if kind in {op.ASSERT, op.ASSERT_NOT} and excludes(node, digits):
            return True
        if inner := inside(node):
            return all(at_edge(branch, begins) for branch in inner)
        if kind not in {op.AT, op.ASSERT, op.ASSERT_NOT}:
            optional = kind is op.MAX_REPEAT and value[0] == 0
            return optional and at_edge(value[2].data, begins) and at_edge(nodes[1:], begins)
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


def starts(nodes: Nodes) -> Iterator[int]:
    """Where a word can begin among some nodes: not right after a letter."""
    for i in range(len(nodes)):
        if not i or nodes[i - 1][0] is not op.LITERAL:
            yield i


def worth(words: set[str]) -> tuple[int, float, int]:
    """How much a set of words tells: the longer, the more of them whole and the fewer, the more."""
    lengths = [len(word.strip(EDGE)) for word in words]
    return min(lengths), sum(map(len, words)) / len(lengths), -len(lengths)


def runs(strings: set[str]) -> set[str] | None:
    """The best run of each string; None if one has none."""
    found = set()
    for string in strings:
        if not (run := string and best_run(string)):
            return None
        found.add(run)
    return found or None


def best_run(string: str) -> str:
    """The longest run of letters of a string, between edges where it is a whole word, or of signs; empty
    if it has neither."""
    word = string.strip(EDGES)
    if word.isalpha():  # most strings are one word
        return f"{EDGE}{word}{EDGE}" if string[0] in EDGES and string[-1] in EDGES else word
    letters = [run for run in RUN.finditer(string) if run[0][0].isalpha()]
    whole = [f"{EDGE}{run[0]}{EDGE}" for run in letters if run.start() > 0 and run.end() < len(string)]
    options = [*whole, *(run[0] for run in letters)] or SIGNS.findall(string.replace(EDGE, ""))
    return max(options, key=lambda run: len(run.strip(EDGE)), default="")
