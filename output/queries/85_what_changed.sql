-- title: What changed since a day?
-- description: Facts and things that the runs since a day (as 2026-11-01; empty: all) added, changed or removed, the last first.
SELECT
    started_at,
    document_title,
    document_id,
    kind,
    thing,
    field,
    action,
    before,
    after
FROM what_changed_since
WHERE started_at >= :since
ORDER BY started_at DESC, run_id, document_id, kind, thing, change_id
LIMIT 2000
