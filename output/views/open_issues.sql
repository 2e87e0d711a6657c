-- title: What was not read
-- description: What looks like a fact in a current version and was not read, with its words and an address: the backlog, never silence.
SELECT
    i.code,
    i.quote,
    d.id AS document_id,
    d.title,
    d.kind,
    d.published_on,
    (
        SELECT min(l.url) FROM locations l WHERE l.document_version_id = v.id
    ) AS url, -- an address of this version
    i.start_char,
    i.end_char,
    i.id AS issue_id,
    d.corrected
FROM issues i
JOIN document_versions v ON v.id = i.document_version_id
JOIN documents d ON d.id = v.document_id
WHERE v.is_current = 1
ORDER BY i.code, d.id, i.start_char
