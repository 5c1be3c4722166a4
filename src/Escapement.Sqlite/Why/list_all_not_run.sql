-- Differs: PostgreSQL takes so many of each bucket and merges them; SQLite has one bucket.
-- All tenants' rows of what was skipped, missed or given up in a range, as list_not_run has a tenant's.
SELECT id, tenant, install_id, schedule_id, due_at, trigger_kind, state, reason, attempt, NULL, node, created_at, started_at,
       finished_at, status_code, NULL, asked, missed_count, missed_from, missed_to, NULL, NULL, version_id, pause, payload_revision
FROM runs INDEXED BY runs_not_run_of_all
WHERE state >= 4 AND (due_at, id) < (:before, :before_id) AND due_at >= :from
ORDER BY due_at DESC, id DESC
LIMIT :limit;
