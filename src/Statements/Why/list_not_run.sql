-- A tenant's rows of what was skipped, missed or given up in a range, the latest first, by an index that has nothing else. The columns are in the order in
-- which StoredRun reads them; what no group of them tells is left out.
SELECT id, tenant, install_id, schedule_id, due_at, trigger_kind, state, reason, attempt, NULL, node, created_at, started_at,
       finished_at, status_code, NULL, asked, missed_count, missed_from, missed_to, NULL, NULL, version_id, pause, payload_revision
FROM runs
WHERE bucket = :bucket AND tenant = :tenant AND state > 3 AND (due_at, id) < (:before, :before_id) AND due_at >= :from
ORDER BY due_at DESC, id DESC
LIMIT :limit;
