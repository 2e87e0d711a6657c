-- title: What each initiative most likely carries on
-- description: One line per initiative that carries on an earlier one: the best of its links that a human confirmed, or else of those proposed that are rather sure (score 0.6 or more).
SELECT
    l.to_initiative_id,
    l.from_initiative_id,
    l.relation,
    l.score,
    l.status,
    l.reason
FROM initiative_links l
WHERE (l.status = 'confirmed' OR (l.status = 'proposed' AND l.score >= 0.6)) AND NOT EXISTS (
    SELECT 1 FROM initiative_links o
    WHERE o.to_initiative_id = l.to_initiative_id AND o.status <> 'rejected'
        AND (o.status = 'confirmed', o.score, o.from_initiative_id)
            > (l.status = 'confirmed', l.score, l.from_initiative_id)
)
ORDER BY l.to_initiative_id
