-- Keeps a schedule that is being deleted, so that it can be restored.
INSERT INTO removed_schedules (bucket, id, tenant, install_id, last_due_at, enabled, last_run_at, last_run_status, last_error, cron, time_zone, method, path,
                               name, policy, failures, paused_at, paused_cause, paused_note, created_at, updated_at, revision, payload,
                               removed_at, removed_by, with_install)
SELECT :bucket, id, tenant, install_id, last_due_at, enabled, last_run_at, last_run_status, last_error, cron, time_zone, method, path, name,
       policy, failures, paused_at, paused_cause, paused_note, created_at, updated_at, revision, payload, :now, :by, :with_install
FROM schedules
WHERE bucket = :bucket AND id = :id;
