-- A schedule's runs that make up for one occurrence, the latest first. What they repeat is the last that is written of them, so its end stands in an index of
-- its own, as text. The columns are in the order in which StoredRun reads them.
SELECT id, tenant, install_id, schedule_id, due_at, trigger_kind, state, reason, attempt, available_at, node, created_at, started_at,
       finished_at, status_code, error, asked, missed_count, missed_from, missed_to, earlier_attempts, evidence, version_id, pause, payload_revision
FROM all_runs
WHERE bucket = :bucket AND schedule_id = :schedule AND tenant || '' = :tenant AND install_id = :install
  AND trigger_kind IN (2, 3) AND substr(asked, length(asked) - 13, 13) = :ending AND asked LIKE :occurrence
ORDER BY due_at DESC
LIMIT :limit;
