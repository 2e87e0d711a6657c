-- title: Initiatives with their phases, money and documents
-- description: One line per initiative. Money is never added up: of each document the largest sum it gives the initiative counts, and where documents differ the two sums are the lowest and the highest.
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
    money.min_dkk, -- the sum its documents give it for the whole period, whole Danish kroner; the smallest where they differ
    money.max_dkk, -- the largest such sum; the same as min_dkk where the documents agree and give no range
    (
        SELECT count(DISTINCT v.document_id)
        FROM initiative_mentions im
        JOIN mentions m ON m.id = im.mention_id
        JOIN document_versions v ON v.id = m.document_version_id
        WHERE im.initiative_id = i.id AND v.is_current = 1
    ) AS documents, -- how many documents mention it in their current version
    i.corrected,
    coalesce(money.corrected, 0) AS money_corrected -- 1 if a human corrected one of its sums
FROM initiatives i
LEFT JOIN agreements a ON a.id = i.agreement_id
LEFT JOIN (
    SELECT initiative_id, min(min_dkk) AS min_dkk, max(max_dkk) AS max_dkk, max(corrected) AS corrected
    FROM (
        SELECT am.initiative_id, max(am.min_dkk) AS min_dkk, max(am.max_dkk) AS max_dkk,
            max(am.corrected IS NOT NULL) AS corrected
        FROM amounts am
        JOIN mentions m ON m.id = am.mention_id
        JOIN document_versions v ON v.id = m.document_version_id
        WHERE am.role = 'part' AND am.implausible = 0 AND am.per = 'total' AND v.is_current = 1
        GROUP BY am.initiative_id, v.document_id
    )
    GROUP BY initiative_id
) money ON money.initiative_id = i.id
ORDER BY a.programme_year DESC, i.agreement_id, i.title
