"""Every id that was a good one for a thing, so that what somebody cited is found again."""

from collections.abc import Iterable

from output.database import Database, rows
from output.identity import marked
from output.resolve import Resolved
from output.slug import slug
from output.table import Row

DOCUMENTS = """
SELECT DISTINCT document_id AS id, body_sha256, title, published_on FROM document_versions
"""
THINGS = ("document_id", "agreement_id", "initiative_id")


def identifier_rows(db: Database, found: Resolved) -> list[Row]:
    """The rows of the table identifiers: a present id means its thing, a former one the thing that
    has it no more; what several could mean goes to the first by content."""
    documents = rows(db, DOCUMENTS)
    present: list[Row] = [{"id": row["id"], "document_id": row["id"]} for row in documents]
    present += [{"id": row["id"], "agreement_id": row["id"]} for row in found.agreements]
    present += [{"id": row["id"], "initiative_id": row["id"]} for row in found.initiatives]
    former: list[Row] = [
        {"id": name, "document_id": row["id"]} for row in documents for name in document_names(row)
    ]
    former += found.identifiers
    chosen: dict[str, Row] = {}
    for row in (*present, *sorted(former, key=order)):
        chosen.setdefault(str(row["id"]), {thing: row.get(thing) for thing in ("id", *THINGS)})
    return list(chosen.values())


def order(row: Row) -> tuple[str, ...]:
    return tuple(str(row.get(thing) or "") for thing in ("id", *THINGS))


def document_names(row: Row) -> Iterable[str]:
    """The ids that the title and day of a version give, with and without its day."""
    title, day = slug(str(row["title"])), row["published_on"]
    for name in (title, f"{day}-{title}") if day else (title,):
        yield name
        yield marked(name, str(row["body_sha256"]))
