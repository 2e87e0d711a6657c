-- title: Which pools can be applied for now?
-- description: Pools whose deadline has not passed, the nearest first.
SELECT
    title,
    amount_dkk,
    deadline_on,
    days_left,
    account,
    agreement_id,
    document_id,
    url,
    mention_id
FROM open_pools
ORDER BY deadline_on, title
