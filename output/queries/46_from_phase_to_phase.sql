-- title: From phase to phase
-- description: How many initiatives went from which phase to which; year is the later programme's, empty for all.
SELECT
    year,
    from_phase,
    to_phase,
    steps,
    initiatives,
    confirmed
FROM phase_flow
WHERE :year = '' OR year = CAST(:year AS INTEGER)
ORDER BY year DESC, initiatives DESC, from_phase, to_phase
