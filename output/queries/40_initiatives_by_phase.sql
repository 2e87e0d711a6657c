-- title: Initiatives by phase
-- description: One line per initiative with its money; phase is the name of one phase, as in the table phases, empty for all.
SELECT
    phases,
    title,
    initiative_id,
    agreement_id,
    programme_year,
    area,
    min_dkk,
    max_dkk,
    documents,
    corrected,
    money_corrected
FROM initiative_overview
WHERE :phase = '' OR instr(phases, :phase) > 0
ORDER BY phases IS NULL, phases, programme_year DESC, title
