-- How many versions of a publisher wait for their first compilation, by any engine. One that was refused for a while waits still.
SELECT COUNT(*)
FROM versions v
WHERE v.published_by = :publisher AND v.withdrawn_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM compilations c
                  WHERE c.component_sha256 = v.component_sha256 AND (c.state = 2 OR (c.state = 3 AND c.retry_at IS NULL)));
