-- A schedule that was deleted, by itself or with its install, and is kept. The columns are in the order in which StoredSchedule reads them; the
-- payload is left out.
SELECT id, tenant, install_id, name, method, path, cron, time_zone, enabled, NULL, policy, NULL, last_due_at, NULL, last_run_at,
       last_run_status, last_error, created_at, updated_at, revision, NULL, failures, pause, NULL, skips,
       payload_revision, payload_used
FROM removed_schedules
WHERE bucket = :bucket AND id = :id AND install_id = :install AND tenant = :tenant;
