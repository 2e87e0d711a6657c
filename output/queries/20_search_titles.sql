-- title: Search the titles
-- description: The same search in the titles of documents and initiatives.
SELECT
    'document' AS what,
    d.title AS title,
    d.id AS document_id,
    NULL AS initiative_id,
    d.published_on AS published_on
FROM documents_fts
JOIN documents d ON d.rowid = documents_fts.rowid
WHERE documents_fts MATCH coalesce(replace(nullif(escape_fts(:q), ''), '" "', '"* "') || '*', '""')
UNION ALL
SELECT 'initiative', i.title, a.preferred_document_id, i.id, a.agreed_on
FROM initiatives_fts
JOIN initiatives i ON i.rowid = initiatives_fts.rowid
LEFT JOIN agreements a ON a.id = i.agreement_id
WHERE initiatives_fts MATCH coalesce(replace(nullif(escape_fts(:q), ''), '" "', '"* "') || '*', '""')
ORDER BY what, published_on DESC, title
