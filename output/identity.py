"""Which document a text is: the same words at another address are the same document, under one id."""

import re
from collections import Counter
from collections.abc import Iterable

from corpus.document import Span
from extractors.facts import Extraction, TimeExpression
from output.database import Database, execute, rows, scalar
from output.schema import all_tables
from output.slug import digest, slug
from output.table import Column

BODY_KINDS = ("heading", "paragraph", "list_item", "quote", "cell")
PAGE_DATES = ("published", "updated")
SHORT = 80  # characters; a longer line with such a date in it is text, not a date line
SAME_WORDS = 0.9  # share of words that a copy with a slip of the pen or another footer has in common
LATER = 3  # days after which another site may bring a text
MARK = 6  # hexadecimal digits of a text's hash in an id
DATED = re.compile(r"\d{4}-\d\d-\d\d-")
NUMBER = re.compile(r"\d")
YEAR = re.compile(r"(?:19|20)\d\d")
NAMESAKES = f"""
SELECT v.id, v.document_id FROM document_versions v
WHERE v.title = ?1 AND v.is_current = 1
AND (v.published_on IS NULL OR ?2 IS NULL OR abs(julianday(v.published_on) - julianday(?2)) <= {LATER})
ORDER BY v.document_id
"""
SAME_BODY = """
SELECT document_id AS id FROM document_versions WHERE body_sha256 = ?1
UNION SELECT id FROM documents WHERE body_sha256 = ?1 ORDER BY id LIMIT 1
"""
BODY = f"""
SELECT substr(v.text, b.start_char + 1, b.end_char - b.start_char) AS text
FROM blocks b JOIN document_versions v ON v.id = b.document_version_id
WHERE v.id = ? AND b.kind IN {BODY_KINDS} AND NOT (b.end_char - b.start_char < {SHORT} AND EXISTS (
    SELECT 1 FROM dates d JOIN mentions m ON m.id = d.mention_id
    WHERE m.document_version_id = v.id AND d.role IN {PAGE_DATES}
    AND m.start_char < b.end_char AND m.end_char > b.start_char
))
"""


def body_words(extraction: Extraction) -> list[str]:
    """The words that two copies of a text share: no date, update or contact lines.

    A line with a deadline stays: two rounds of a pool are two documents.
    """
    document = extraction.document
    dates = [fact for fact in extraction.facts if isinstance(fact, TimeExpression)]
    spans = [fact.evidence.span for fact in dates if fact.role in PAGE_DATES]

    def is_date_line(span: Span) -> bool:
        return span.end - span.start < SHORT and any(span.overlaps(date) for date in spans)

    return folded_words(
        document.quote(block.span)
        for block in document.blocks
        if block.kind in BODY_KINDS and not is_date_line(block.span)
    )


def folded_words(texts: Iterable[str]) -> list[str]:
    return [word for text in texts for word in re.findall(r"\w+", text.casefold())]


def body_sha256(extraction: Extraction) -> str:
    """A hash of the words of a text's body."""
    return digest(" ".join(body_words(extraction)) or extraction.document.text)


def find_document(db: Database, extraction: Extraction) -> str | None:
    """The document at this address, or the one with the same words at another."""
    document = extraction.document
    at = scalar(db, "SELECT document_id FROM locations WHERE url = ?", document.origin.url)
    text = scalar(
        db,
        "SELECT document_id FROM document_versions WHERE text_sha256 = ?"
        " ORDER BY is_current DESC, document_id LIMIT 1",
        digest(document.text),
    )
    body = body_sha256(extraction)
    same = scalar(db, SAME_BODY, body)
    found = at or text or same or find_copy(db, extraction)
    return str(found) if found else None


def find_copy(db: Database, extraction: Extraction) -> str | None:
    """The document of these days with the same title, nearly the same words and exactly the same numbers."""
    published = extraction.profile.published_on
    day = published.isoformat() if published else None
    mine = Counter(body_words(extraction))
    for row in rows(db, NAMESAKES, extraction.document.title, day):
        other = Counter(folded_words(str(block["text"]) for block in rows(db, BODY, row["id"])))
        lacking, added = mine - other, other - mine
        common = (mine & other).total()
        alike = 2 * common >= SAME_WORDS * (mine.total() + other.total())
        if alike and not are_other_figures(lacking, added):
            return str(row["document_id"])
    return None


def are_other_figures(lacking: Iterable[str], added: Iterable[str]) -> bool:
    """Do two texts differ in a number? A year that only one has may stand in another site's header."""
    mine, theirs = ({word for word in words if NUMBER.search(word)} for words in (lacking, added))
    return bool(mine and theirs) or not all(YEAR.fullmatch(word) for word in mine | theirs)


def new_id(db: Database, extraction: Extraction) -> str:
    """Date and title; with a piece of the text's hash where another document has them too."""
    wanted = wanted_id(extraction)
    taken = scalar(db, "SELECT 1 FROM documents WHERE id = ?", wanted)
    return marked(wanted, body_sha256(extraction)) if taken else wanted


def wanted_id(extraction: Extraction) -> str:
    """Date and title. A title alone may be anybody's: a text without a date is told by its words, too,
    so that whichever of two comes first has the same id."""
    published = extraction.profile.published_on
    title = slug(extraction.document.title)
    return f"{published.isoformat()}-{title}" if published else marked(title, body_sha256(extraction))


def marked(name: str, body: str) -> str:
    """A name with a piece of the hash of a text's body."""
    return f"{name}-{body[:MARK]}"


def best_named(db: Database, known: str, extraction: Extraction) -> str:
    """The id of a known document that one more copy came of: whichever copy comes first, the one with
    a date, and of several the earliest, names it. Versions of an address keep their document's id."""
    at = scalar(db, "SELECT 1 FROM locations WHERE url = ?", extraction.document.origin.url)
    wanted = wanted_id(extraction)
    if at or rank(known) <= rank(wanted) or known == marked(wanted, known[-MARK:]):
        return known
    found = new_id(db, extraction)
    rename(db, known, found)
    return found


def rank(name: str) -> tuple[bool, str]:
    """Sorts ids of copies: the one that names their document first."""
    return not DATED.match(name), name


def rename(db: Database, old: str, new: str) -> None:
    """Give a document another id, with all ids that begin with it; within a transaction."""
    db.execute("PRAGMA defer_foreign_keys = ON")
    for table in all_tables():
        for column in table.columns:
            if holds_ids(column):
                name = column.name
                execute(
                    db,
                    f"UPDATE {table.name} SET {name} = ?1 || substr({name}, length(?2) + 1)"
                    f" WHERE {name} = ?2 OR substr({name}, 1, length(?2) + 1) = ?2 || '@'",
                    new,
                    old,
                )


def holds_ids(column: Column) -> bool:
    """May a column hold the id of a document, a version or a mention?"""
    is_text = column.sql.startswith("TEXT")
    return is_text and ("REFERENCES" in column.sql or column.name in {"id", "document_id", "row_id"})
