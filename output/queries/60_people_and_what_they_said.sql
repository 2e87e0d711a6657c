-- title: People and what they said
-- description: Quotations from current versions with the person, the title at the time and the document; person is part of a name, empty for everybody.
SELECT
    p.name,
    (
        SELECT min(pm.title)
        FROM person_mentions pm
        JOIN mentions pmm ON pmm.id = pm.mention_id
        WHERE pm.person_id = p.id AND pmm.document_version_id = v.id
    ) AS title,
    s.text,
    d.id AS document_id,
    d.published_on,
    s.mention_id
FROM statements s
JOIN mentions m ON m.id = s.mention_id
JOIN document_versions v ON v.id = m.document_version_id
JOIN documents d ON d.id = v.document_id
LEFT JOIN people p ON p.id = s.person_id
WHERE v.is_current = 1
    AND (
        trim(:person) = ''
        OR p.rowid IN (
            SELECT rowid
            FROM people_fts
            WHERE people_fts MATCH coalesce(replace(nullif(escape_fts(:person), ''), '" "', '"* "') || '*', '""')
        )
    )
ORDER BY p.name IS NULL, p.name, d.published_on DESC, d.id, m.start_char
