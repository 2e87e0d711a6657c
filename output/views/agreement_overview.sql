-- title: Agreements
-- description: One line per agreement: how much, which years, how many initiatives were promised and found, how many documents tell of it.
SELECT
    a.id,
    a.kind,
    a.programme_year,
    a.title,
    a.agreed_on,
    a.total_min_dkk,
    a.total_max_dkk,
    a.start_year,
    a.end_year,
    a.initiative_count,
    (SELECT count(*) FROM initiatives i WHERE i.agreement_id = a.id) AS initiatives_found, -- how many initiatives the documents list
    (SELECT count(*) FROM agreement_documents d WHERE d.agreement_id = a.id) AS documents, -- how many documents tell of it
    a.preferred_document_id,
    a.corrected
FROM agreements a
ORDER BY a.programme_year DESC, a.id
