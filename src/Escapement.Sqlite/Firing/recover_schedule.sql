-- Differs: PostgreSQL writes all schedules at once; SQLite one at a time, which costs it nothing.
-- Says on the schedule that its run was given up.
UPDATE schedules
SET active_run_id = NULL, last_run_at = :started_at, last_run_status = 1, last_error = :error
WHERE id = :id AND active_run_id = :run;
