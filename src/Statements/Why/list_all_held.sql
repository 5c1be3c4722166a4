-- Some of all tenants' schedules that were put aside for a pause, in no order. The columns are in the order in which StoredSchedule reads them; the
-- payload is left out.
SELECT id, tenant, install_id, name, method, path, cron, time_zone, enabled, NULL, policy, next_due_at, last_due_at, active_run_id,
       last_run_at, last_run_status, last_error, created_at, updated_at, revision, waiting, failures, pause,
       held, skips, payload_revision, payload_used
FROM schedules
WHERE held IS NOT NULL
LIMIT :limit;
