-- Differs: PostgreSQL shows outcomes of all kinds at once; SQLite has a statement for each kind.
-- Shows ended attempts on their schedules. A run that stays open for a retry keeps the pointer, one that never reached the
-- sandbox leaves the last-run fields, and one whose endpoint is gone disables the schedule. The end of a run has the next claim open
-- what waits. Failures in a row are counted from what the claim read, unless they were set back meanwhile. One statement where the
-- embedded store has three, because outcomes of all kinds come together. Why the host paused a schedule stays said while it is paused.
UPDATE schedules s
SET active_run_id = CASE WHEN v.ended AND s.active_run_id = v.run THEN NULL ELSE s.active_run_id END,
    last_run_at = coalesce(v.started_at, s.last_run_at),
    last_run_status = CASE WHEN v.started_at IS NULL THEN s.last_run_status ELSE v.status END,
    last_error = CASE WHEN (v.started_at IS NULL OR s.pause_cause > 0) AND NOT v.disables THEN s.last_error ELSE v.error END,
    failures = CASE WHEN s.failures = v.failures_before THEN v.failures ELSE s.failures END,
    enabled = s.enabled AND NOT v.disables,
    next_due_at = CASE WHEN v.disables THEN NULL ELSE s.next_due_at END,
    next_start_at = CASE WHEN v.disables THEN NULL
                         WHEN s.waiting IS NOT NULL AND s.enabled AND s.held IS NULL AND v.ended AND s.active_run_id = v.run
                           THEN least(s.next_start_at, v.finished_at)
                         ELSE s.next_start_at END
FROM unnest(:ids, :runs, :ended, :started, :finished, :statuses, :errors, :disables, :failures_before, :failures)
  AS v (id, run, ended, started_at, finished_at, status, error, disables, failures_before, failures)
WHERE s.bucket = :bucket AND s.id = v.id;
