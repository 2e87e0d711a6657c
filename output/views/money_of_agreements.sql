-- title: Money of agreements
-- description: Every sum that a current version says of an agreement, with its words. Only sums of one document with additive = 1 may be added up.
SELECT
    am.agreement_id,
    d.id AS document_id,
    d.title,
    am.role,
    am.additive,
    am.min_dkk,
    am.max_dkk,
    am.qualifier,
    am.per,
    am.start_year,
    am.end_year,
    am.price_year,
    am.implausible,
    am.initiative_id,
    m.quote,
    m.page,
    m.start_char,
    am.mention_id,
    am.corrected,
    d.corrected AS document_corrected -- the columns of documents that a human corrected; empty: none
FROM amounts am
JOIN mentions m ON m.id = am.mention_id
JOIN document_versions v ON v.id = m.document_version_id
JOIN documents d ON d.id = v.document_id
WHERE v.is_current = 1 AND am.agreement_id IS NOT NULL
ORDER BY am.agreement_id, d.id, m.start_char, am.mention_id
