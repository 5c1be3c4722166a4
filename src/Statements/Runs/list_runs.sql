-- A tenant's runs after a place in the list, newest first, of so many that are looked at. The columns are in
-- the order in which StoredRun reads them.
SELECT id, tenant, install_id, schedule_id, due_at, trigger_kind, state, reason, attempt, available_at, node, created_at, started_at,
       finished_at, status_code, error, asked, missed_count, missed_from, missed_to, earlier_attempts, evidence, version_id, pause, payload_revision
FROM (
  SELECT *
  FROM all_runs
  WHERE bucket = :bucket AND tenant = :tenant
    AND (due_at, id) < (:before, :before_id) AND due_at >= :from
  ORDER BY due_at DESC, id DESC
  LIMIT :looked) AS looked
WHERE (:state_bits >> state) & 1 = 1 AND (:reason_bits >> reason) & 1 = 1 AND (:trigger_bits >> trigger_kind) & 1 = 1
  AND (:install IS NULL OR install_id = :install) AND (:version IS NULL OR version_id = :version)
ORDER BY due_at DESC, id DESC
LIMIT :limit;
