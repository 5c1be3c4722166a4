-- Differs: PostgreSQL writes all schedules at once; SQLite one at a time, which costs it nothing.
-- Says on schedules that their runs were given up.
UPDATE schedules s
SET active_run_id = NULL, last_run_at = v.started_at, last_run_status = 1, last_error = v.error
FROM unnest(:ids, :runs, :started, :errors) AS v (id, run, started_at, error)
WHERE s.bucket = :bucket AND s.id = v.id AND s.active_run_id = v.run;
