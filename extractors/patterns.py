"""A pattern as written in a rule table, and its syntax tree.

In a pattern `{scale}` is a slot: it stands for another pattern. The same long lists of words stand in
the slots of many patterns, so each is parsed once, and its nodes are shared by all trees that hold it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from re import _constants as op, _parser  # type: ignore[attr-defined]  # isort: skip

SLOT = re.compile(r"\{([a-z_]+)\}")
MARKS = 0xE000  # letters of no language: they stand for slots while a pattern is parsed
REPEATS = frozenset({op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT})
INNER = {op.SUBPATTERN: 3, op.ASSERT: 1, op.ASSERT_NOT: 1} | dict.fromkeys(REPEATS, 2)  # where a tree stands

Node = tuple[Any, Any]  # an opcode and what it holds


@dataclass(frozen=True, eq=False)
class Pattern:
    """Parsed when it is first asked for: most commands need few patterns."""

    written: str
    slots: "Mapping[str, Pattern]" = field(repr=False)
    flags: int

    @cached_property
    def text(self) -> str:
        """The pattern with all slots filled."""
        return SLOT.sub(lambda slot: self.slots[slot[1]].text, self.written)

    @cached_property
    def tree(self) -> Any:
        trees = {name: self.slots[name].tree for name in SLOT.findall(self.written)}
        shared = {name: tree for name, tree in trees.items() if tree.state.groups == 1}  # without numbers
        marks = {name: MARKS + i for i, name in enumerate(shared)}
        marked = SLOT.sub(lambda slot: self.marked(slot[1], marks), self.written)
        tree = _parser.parse(marked, self.flags)
        return with_slots(tree, {marks[name]: slot for name, slot in shared.items()}) if shared else tree

    def marked(self, name: str, marks: Mapping[str, int]) -> str:
        """What a slot is parsed as: a group of its mark alone, of which no parser makes anything else."""
        return f"(?>{chr(marks[name])})" if name in marks else self.slots[name].text


def with_slots(tree: Any, slots: Mapping[int, Any]) -> Any:
    """A tree with the nodes of other trees in place of their marks."""
    nodes: list[Node] = []
    for kind, value in tree.data:
        mark = value.data[0] if kind is op.ATOMIC_GROUP else None
        if mark and mark[0] is op.LITERAL and mark[1] in slots:
            nodes += slots[mark[1]].data
        else:
            nodes.append(with_inner((kind, value), lambda inner: with_slots(inner, slots)))
    return _parser.SubPattern(tree.state, nodes)


def with_inner(node: Node, change: Callable[[Any], Any]) -> Node:
    """A node with other trees in place of those it holds; the node itself where it holds none."""
    kind, value = node
    if kind in INNER:
        at = INNER[kind]
        return kind, (*value[:at], change(value[at]), *value[at + 1 :])
    if kind is op.ATOMIC_GROUP:
        return kind, change(value)
    if kind is op.BRANCH:
        return kind, (None, [change(branch) for branch in value[1]])
    if kind is op.GROUPREF_EXISTS:
        return kind, (value[0], *(branch and change(branch) for branch in value[1:]))
    return node
