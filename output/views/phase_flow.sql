-- title: From phase to phase
-- description: How many initiatives of a year carry on an earlier one, from which phase to which: of several phases the furthest counts. One line per year and step; each initiative counts once, with what it most likely carries on (initiative_threads).
WITH furthest AS (
    SELECT ip.initiative_id, max(p.position) AS place
    FROM initiative_phases ip
    JOIN phases p ON p.id = ip.phase
    GROUP BY ip.initiative_id
)
SELECT
    coalesce(a.programme_year, a.start_year) AS year, -- first year of the later initiative's programme, else of its agreement's money
    was.id AS from_phase, -- phase of the earlier initiative; empty where none is named
    became.id AS to_phase, -- phase of the later one; empty where none is named
    became.position - was.position AS steps, -- how many phases further: 1 the next, 2 one was left out, 0 the same, less than 0 back; empty where a phase is not known
    count(*) AS initiatives, -- how many later initiatives
    sum(t.status = 'confirmed') AS confirmed -- for how many of them a human confirmed the link
FROM initiative_threads t
JOIN initiatives i ON i.id = t.to_initiative_id
LEFT JOIN agreements a ON a.id = i.agreement_id
LEFT JOIN furthest f ON f.initiative_id = t.from_initiative_id
LEFT JOIN furthest g ON g.initiative_id = t.to_initiative_id
LEFT JOIN phases was ON was.position = f.place
LEFT JOIN phases became ON became.position = g.place
WHERE f.place IS NOT NULL OR g.place IS NOT NULL
GROUP BY coalesce(a.programme_year, a.start_year), was.position, became.position
ORDER BY year, was.position, became.position
