-- title: What was not read
-- description: What looks like a fact in a current version and was not read. Check these words before you rely on a total; leave code empty for all kinds.
SELECT
    code,
    quote,
    document_id,
    title,
    kind,
    published_on,
    url,
    issue_id
FROM open_issues
WHERE :code = '' OR code = :code
ORDER BY code, document_id, start_char
