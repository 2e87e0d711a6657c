-- title: Stories of initiatives through the years
-- description: What an initiative was before and became later; q are words of any title of the story; empty for all stories of more than one initiative.
SELECT
    story_id,
    year,
    agreement_id,
    title,
    phases,
    min_dkk,
    max_dkk,
    relation,
    score,
    status,
    continues,
    reason,
    initiative_id
FROM initiative_history
WHERE CASE
    WHEN :q = '' THEN initiatives > 1
    ELSE story_id IN (
        SELECT h.story_id
        FROM initiatives_fts
        JOIN initiatives i ON i.rowid = initiatives_fts.rowid
        JOIN initiative_history h ON h.initiative_id = i.id
        WHERE initiatives_fts MATCH coalesce(replace(nullif(escape_fts(:q), ''), '" "', '"* "') || '*', '""')
    )
END
ORDER BY story_id, year, chapter, initiative_id
