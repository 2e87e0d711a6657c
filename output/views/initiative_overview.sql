-- title: Initiatives with their phases, money and documents
-- description: One line per initiative. Money is never added across documents: where they differ the two sums are the lowest and the highest of them.
SELECT
    i.id AS initiative_id,
    i.title,
    i.agreement_id,
    a.programme_year,
    i.area,
    (
        SELECT group_concat(phase, ' + ')
        FROM (
            SELECT ip.phase
            FROM initiative_phases ip
            JOIN phases p ON p.id = ip.phase
            WHERE ip.initiative_id = i.id
            ORDER BY p.position
        )
    ) AS phases, -- its phases joined by +, in the order of the phase model
    money.min_dkk, -- the smallest sum that one document gives it: additive sums for the whole period, whole Danish kroner
    money.max_dkk, -- the largest such sum; the same as min_dkk where the documents agree and give no range
    (
        SELECT count(DISTINCT v.document_id)
        FROM initiative_mentions im
        JOIN mentions m ON m.id = im.mention_id
        JOIN document_versions v ON v.id = m.document_version_id
        WHERE im.initiative_id = i.id AND v.is_current = 1
    ) AS documents -- how many documents mention it in their current version
FROM initiatives i
LEFT JOIN agreements a ON a.id = i.agreement_id
LEFT JOIN (
    SELECT initiative_id, min(min_dkk) AS min_dkk, max(max_dkk) AS max_dkk
    FROM (
        SELECT am.initiative_id, sum(am.min_dkk) AS min_dkk, sum(am.max_dkk) AS max_dkk
        FROM amounts am
        JOIN mentions m ON m.id = am.mention_id
        JOIN document_versions v ON v.id = m.document_version_id
        WHERE am.additive = 1 AND am.implausible = 0 AND am.per = 'total' AND v.is_current = 1
        GROUP BY am.initiative_id, v.document_id
    )
    GROUP BY initiative_id
) money ON money.initiative_id = i.id
ORDER BY a.programme_year DESC, i.agreement_id, i.title
