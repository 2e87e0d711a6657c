-- title: How much money is there each year?
-- description: Money by programme, agreement and year, each krone once. What is told for several years together stands on a line without a year.
SELECT * FROM money_by_year WHERE :agreement_id = '' OR :agreement_id IS NULL OR agreement_id = :agreement_id
