-- title: Alarms
-- description: What is odd about a site at present: no items, too few, nothing new, pages that fit no layout.
SELECT
    a.site_id,
    a.kind,
    a.note,
    a.url,
    a.raised_at
FROM alarms a
WHERE a.ended_at IS NULL
ORDER BY a.site_id, a.kind, a.url
