-- title: How much money is there each year?
-- description: Money by programme, agreement and year, each krone once. What is told for several years together stands on a line without a year. Leave the agreement empty for all.
SELECT
    programme_id,
    agreement_id,
    year,
    stated_min_dkk,
    stated_max_dkk,
    undivided_min_dkk,
    undivided_max_dkk,
    undivided_from_year,
    undivided_to_year,
    assumed_even_min_dkk,
    assumed_even_max_dkk
FROM money_by_year
WHERE :agreement_id = '' OR agreement_id = :agreement_id
ORDER BY agreement_id, year IS NULL, year
