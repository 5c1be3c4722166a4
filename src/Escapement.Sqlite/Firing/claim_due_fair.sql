-- Differs: PostgreSQL reads the schedules of several tenants at once and holds them; SQLite those of one, as far as wanted.
-- One tenant's schedules that are due, by start time; read only as far as wanted. The columns are in the order in which ClaimBucket reads them.
SELECT id, next_due_at, last_due_at, tenant, install_id, active_run_id, cron, time_zone, method, path, policy, payload, next_start_at,
       waiting, failures, pause, held, skips, payload_revision, updated_at
FROM schedules INDEXED BY schedules_due_by_tenant
WHERE tenant = :tenant AND next_start_at <= :now
ORDER BY next_start_at, id;
