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
    v.snapshot,
    (
        SELECT group_concat(said, '; ')
        FROM (
            SELECT cv.field || ': ' || coalesce(cv.before, 'nothing') || ' read, '
                || coalesce(cv.after, 'nothing') || ' by ' || c.who || ' (' || c.made_on || '): ' || c.why AS said
            FROM corrected_values cv
            JOIN corrections c ON c.id = cv.correction_id
            WHERE cv.row_id = m.id
            ORDER BY cv.field
        )
    ) AS corrected, -- what was read and what a human corrected it to, who and why; empty: nothing
    d.corrected AS document_corrected -- the columns of documents that a human corrected; empty: none
FROM mentions m
JOIN document_versions v ON v.id = m.document_version_id
JOIN documents d ON d.id = v.document_id
