-- Differs: as list_all_unsuccessful_runs.
-- The last row that list_all_unsuccessful_runs looks at, if it looks at so many.
SELECT due_at, id
FROM runs INDEXED BY runs_unsuccessful_of_all
WHERE state >= 3 AND id < :before_id AND id >= :since
ORDER BY id DESC
LIMIT 1 OFFSET :skipped;
