-- title: What does not add up?
-- description: Checks that failed, with the words. Leave the kind empty for all.
SELECT
    kind,
    agreement_id,
    document_id,
    claimed,
    found,
    note,
    quote,
    url,
    mention_id
FROM failed_checks
WHERE :kind = '' OR kind = :kind
ORDER BY kind, agreement_id, document_id, check_id
