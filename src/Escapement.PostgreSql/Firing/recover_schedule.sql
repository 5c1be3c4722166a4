-- Differs: PostgreSQL writes all schedules at once; SQLite one at a time, which costs it nothing.
-- Says on schedules that their runs were given up. What waits is for the next claim to open.
UPDATE schedules s
SET active_run_id = NULL, last_run_at = v.started_at, last_run_status = 1, last_error = CASE WHEN s.pause_cause > 0 THEN s.last_error ELSE v.error END,
    next_start_at = CASE WHEN s.waiting IS NOT NULL AND s.enabled AND s.held IS NULL THEN least(s.next_start_at, v.finished_at)
                         ELSE s.next_start_at END
FROM unnest(:ids, :runs, :started, :finished, :errors) AS v (id, run, started_at, finished_at, error)
WHERE s.bucket = :bucket AND s.id = v.id AND s.active_run_id = v.run;
