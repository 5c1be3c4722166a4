-- How many bytes of bundles a publisher has published and not withdrawn.
SELECT COALESCE(SUM(LENGTH(b.content)), 0)
FROM bundles b
JOIN versions v ON v.id = b.version_id
WHERE v.published_by = :publisher;
