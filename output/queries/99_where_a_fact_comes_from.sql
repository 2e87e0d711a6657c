-- title: Where a fact comes from
-- description: One fact by its mention_id: the words within their surroundings, the rule that read them, the document, an address and the version.
SELECT
    s.quote,
    replace(substr(v.text, max(1, s.start_char - 159), min(160, s.start_char)), char(10), ' ')
        || '«' || s.quote || '»'
        || replace(substr(v.text, s.end_char + 1, 160), char(10), ' ') AS passage,
    s.rule,
    s.page,
    s.document_id,
    s.title,
    s.published_on,
    s.url,
    s.document_version_id,
    s.is_current,
    s.corrected,
    s.document_corrected
FROM sources_of_fact s
JOIN document_versions v ON v.id = s.document_version_id
WHERE s.mention_id = :mention_id
