-- Differs: PostgreSQL knows it as it shows the outcome.
-- Whether something waits for the end of this run.
SELECT 1
FROM schedules
WHERE id = :id AND tenant = :tenant AND active_run_id = :run AND waiting IS NOT NULL AND enabled AND held IS NULL;
