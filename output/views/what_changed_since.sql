-- title: What changed
-- description: What each run added, changed or removed, fact by fact and thing by thing; choose by started_at.
SELECT
    c.run_id,
    r.started_at,
    d.title AS document_title, -- title of the document as it is called today
    c.document_id,
    c.kind,
    c.thing,
    c.thing_before,
    c.field,
    c.action,
    c.before,
    c.after,
    c.id AS change_id
FROM changes c
JOIN runs r ON r.id = c.run_id
LEFT JOIN documents d ON d.id = c.document_id
