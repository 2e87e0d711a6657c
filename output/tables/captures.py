"""How it came in: every answer of an address, what was turned away unread, and what was odd about a site."""

from output.table import Column, Table, day, one_of

CaptureOutcome = ("new", "changed", "unchanged", "duplicate", "failed", "gone")
SITE = "TEXT NOT NULL REFERENCES sites(id)"

CAPTURES = Table(
    name="captures",
    order=4,
    description="Every answer of an address that was news: a body, or that there is none any more; each is a record of the archive.",
    columns=(
        Column("id", "TEXT PRIMARY KEY", "id of the record in the archive's log"),
        Column("position", "INTEGER NOT NULL", "number of the record in the archive's log, from 0"),
        Column("url", "TEXT NOT NULL", "the address that was asked"),
        Column("location_url", "TEXT NOT NULL", "the address that answered, where redirects led"),
        Column("site_id", SITE, "the site"),
        Column("captured_at", "TEXT NOT NULL", "when, ISO, UTC; for a local file when it was last changed"),
        Column("source", one_of("source", "live", "file", "internet_archive"), "who gave the bytes"),
        Column("archived_at", "TEXT", "when the Internet Archive took its copy, ISO, UTC"),
        Column("status", "INTEGER", "HTTP status; empty for a local file"),
        Column("media_type", "TEXT", "what the server called the bytes"),
        Column("bytes_sha256", "TEXT", "SHA-256 of the bytes; empty where there were none"),
        Column("snapshot", "TEXT", "the file in the archive that holds the bytes"),
        Column("found_on", "TEXT", "the page that led here"),
        Column("outcome", one_of("outcome", *CaptureOutcome), "what became of it"),
        Column("reason", "TEXT", "why it could not be read"),
        Column(
            "document_version_id",
            "TEXT REFERENCES document_versions(id) ON DELETE SET NULL",
            "the version that it was read as",
        ),
        Column(
            "rules_sha256",
            "TEXT NOT NULL",
            "hash of the rules and readers that read it; empty where the next run tries again",
        ),
    ),
    indexes=("url", "location_url", "document_version_id", "site_id"),
    facets=("site_id", "outcome", "source"),
)

TURNED_AWAY = Table(
    name="turned_away",
    order=1,
    description="Items of a listing that were not fetched because nothing in their title spoke of social-policy money: check them.",
    columns=(
        Column("url", "TEXT PRIMARY KEY", "address of the item"),
        Column("site_id", SITE, "the site"),
        Column("title", "TEXT NOT NULL", "what the listing says of it: title, teaser, date"),
        Column("published_on", day("published_on"), "day that the listing gives, ISO"),
        Column("rule", "TEXT NOT NULL", "the rule of the relevance filter that decided"),
        Column("found_on", "TEXT", "the listing page"),
        Column("first_seen_at", "TEXT NOT NULL", "when, ISO, UTC"),
        Column("record_id", "TEXT NOT NULL", "id of the record in the archive's log"),
    ),
    indexes=("site_id",),
    facets=("site_id", "rule"),
    search=("title",),
    label="title",
)

KINDS = (
    "unreachable",
    "no_items",
    "few_items",
    "many_items",
    "stale_listing",
    "dead_selector",
    "endless_listing",
    "fallback_share",
)

ALARMS = Table(
    name="alarms",
    order=1,
    description="What was odd about a site, and when it ended: no items, too few, nothing new, a layout that no longer fits.",
    columns=(
        Column("record_id", "TEXT PRIMARY KEY", "id of the record in the archive's log"),
        Column("site_id", SITE, "the site"),
        Column("kind", one_of("kind", *KINDS), "what is odd"),
        Column("url", "TEXT NOT NULL", "the listing, or the site's front page"),
        Column("note", "TEXT NOT NULL", "what was expected and what was found when it was raised"),
        Column("raised_at", "TEXT NOT NULL", "when it was first seen so, ISO, UTC"),
        Column("ended_at", "TEXT", "when it was seen otherwise, ISO, UTC; empty while it lasts"),
    ),
    indexes=("site_id, kind, url",),
    facets=("site_id", "kind"),
)

POSITION = Table(
    name="archive_position",
    order=0,
    description="How far the archive's log was read for items turned away and for alarms; answers are counted in captures.",
    columns=(
        Column("id", "INTEGER PRIMARY KEY CHECK (id = 1)", "there is one row"),
        Column("position", "INTEGER NOT NULL", "number of the last such record, from 0"),
        Column("record_id", "TEXT NOT NULL", "its id"),
    ),
)

TABLES = (CAPTURES, TURNED_AWAY, ALARMS, POSITION)
