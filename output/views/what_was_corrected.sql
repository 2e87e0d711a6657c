-- title: What a human corrected
-- description: Every correction with what became of it, and for those that apply what was read and what stands there now.
SELECT
    c.status,
    c.target,
    c.field,
    c.quote,
    cv.table_name,
    cv.field AS column_name, -- the column that is corrected; empty for links, merged and split agreements
    cv.before,
    cv.after,
    c.who,
    c.why,
    c.made_on,
    c.note,
    cv.row_id,
    c.id AS correction_id
FROM corrections c
LEFT JOIN corrected_values cv ON cv.correction_id = c.id
ORDER BY c.status = 'applied', c.target, c.field, c.id, cv.table_name, cv.field
