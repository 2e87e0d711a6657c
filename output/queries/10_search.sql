-- title: Search the texts
-- description: Type words or their beginnings (sats finds satspulje); a text must have all of them, and "words in quotes" side by side. Hits are marked; the best 100 texts are shown.
SELECT
    d.id AS document_id,
    d.title,
    d.kind,
    d.published_on,
    replace(snippet(document_versions_fts, 0, '«', '»', ' … ', 40), char(10), ' ') AS passage,
    (SELECT min(l.url) FROM locations l WHERE l.document_version_id = v.id) AS url
FROM document_versions_fts
JOIN document_versions v ON v.rowid = document_versions_fts.rowid
JOIN documents d ON d.id = v.document_id
-- escape_fts is Datasette's: it puts each word in quotes, so that 2020-2023 or a lone " is no syntax error; * makes it a beginning
WHERE document_versions_fts MATCH coalesce(replace(nullif(escape_fts(:q), ''), '" "', '"* "') || '*', '""')
    AND v.is_current = 1
-- by rank alone and limited: FTS5 then cuts the passages of these hits only
ORDER BY rank
LIMIT 100
