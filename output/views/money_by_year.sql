-- title: Money by agreement and year
-- description: Each krone once. Money told for a year stands on that year's line; money told for several years together stands on a line without a year. Adding stated and undivided gives all; the two assumed columns show the undivided money as if every year got the same, and are never to be added to the undivided line.
SELECT
    l.programme_id,
    l.agreement_id,
    y.year, -- the year; empty on the line of money that the text does not divide by years
    sum(iif(y.is_share, 0, iif(l.year IS NULL, 0, l.min_dkk))) AS stated_min_dkk, -- told for this year, whole Danish kroner
    sum(iif(y.is_share, 0, iif(l.year IS NULL, 0, l.max_dkk))) AS stated_max_dkk, -- the upper end of ranges
    sum(iif(y.is_share OR l.year IS NOT NULL, 0, l.min_dkk)) AS undivided_min_dkk, -- told for several years together, or for years not told
    sum(iif(y.is_share OR l.year IS NOT NULL, 0, l.max_dkk)) AS undivided_max_dkk, -- the upper end of ranges
    min(iif(y.year IS NULL, l.start_year, NULL)) AS undivided_from_year, -- first year of the undivided money
    max(iif(y.year IS NULL, l.end_year, NULL)) AS undivided_to_year, -- last year of the undivided money
    sum(iif(y.is_share, l.min_dkk * (y.number + 1) / y.years - l.min_dkk * y.number / y.years, 0)) AS assumed_even_min_dkk, -- an assumption: this year's share of the undivided money if every year got the same
    sum(iif(y.is_share, l.max_dkk * (y.number + 1) / y.years - l.max_dkk * y.number / y.years, 0)) AS assumed_even_max_dkk -- an assumption, the upper end of ranges
FROM allocations l
JOIN (
    SELECT id, year, 0 AS is_share, 0 AS number, 1 AS years
    FROM allocations
    UNION ALL
    SELECT a.id, a.start_year + n.value, 1, n.value, a.end_year - a.start_year + 1
    FROM allocations a
    JOIN (
        WITH RECURSIVE upto(value) AS (SELECT 0 UNION ALL SELECT value + 1 FROM upto WHERE value < 40)
        SELECT value FROM upto
    ) n ON n.value <= a.end_year - a.start_year
    WHERE a.year IS NULL AND a.end_year - a.start_year < 40
) y ON y.id = l.id
WHERE l.additive = 1
GROUP BY l.programme_id, l.agreement_id, y.year
ORDER BY l.programme_id, l.agreement_id, y.year IS NULL, y.year
