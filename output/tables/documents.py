"""What came in: sites, documents, their addresses and versions, and the blocks of each version."""

from collections.abc import Iterator
from typing import get_args

from corpus.document import BlockKind, MediaType
from extractors.facts import DocumentKind
from output.table import Column, Row, Source, Table, day, flag, one_of

VERSION = "TEXT NOT NULL REFERENCES document_versions(id) ON DELETE CASCADE"


def block_rows(source: Source) -> Iterator[Row]:
    for position, block in enumerate(source.extraction.document.blocks):
        yield {
            "document_version_id": source.version_id,
            "position": position,
            "kind": block.kind,
            "start_char": block.span.start,
            "end_char": block.span.end,
            "level": block.level,
            "page": block.page,
            "table_row": block.row,
            "table_column": block.column,
        }


SITES = Table(
    name="sites",
    order=0,
    description="Where pages come from: a ministry's or agency's web site, or files on a disk.",
    columns=(
        Column("id", "TEXT PRIMARY KEY", "short name of the site, as sm.dk; local files are files"),
        Column("name", "TEXT NOT NULL", "the site's name in words"),
        Column("publisher", "TEXT", "who publishes the site today; empty for local files"),
        Column("base_url", "TEXT", "address of the front page; empty for local files"),
    ),
    shared=True,
    label="name",
)

DOCUMENTS = Table(
    name="documents",
    order=1,
    description="One row per press release, news item, agreement text, pool page …, whatever its addresses.",
    columns=(
        Column(
            "id",
            "TEXT PRIMARY KEY",
            "readable and stable: date and title, as 2021-11-02-aftale-fordeler-142-millioner-kroner",
        ),
        Column("title", "TEXT NOT NULL", "title of the current version, as written"),
        Column("kind", one_of("kind", *get_args(DocumentKind)), "what sort of text it is"),
        Column("issuer", "TEXT", "ministry or agency that issued it, under its name at the time"),
        Column(
            "published_on",
            day("published_on"),
            "day of publication, ISO; empty where the page gives none",
        ),
        Column(
            "updated_on",
            day("updated_on"),
            "day of the last update that the page itself states, ISO",
        ),
        Column("language", "TEXT NOT NULL", "ISO 639-1 code of the language"),
        Column(
            "body_sha256",
            "TEXT NOT NULL UNIQUE",
            "hash of the words of the first version without date, update and contact lines: the same text at another address is the same document",
        ),
        Column("corrected", "TEXT", "the columns that a human corrected, parted by commas; empty: none"),
    ),
    indexes=("published_on",),
    facets=("kind", "issuer"),
    search=("title",),
    label="title",
)

VERSIONS = Table(
    name="document_versions",
    order=2,
    description="Every text that an address ever had: new text makes a new version, nothing old is overwritten.",
    columns=(
        Column(
            "id",
            "TEXT PRIMARY KEY",
            "document id, @ and the first 12 digits of the hash of the text",
        ),
        Column(
            "document_id",
            "TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE",
            "the document",
        ),
        Column(
            "fetched_at",
            "TEXT NOT NULL",
            "when these words were first seen, ISO, UTC; for a local file the time it was last changed",
        ),
        Column(
            "text",
            "TEXT NOT NULL",
            "the main text; every offset in the database counts its characters from 0",
        ),
        Column("text_sha256", "TEXT NOT NULL", "SHA-256 of the text in UTF-8"),
        Column("bytes_sha256", "TEXT NOT NULL", "SHA-256 of the bytes that came in"),
        Column("body_sha256", "TEXT NOT NULL", "SHA-256 of the words of its body, by which copies are known"),
        Column("media_type", one_of("media_type", *get_args(MediaType)), "what the bytes were"),
        Column("title", "TEXT NOT NULL", "title of this version, as written"),
        Column("kind", one_of("kind", *get_args(DocumentKind)), "what sort of text this version is"),
        Column("issuer", "TEXT", "who issued it by this version"),
        Column("published_on", day("published_on"), "day of publication by this version, ISO"),
        Column("updated_on", day("updated_on"), "day of the last update by this version, ISO"),
        Column("language", "TEXT NOT NULL", "ISO 639-1 code of the language"),
        Column("snapshot", "TEXT", "the file in the archive that holds the bytes it was first read from"),
        Column(
            "source",
            one_of("source", "live", "file", "internet_archive"),
            "who gave these bytes: the site, a local file, or the Internet Archive's copy of a page that was gone",
        ),
        Column("is_current", flag("is_current"), "1 for the one version that speaks for the document"),
        Column(
            "rules_sha256",
            "TEXT NOT NULL",
            "hash of the rules and readers that read the facts; other rules read the text again",
        ),
    ),
    indexes=("document_id", "text_sha256", "body_sha256", "title"),
    facets=("is_current", "media_type"),
    search=("text",),
)

LOCATIONS = Table(
    name="locations",
    order=3,
    description="Every address at which a document was found; one document can have several.",
    columns=(
        Column("url", "TEXT PRIMARY KEY", "the address; a local file's path is its address"),
        Column(
            "document_id",
            "TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE",
            "the document found there",
        ),
        Column(
            "document_version_id",
            "TEXT NOT NULL REFERENCES document_versions(id)",
            "the version found there last",
        ),
        Column("site_id", "TEXT NOT NULL REFERENCES sites(id)", "the site"),
        Column(
            "first_seen_at",
            "TEXT NOT NULL",
            "when the address was first read, ISO, UTC; for a local file the time it was last changed",
        ),
        Column(
            "last_checked_at",
            "TEXT NOT NULL",
            "when the address last gave text that the database did not have; a check without news writes nothing",
        ),
        Column(
            "status",
            one_of("status", "ok", "gone", "moved", "unreadable"),
            "what the last answer was; moved: it leads elsewhere now",
        ),
        Column("etag", "TEXT", "the server's mark for this version"),
        Column("last_modified", "TEXT", "the server's time of last change, as sent"),
    ),
    indexes=("document_id", "document_version_id", "site_id"),
    facets=("site_id", "status"),
)

BLOCKS = Table(
    name="blocks",
    order=3,
    description="Headings, paragraphs, list items, quotes, table cells, contact lines of a version, in reading order.",
    columns=(
        Column("document_version_id", VERSION, "the version"),
        Column("position", "INTEGER NOT NULL", "number of the block in reading order, from 0"),
        Column("kind", one_of("kind", *get_args(BlockKind)), "what the block is on the page"),
        Column("start_char", "INTEGER NOT NULL CHECK (start_char >= 0)", "first character in the text"),
        Column("end_char", "INTEGER NOT NULL", "character after the last one"),
        Column(
            "level",
            "INTEGER",
            "depth of a heading (1 is the title) or of a list item (1 is outermost)",
        ),
        Column("page", "INTEGER", "page number where the source has pages"),
        Column("table_row", "INTEGER", "row of a table cell, from 0"),
        Column("table_column", "INTEGER", "column of a table cell, from 0"),
    ),
    constraints=("PRIMARY KEY (document_version_id, position)", "CHECK (end_char > start_char)"),
    rows=block_rows,
    facets=("kind",),
)

TABLES = (SITES, DOCUMENTS, VERSIONS, LOCATIONS, BLOCKS)
