-- title: Documents and their facts
-- description: One line per document: how many facts of each kind its current version gave, and how much was not read.
SELECT *
FROM document_facts
ORDER BY published_on DESC, document_id
