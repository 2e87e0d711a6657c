-- title: Initiatives through the years
-- description: Stories of initiatives, one line per initiative in the order of years: each follows what it most likely carries on (initiative_threads), back to where the story began. Links that a human rejected are left out.
WITH RECURSIVE told(initiative_id, story_id, chapter) AS (
    SELECT i.id, i.id, 1
    FROM initiatives i
    WHERE i.id NOT IN (SELECT to_initiative_id FROM initiative_threads)
    UNION ALL
    SELECT t.to_initiative_id, s.story_id, s.chapter + 1
    FROM told s
    CROSS JOIN initiative_threads t ON t.from_initiative_id = s.initiative_id
)
SELECT
    coalesce(s.story_id, i.id) AS story_id, -- the initiative that the story begins with
    coalesce(a.programme_year, a.start_year, CAST(substr(coalesce(a.agreed_on, d.published_on), 1, 4) AS INTEGER)) AS year, -- first year of the programme, else of the money, else of the agreement
    i.id AS initiative_id,
    i.agreement_id,
    i.title,
    o.phases, -- its phases joined by +, in the order of the phase model
    o.min_dkk, -- the sum its documents give it for the whole period, whole Danish kroner; the smallest where they differ
    o.max_dkk, -- the largest such sum
    t.from_initiative_id AS continues, -- the initiative that it most likely carries on; empty where a story begins
    l.relation,
    l.score, -- how sure that is, 0 to 1; 1 for a human's own link
    l.status,
    l.reason,
    coalesce(s.chapter, 1) AS chapter, -- how many initiatives the story has come through, this one counted
    count(*) OVER (PARTITION BY coalesce(s.story_id, i.id)) AS initiatives -- how many the whole story has
FROM initiatives i
JOIN initiative_overview o ON o.initiative_id = i.id
LEFT JOIN agreements a ON a.id = i.agreement_id
LEFT JOIN documents d ON d.id = a.preferred_document_id
LEFT JOIN told s ON s.initiative_id = i.id
LEFT JOIN initiative_threads t ON t.to_initiative_id = i.id
LEFT JOIN initiative_links l ON l.to_initiative_id = t.to_initiative_id
    AND l.from_initiative_id = t.from_initiative_id
ORDER BY story_id, year, chapter, i.id
