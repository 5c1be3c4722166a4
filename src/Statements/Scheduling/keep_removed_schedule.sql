-- Keeps a schedule that is being deleted, so that it can be restored.
INSERT INTO removed_schedules (bucket, id, tenant, install_id, last_due_at, enabled, last_run_at, last_run_status, last_error,
                               cron, time_zone, method, path, name, policy, failures, pause, pause_cause, skips,
                               created_at, updated_at, revision, payload_revision, payload_used, payload, removed_at, removed_by, by_extension,
                               with_install)
SELECT s.bucket, s.id, s.tenant, s.install_id, s.last_due_at, s.enabled, s.last_run_at, s.last_run_status, s.last_error, s.cron,
       s.time_zone, s.method, s.path, s.name, s.policy, s.failures, s.pause, s.pause_cause, s.skips, s.created_at,
       s.updated_at, s.revision, s.payload_revision, s.payload_used, s.payload, :now, :by, :by_extension, :with_install
FROM schedules s
WHERE s.bucket = :bucket AND s.id = :id;
