-- title: What does not add up
-- description: Every check that failed: what the text says, what was found instead, in words and with the quote.
SELECT
    c.kind,
    c.agreement_id,
    c.document_id,
    d.title,
    c.claimed,
    c.found,
    c.note,
    m.quote,
    m.page,
    (SELECT min(l.url) FROM locations l WHERE l.document_id = d.id) AS url, -- an address of the document
    c.mention_id,
    c.id AS check_id
FROM checks c
LEFT JOIN documents d ON d.id = c.document_id
LEFT JOIN mentions m ON m.id = c.mention_id
WHERE c.status = 'fail'
ORDER BY c.kind, c.agreement_id, c.document_id, c.id
