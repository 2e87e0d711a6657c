"""What one database says and another does not: facts gained, lost and changed, document by document."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from output.database import Database, rows

FACTS = """
SELECT
    (SELECT min(l.url) FROM locations l WHERE l.document_version_id = v.id) AS url,
    f.kind, f.quote, f.value, coalesce(f.detail, '') AS detail
FROM facts f
JOIN document_versions v ON v.document_id = f.document_id AND v.is_current = 1
ORDER BY url, f.kind, f.start_char, f.mention_id
"""
ADDRESSES = """
SELECT DISTINCT (SELECT min(l.url) FROM locations l WHERE l.document_version_id = v.id) AS url
FROM document_versions v WHERE v.is_current = 1
"""

What = Literal["gained", "lost", "changed"]


class Key(NamedTuple):
    """A fact in both databases: its document, kind and words, and which of several with the same words."""

    url: str
    kind: str
    quote: str
    nth: int


@dataclass(frozen=True, slots=True)
class Difference:
    """A fact that only one of two databases has, or has otherwise."""

    what: What
    key: Key
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two databases compared: the facts that differ, and the documents that only one of them has."""

    differences: tuple[Difference, ...]
    same: int  # facts that both have
    only_old: tuple[str, ...]
    only_new: tuple[str, ...]


def compare(old: Database, new: Database) -> Comparison:
    """The facts of the documents that both databases have, by the words they were read from.

    Places in the text do not count, so that a document that was read anew can be compared too.
    """
    before, after = addresses(old), addresses(new)
    both = before & after
    facts_before, facts_after = facts(old, both), facts(new, both)
    differences = tuple(sorted(differ(facts_before, facts_after), key=lambda d: (d.key, d.what)))
    changed = sum(d.what != "gained" for d in differences)
    return Comparison(
        differences,
        len(facts_before) - changed,
        tuple(sorted(before - after)),
        tuple(sorted(after - before)),
    )


def addresses(db: Database) -> set[str]:
    return {str(row["url"]) for row in rows(db, ADDRESSES)}


def facts(db: Database, urls: set[str]) -> dict[Key, str]:
    """What was read, by document, kind and words."""
    seen: Counter[tuple[str, str, str]] = Counter()
    found = {}
    for row in rows(db, FACTS):
        words = (str(row["url"]), str(row["kind"]), str(row["quote"]))
        if words[0] in urls:
            found[Key(*words, seen[words])] = f"{row['value']} ({row['detail']})".removesuffix(" ()")
            seen[words] += 1
    return found


def differ(before: dict[Key, str], after: dict[Key, str]) -> Iterator[Difference]:
    for key in before.keys() | after.keys():
        old, new = before.get(key), after.get(key)
        if old is None:
            yield Difference("gained", key, old, new)
        elif new is None:
            yield Difference("lost", key, old, new)
        elif old != new:
            yield Difference("changed", key, old, new)
