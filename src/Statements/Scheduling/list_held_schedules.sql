-- Schedules of one install of which something waits or has come due, or that are paused; hardly ever any. The columns are in the order in
-- which StoredSchedule reads them.
SELECT id, tenant, install_id, name, method, path, cron, time_zone, enabled, payload, policy, next_due_at, last_due_at, active_run_id,
       last_run_at, last_run_status, last_error, created_at, updated_at, revision, waiting, failures, pause,
       held, skips, payload_revision, payload_used
FROM schedules
WHERE bucket = :bucket AND install_id = :install 
  AND (waiting IS NOT NULL OR pause IS NOT NULL OR held IS NOT NULL OR next_start_at <= :now);
