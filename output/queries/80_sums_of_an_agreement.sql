-- title: Sums of an agreement
-- description: Every sum that the documents say of one agreement, with the words; agreement_id is a short name like uip-2022. Only additive sums of one document may be added up.
SELECT
    document_id,
    quote,
    min_dkk,
    max_dkk,
    role,
    additive,
    qualifier,
    per,
    start_year,
    end_year,
    initiative_id,
    mention_id,
    corrected
FROM money_of_agreements
WHERE agreement_id = :agreement_id
ORDER BY document_id, start_char, mention_id
