-- title: Open pools
-- description: Pools whose deadline has not passed on the day you ask, the nearest first; a pool that two pages tell of stands once.
SELECT
    p.title,
    p.amount_dkk,
    p.deadline_on,
    CAST(julianday(p.deadline_on) - julianday(date('now')) AS INTEGER) AS days_left, -- days from the day you ask to the deadline
    p.account,
    p.agreement_id,
    p.initiative_id,
    d.id AS document_id,
    (SELECT min(l.url) FROM locations l WHERE l.document_id = d.id) AS url, -- an address of the page
    p.mention_id
FROM pools p
JOIN documents d ON d.id = p.document_id
JOIN mentions m ON m.id = p.mention_id
JOIN document_versions v ON v.id = m.document_version_id
WHERE v.is_current = 1 AND p.deadline_on >= date('now') AND NOT EXISTS (
    SELECT 1 FROM document_links k WHERE k.to_document_id = d.id AND k.relation = 'same_pool'
)
ORDER BY p.deadline_on, p.title, p.id
