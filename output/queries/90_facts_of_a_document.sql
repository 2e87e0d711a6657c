-- title: Facts of a document
-- description: Everything that was read from the current version of one document, in the order of its text, each with its words. The links in "Documents and their facts" fill in document_id.
SELECT
    kind,
    value,
    detail,
    quote,
    page,
    rule,
    mention_id,
    corrected
FROM facts
WHERE document_id = :document_id
ORDER BY start_char, kind, mention_id
