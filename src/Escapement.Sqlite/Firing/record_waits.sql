-- Differs: PostgreSQL knows it as it shows the outcome.
-- Whether something waits for the end of this run. By the index of what waits, which is mostly empty.
SELECT 1
FROM schedules INDEXED BY schedules_waiting
WHERE id = :id AND waiting IS NOT NULL AND active_run_id = :run AND enabled AND held IS NULL;
