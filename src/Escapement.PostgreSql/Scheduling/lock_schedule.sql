-- One schedule of one install, held until the change is written. The columns are in the order in which StoredSchedule reads them.
-- The embedded store has one writer instead.
SELECT id, tenant, install_id, name, method, path, cron, time_zone, enabled, payload, policy, next_due_at, last_due_at, active_run_id,
       last_run_at, last_run_status, last_error, created_at, updated_at, revision, waiting, failures, pause,
       held, skips, payload_revision, payload_used
FROM schedules
WHERE bucket = :bucket AND id = :id AND install_id = :install AND tenant = :tenant
FOR NO KEY UPDATE;
