-- title: What could not be read
-- description: Pages and papers that gave no document, the reason, and the file in the archive that holds them. Leave site empty for all.
SELECT
    site_id,
    url,
    reason,
    captured_at,
    found_on,
    snapshot
FROM unreadable
WHERE :site = '' OR site_id = :site
ORDER BY captured_at DESC, url
