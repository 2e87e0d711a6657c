-- title: Which pools can be applied for now?
-- description: Pools whose deadline has not passed, the nearest first.
SELECT * FROM open_pools
