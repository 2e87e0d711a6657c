-- title: Alarms
-- description: What is odd about a site at present; an empty answer is a good one.
SELECT
    site_id,
    kind,
    note,
    url,
    raised_at
FROM open_alarms
ORDER BY site_id, kind, url
