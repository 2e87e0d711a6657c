-- title: What could not be read
-- description: Every body that gave no document, with the reason and the file in the archive that holds it.
SELECT
    c.site_id,
    c.location_url AS url,
    c.reason,
    c.captured_at,
    c.found_on,
    c.snapshot
FROM captures c
WHERE c.outcome = 'failed'
ORDER BY c.captured_at DESC, c.location_url
