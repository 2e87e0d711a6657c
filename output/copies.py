"""Documents that tell the same in other words: near-verbatim copies, rewrites, second pages of a pool."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations, pairwise
from typing import NamedTuple

from output.database import Database, rows
from output.likeness import common_words
from output.slug import fold
from output.table import Row

TEXTS = """
SELECT v.document_id, v.text, d.published_on FROM document_versions v
JOIN documents d ON d.id = v.document_id WHERE v.is_current = 1 ORDER BY v.document_id
"""
TELLERS = """
SELECT ad.agreement_id, ad.document_id, ad.relation, v.published_on, v.text
FROM agreement_documents ad
JOIN document_versions v ON v.document_id = ad.document_id AND v.is_current = 1
WHERE ad.relation IN ('announces', 'reports') AND ad.agreement_id IN (
    SELECT agreement_id FROM agreement_documents WHERE relation = 'reports')
ORDER BY ad.agreement_id, ad.document_id
"""
POOLS = """
SELECT p.document_id, p.title, p.amount_dkk, p.deadline_on, p.account, d.kind,
    length(v.text) AS length
FROM pools p JOIN documents d ON d.id = p.document_id
JOIN mentions m ON m.id = p.mention_id
JOIN document_versions v ON v.id = m.document_version_id AND v.is_current = 1
WHERE d.kind IN ('pool', 'project', 'news')
ORDER BY p.document_id, p.id
"""
LONGEST = 3  # paragraphs of a text by which copies are found: one of them survives light editing
SHORTEST = 80  # characters of such a paragraph: a shorter one stands on many pages
CROWD = 20  # documents with the same paragraph: then it is boilerplate
SAME_TEXT = 0.7  # share of three-word runs that a copy has in common
CLOSE_DAYS = 21  # between a ministry's release and its agency's news
SAME_POOL = 0.7
LONG = 8  # letters of a word that says what a text is about
SAME_WORDS = 0.3  # share of the long words of the shorter text: two releases on one agreement have less


class Link(NamedTuple):
    """Two documents and what joins them."""

    pair: tuple[str, str]
    relation: str
    score: float
    reason: str


def copy_rows(db: Database) -> list[Row]:
    """The rows of document_links: of two documents the surest relation."""
    links = [
        *same_texts(rows(db, TEXTS)),
        *rewrites(rows(db, TELLERS)),
        *same_pools(rows(db, POOLS)),
    ]
    best: dict[frozenset[str], Link] = {}
    for link in sorted(links, key=lambda x: (-x.score, x.relation, x.pair)):
        best.setdefault(frozenset(link.pair), link)
    return [
        {
            "from_document_id": link.pair[0],
            "to_document_id": link.pair[1],
            "relation": link.relation,
            "score": round(link.score, 3),
            "reason": link.reason,
        }
        for link in best.values()
    ]


def pairs(groups: Iterable[Sequence[str]]) -> list[tuple[str, str]]:
    """Every two that share a group; a crowd shares nothing worth knowing."""
    found = {pair for group in groups if len(group) <= CROWD for pair in combinations(sorted(set(group)), 2)}
    return sorted(found)


def same_texts(texts: Sequence[Row]) -> Iterator[Link]:
    """Documents with a long paragraph in common that also share most of their other words."""
    by_paragraph: dict[str, list[str]] = defaultdict(list)
    for row in texts:
        for paragraph in long_paragraphs(str(row["text"])):
            by_paragraph[paragraph].append(str(row["document_id"]))
    candidates = pairs(by_paragraph.values())
    wanted = {name for pair in candidates for name in pair}
    known = {str(row["document_id"]): row for row in texts if row["document_id"] in wanted}
    for pair in candidates:
        one, other = (runs(str(known[name]["text"])) for name in pair)
        score = len(one & other) / max(1, len(one | other))
        if score >= SAME_TEXT:
            order = sorted(pair, key=lambda name: (str(known[name]["published_on"] or "9999"), name))
            reason = f"{round(score * 100)} % of their three-word runs"
            yield Link((order[0], order[1]), "same_text", score, reason)


def long_paragraphs(text: str) -> list[str]:
    """The longest paragraphs of a text, folded."""
    found = [fold(part) for part in text.split("\n\n") if len(part) >= SHORTEST]
    return sorted(found, key=lambda part: (-len(part), part))[:LONGEST]


def runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return {(a[0], a[1], b[1]) for a, b in pairwise(pairwise(words))}


def rewrites(tellers: Sequence[Row]) -> Iterator[Link]:
    """A ministry's release and an agency's news of the same agreement, close in time."""
    by_agreement: dict[str, list[Row]] = defaultdict(list)
    for row in tellers:
        by_agreement[str(row["agreement_id"])].append(row)
    for agreement, group in by_agreement.items():
        told = [row for row in group if row["relation"] == "announces"]
        for news in (row for row in group if row["relation"] == "reports"):
            found = (rewrite(agreement, release, news) for release in told if near(release, news))
            yield from (link for link in found if link.score)


def near(one: Row, other: Row) -> bool:
    days = [row["published_on"] for row in (one, other)]
    if None in days:
        return False
    first, second = (date.fromisoformat(str(day)) for day in days)
    return abs((second - first).days) <= CLOSE_DAYS


def rewrite(agreement: str, release: Row, news: Row) -> Link:
    """Half of the score is the agreement they share, the rest the words."""
    one, other = (long_words(str(row["text"])) for row in (release, news))
    shared = len(one & other) / max(1, min(len(one), len(other)))
    pair = (str(release["document_id"]), str(news["document_id"]))
    reason = f"agreement {agreement}, close in time, {round(shared * 100)} % of the long words"
    return Link(pair, "rewrite", (1 + shared) / 2 if shared >= SAME_WORDS else 0.0, reason)


def long_words(text: str) -> set[str]:
    """The words that say what a text is about."""
    return {word for word in re.findall(r"\w+", text.casefold()) if len(word) >= LONG}


def same_pools(pools: Sequence[Row]) -> Iterator[Link]:
    """Two pages about one pool: the same money or the same deadline, and titles that are alike."""
    by_mark: dict[tuple[str, object], list[str]] = defaultdict(list)
    known: dict[str, Row] = {}
    for row in pools:
        document = str(row["document_id"])
        known.setdefault(document, row)
        for mark in ("amount_dkk", "deadline_on", "account"):
            if row[mark] is not None:
                by_mark[mark, row[mark]].append(document)
        by_mark["both", (row["amount_dkk"], row["deadline_on"])].append(document)  # where each is common
    for pair in pairs(by_mark.values()):
        order = sorted(pair, key=lambda name: standing(known[name]))
        link = same_pool(known[order[0]], known[order[1]])
        if link.score >= SAME_POOL:
            yield link


def standing(pool: Row) -> tuple[int, int, str]:
    """Sorts pages about a pool: the one that tells most of it first."""
    told = sum(pool[name] is not None for name in ("amount_dkk", "deadline_on", "account"))
    return -told, -int(str(pool["length"])), str(pool["document_id"])


def same_pool(one: Row, other: Row) -> Link:
    """Money, deadline and title count alike; what one page does not tell counts neither way, and what
    they tell differently speaks against it."""
    likeness = common_words(fold(str(one["title"])), fold(str(other["title"]))) / 100
    marks = {
        name: one[name] == other[name]
        for name in ("amount_dkk", "deadline_on", "account")
        if one[name] is not None and other[name] is not None
    }
    score = (likeness + sum(marks.values())) / (1 + len(marks))
    words = {"amount_dkk": "amount", "deadline_on": "deadline", "account": "account"}
    shared = [words[name] for name, same in marks.items() if same]
    reason = f"{', '.join(shared)}, titles {round(likeness * 100)} % alike"
    pair = (str(one["document_id"]), str(other["document_id"]))
    return Link(pair, "same_pool", score, reason)
