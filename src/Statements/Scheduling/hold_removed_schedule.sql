-- One schedule that was deleted, held until it is restored or gone for good. The columns are in the order in which StoredSchedule reads them.
SELECT id, tenant, install_id, name, method, path, cron, time_zone, enabled, payload, policy, NULL, last_due_at, NULL, last_run_at,
       last_run_status, last_error, created_at, updated_at, revision, NULL, failures, pause, NULL, skips,
       payload_revision, payload_used
FROM removed_schedules
WHERE bucket = :bucket AND id = :id AND install_id = :install AND tenant = :tenant AND with_install = :with_install AND removed_at >= :since
FOR UPDATE;
