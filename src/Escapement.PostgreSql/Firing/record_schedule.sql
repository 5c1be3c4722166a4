-- Differs: PostgreSQL shows outcomes of all kinds at once; SQLite has a statement for each kind.
-- Shows ended attempts on their schedules. A run that stays open for a retry keeps the pointer, one that never reached the
-- sandbox leaves the last-run fields. The end of a run has the next claim open what waits. Failures in a row are counted from what the
-- claim read, unless they were set back meanwhile. Why the host paused a schedule stays said while it is paused.
UPDATE schedules s
SET active_run_id = CASE WHEN v.ended AND s.active_run_id = v.run THEN NULL ELSE s.active_run_id END,
    last_run_at = coalesce(v.started_at, s.last_run_at),
    last_run_status = CASE WHEN v.started_at IS NULL THEN s.last_run_status ELSE v.status END,
    last_error = CASE WHEN v.started_at IS NULL OR s.pause_cause > 0 THEN s.last_error ELSE v.error END,
    failures = CASE WHEN s.failures = v.failures_before THEN v.failures ELSE s.failures END,
    next_start_at = CASE WHEN s.waiting IS NOT NULL AND s.enabled AND s.held IS NULL AND v.ended AND s.active_run_id = v.run
                           THEN least(s.next_start_at, v.finished_at)
                         ELSE s.next_start_at END
FROM unnest(:ids, :runs, :ended, :started, :finished, :statuses, :errors, :failures_before, :failures)
  AS v (id, run, ended, started_at, finished_at, status, error, failures_before, failures)
WHERE s.bucket = :bucket AND s.id = v.id;
