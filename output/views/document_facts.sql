-- title: Documents and how many facts they gave
-- description: One line per document with the number of facts of each kind in its current version, and of issues: what looked like a fact and was not read.
SELECT
    d.id AS document_id,
    d.title,
    d.kind,
    d.issuer,
    d.published_on,
    count(f.mention_id) AS facts, -- number of facts of all kinds
    count(*) FILTER (WHERE f.kind = 'amount') AS amounts, -- sums of money
    count(*) FILTER (WHERE f.kind = 'date') AS dates, -- calendar expressions
    count(*) FILTER (WHERE f.kind = 'count') AS counts, -- claims about how many initiatives there are
    count(*) FILTER (WHERE f.kind = 'initiative') AS initiatives, -- initiatives mentioned
    count(*) FILTER (WHERE f.kind = 'pool') AS pools, -- application pools
    count(*) FILTER (WHERE f.kind = 'effect') AS effects, -- measured effects
    count(*) FILTER (WHERE f.kind = 'party') AS parties, -- places where a party is named
    count(*) FILTER (WHERE f.kind = 'person') AS people, -- places where a person in a public role is named
    count(*) FILTER (WHERE f.kind = 'statement') AS statements, -- quotations
    count(*) FILTER (WHERE f.kind IN ('organisation', 'method', 'target_group')) AS names, -- organisations, methods and target groups named
    (
        SELECT count(*)
        FROM issues i
        JOIN document_versions v ON v.id = i.document_version_id
        WHERE v.document_id = d.id AND v.is_current = 1
    ) AS issues, -- what looked like a fact and was not read
    d.corrected,
    count(f.corrected) AS facts_corrected -- facts with a value that a human corrected
FROM documents d
LEFT JOIN facts f ON f.document_id = d.id
GROUP BY d.id
ORDER BY d.published_on DESC, d.id
