-- Differs: PostgreSQL shows outcomes of all kinds at once; SQLite has a statement for each kind.
-- Shows ended attempts on their schedules. A run that stays open for a retry keeps the pointer, one that never reached the
-- sandbox leaves the last-run fields, and one whose endpoint is gone disables the schedule. One statement where the embedded
-- store has three, because outcomes of all kinds come together.
UPDATE schedules s
SET active_run_id = CASE WHEN v.ended AND s.active_run_id = v.run THEN NULL ELSE s.active_run_id END,
    last_run_at = coalesce(v.started_at, s.last_run_at),
    last_run_status = CASE WHEN v.started_at IS NULL THEN s.last_run_status ELSE v.status END,
    last_error = CASE WHEN v.started_at IS NULL AND NOT v.disables THEN s.last_error ELSE v.error END,
    enabled = s.enabled AND NOT v.disables,
    next_due_at = CASE WHEN v.disables THEN NULL ELSE s.next_due_at END
FROM unnest(:ids, :runs, :ended, :started, :statuses, :errors, :disables) AS v (id, run, ended, started_at, status, error, disables)
WHERE s.bucket = :bucket AND s.id = v.id;
