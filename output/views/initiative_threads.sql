-- title: What each initiative most likely carries on
-- description: One line per initiative that carries on an earlier one: of its links that nobody rejected the best, those that a human confirmed first.
SELECT
    l.to_initiative_id,
    l.from_initiative_id,
    l.relation,
    l.score,
    l.status,
    l.reason
FROM initiative_links l
WHERE l.status <> 'rejected' AND NOT EXISTS (
    SELECT 1 FROM initiative_links o
    WHERE o.to_initiative_id = l.to_initiative_id AND o.status <> 'rejected'
        AND (o.status = 'confirmed', o.score, o.from_initiative_id)
            > (l.status = 'confirmed', l.score, l.from_initiative_id)
)
ORDER BY l.to_initiative_id
