-- title: Which agreements are there?
-- description: One line per agreement: how much, which years, how many initiatives were promised and found, how many documents tell of it.
SELECT
    id AS agreement_id,
    title,
    programme_year,
    agreed_on,
    total_min_dkk,
    total_max_dkk,
    start_year,
    end_year,
    initiative_count,
    initiatives_found,
    documents,
    preferred_document_id AS document_id,
    corrected
FROM agreement_overview
ORDER BY programme_year DESC, id
