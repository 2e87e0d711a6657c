-- title: What does not add up?
-- description: Checks that failed, with the words. Leave the kind empty for all.
SELECT * FROM failed_checks WHERE :kind = '' OR :kind IS NULL OR kind = :kind
