-- title: Where a fact comes from
-- description: Any fact by its mention: the quote, the rule that read it, the document, an address, the version and the file in the archive that holds its bytes.
SELECT
    m.id AS mention_id,
    m.quote,
    m.rule,
    m.page,
    m.start_char,
    m.end_char,
    d.id AS document_id,
    d.title,
    d.published_on,
    (SELECT min(l.url) FROM locations l WHERE l.document_version_id = v.id) AS url, -- an address of this version
    v.id AS document_version_id,
    v.is_current,
    v.source,
    v.snapshot
FROM mentions m
JOIN document_versions v ON v.id = m.document_version_id
JOIN documents d ON d.id = v.document_id
