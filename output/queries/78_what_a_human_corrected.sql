-- title: What a human corrected
-- description: Corrections of a status (applied, stale, conflicting, invalid; empty: all), with what was read and what stands there now.
SELECT w.status, w.target, w.field, w.quote, w.before, w.after, w.who, w.why, w.made_on, w.note
FROM what_was_corrected w
WHERE :status IN ('', w.status)
ORDER BY w.status = 'applied', w.target, w.field
