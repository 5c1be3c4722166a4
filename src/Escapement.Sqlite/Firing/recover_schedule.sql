-- Differs: PostgreSQL writes all schedules at once; SQLite one at a time, which costs it nothing.
-- Says on the schedule that its run was given up. What waits is for the next claim to open.
UPDATE schedules
SET active_run_id = NULL, last_run_at = :started_at, last_run_status = 1, last_error = CASE WHEN pause_cause > 0 THEN last_error ELSE :error END,
    next_start_at = CASE WHEN waiting IS NOT NULL AND enabled AND held IS NULL THEN min(coalesce(next_start_at, :finished_at), :finished_at)
                         ELSE next_start_at END
WHERE id = :id AND active_run_id = :run;
