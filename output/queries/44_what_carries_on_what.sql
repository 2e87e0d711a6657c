-- title: What carries on what
-- description: Each initiative with the earlier one that it most likely carries on, the least sure first: to be confirmed or rejected in the corrections file. status is proposed or confirmed, empty for both.
SELECT
    t.score,
    t.status,
    t.relation,
    earlier.title AS earlier,
    later.title AS later,
    t.reason,
    t.from_initiative_id,
    t.to_initiative_id
FROM initiative_threads t
JOIN initiatives earlier ON earlier.id = t.from_initiative_id
JOIN initiatives later ON later.id = t.to_initiative_id
WHERE :status = '' OR t.status = :status
ORDER BY t.score, t.to_initiative_id
