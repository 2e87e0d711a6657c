"""The evidence of every fact, and what looked like a fact and was not read."""

from collections.abc import Iterator

from output.table import Column, Row, Source, Table
from output.tables.documents import VERSION


def mention_rows(source: Source) -> Iterator[Row]:
    blocks = source.extraction.document.blocks
    for mention_id, fact in source.all_facts():
        span = fact.evidence.span
        page = next((b.page for b in blocks if b.page and b.span.overlaps(span)), None)
        yield {
            "id": mention_id,
            "document_version_id": source.version_id,
            "start_char": span.start,
            "end_char": span.end,
            "quote": fact.evidence.quote,
            "rule": fact.evidence.rule,
            "page": page,
        }


def issue_rows(source: Source) -> Iterator[Row]:
    for issue in source.extraction.issues:
        start = issue.span.start if issue.span else None
        end = issue.span.end if issue.span else None
        place = "" if issue.span is None else f":{start}-{end}"
        yield {
            "id": f"{source.version_id}:{issue.code}{place}",
            "document_version_id": source.version_id,
            "code": issue.code,
            "start_char": start,
            "end_char": end,
            "quote": issue.quote,
        }


MENTIONS = Table(
    name="mentions",
    order=4,
    description="The evidence: the exact words every fact was read from.",
    columns=(
        Column("id", "TEXT PRIMARY KEY", "version, place and kind of fact"),
        Column("document_version_id", VERSION, "the version the words stand in"),
        Column(
            "start_char",
            "INTEGER NOT NULL CHECK (start_char >= 0)",
            "first character in the version's text",
        ),
        Column("end_char", "INTEGER NOT NULL", "character after the last one"),
        Column(
            "quote",
            "TEXT NOT NULL",
            "the words; substr(text, start_char + 1, end_char - start_char)",
        ),
        Column("rule", "TEXT NOT NULL", "the rule that read them: table and rule"),
        Column("page", "INTEGER", "page number where the source has pages"),
    ),
    constraints=("CHECK (end_char > start_char)",),
    rows=mention_rows,
    indexes=("document_version_id",),
    facets=("rule",),
    label="quote",
)

ISSUES = Table(
    name="issues",
    order=4,
    description="What looked like a fact and was not read, and what the reader of the page had to work around.",
    columns=(
        Column("id", "TEXT PRIMARY KEY", "version, code and place"),
        Column("document_version_id", VERSION, "the version"),
        Column("code", "TEXT NOT NULL", "what sort of issue: unread_amounts, implausible_amount …"),
        Column(
            "start_char",
            "INTEGER",
            "first character in the version's text; empty if it concerns the whole",
        ),
        Column("end_char", "INTEGER", "character after the last one"),
        Column("quote", "TEXT NOT NULL", "the words in question"),
    ),
    rows=issue_rows,
    indexes=("document_version_id",),
    facets=("code",),
)

TABLES = (MENTIONS, ISSUES)
