-- A schedule's rows of occurrences at an instant or before it, the latest first; of those that an admin skipped, which lie between the occurrences of
-- a range, only the one at the instant. The tenant is compared as an expression, so that SQLite does not walk the tenant's runs instead. The
-- columns are in the order in which StoredRun reads them.
SELECT id, tenant, install_id, schedule_id, due_at, trigger_kind, state, reason, attempt, available_at, node, created_at, started_at,
       finished_at, status_code, error, asked, missed_count, missed_from, missed_to, earlier_attempts, evidence, version_id, pause, payload_revision
FROM all_runs
WHERE bucket = :bucket AND schedule_id = :schedule AND tenant || '' = :tenant AND install_id = :install AND trigger_kind = 0
  AND due_at <= :at AND (reason <> 22 OR due_at = :at)
ORDER BY due_at DESC
LIMIT :limit;
