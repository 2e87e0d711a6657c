-- title: What was turned away unread
-- description: Items of listings that the relevance filter did not take, with the rule that decided. Leave site empty for all.
SELECT
    site_id,
    url,
    title,
    published_on,
    rule
FROM turned_away
WHERE :site = '' OR site_id = :site
ORDER BY published_on DESC, url
