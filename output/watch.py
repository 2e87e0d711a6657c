"""Whether the pages of a site still fit the layouts that are declared for it."""

from output.database import Database, rows

RECENT = 10  # captures whose readings are compared with those before
FEWEST = 4  # of which a share means something
RISE = 0.3
NOTES = ("unknown_layout", "changed_layout", "incomplete_main_part", "dead_selector")
READINGS = f"""
SELECT c.id, EXISTS (
    SELECT 1 FROM issues i WHERE i.document_version_id = c.document_version_id
    AND i.code IN ({", ".join(f"'{note}'" for note in NOTES)})
) AS fell_back
FROM captures c JOIN document_versions v ON v.id = c.document_version_id
WHERE c.site_id = ? AND v.media_type = 'text/html' AND c.outcome <> 'unchanged'
ORDER BY c.position
"""


def fallback_share(db: Database, site: str, lasts: bool) -> str | None:
    """What is odd, in words, when newly read pages fit no layout more often than before.

    Once it `lasts`, bad readings are among those before: then it ends when the share falls again.
    """
    found = [int(str(row["fell_back"])) for row in rows(db, READINGS, site)]
    recent, before = found[-RECENT:], found[:-RECENT]
    if len(recent) < FEWEST:
        return None
    now, then = sum(recent) / len(recent), sum(before) / len(before) if before else 0.0
    if now < RISE if lasts else now - then < RISE:
        return None
    return (
        f"pages that fit a declared layout expected, {sum(recent)} of the last {len(recent)} did not"
        f" ({then:.0%} before); has the site been rebuilt?"
    )
