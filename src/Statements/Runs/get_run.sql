-- One run of one tenant. The columns are in the order in which StoredRun reads them.
SELECT id, tenant, install_id, schedule_id, due_at, trigger_kind, state, reason, attempt, available_at, node, created_at, started_at,
       finished_at, status_code, error, asked, missed_count, missed_from, missed_to, earlier_attempts, evidence, version_id, pause, payload_revision
FROM all_runs
WHERE bucket = :bucket AND id = :id AND tenant = :tenant;
