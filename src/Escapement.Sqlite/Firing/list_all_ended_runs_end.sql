-- Differs: as list_all_ended_runs.
-- The last row that list_all_ended_runs looks at, if it looks at so many.
SELECT due_at, id
FROM runs
WHERE state > 1 AND id < :before_id AND id >= :since
ORDER BY id DESC
LIMIT 1 OFFSET :skipped;
