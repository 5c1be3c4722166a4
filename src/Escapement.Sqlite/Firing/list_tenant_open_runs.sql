-- Differs: PostgreSQL keeps open runs in tables of their own; SQLite has indexes of each state, which hold nothing else.
-- A tenant's runs that are under way or wait, all of them, the latest due first: of those of all that are under way there are no more than slots. The columns
-- are in the order in which StoredRun reads them.
SELECT id, tenant, install_id, schedule_id, due_at, trigger_kind, state, reason, attempt, available_at, node, created_at, started_at,
       finished_at, status_code, error, asked, missed_count, missed_from, missed_to, earlier_attempts, evidence, version_id, pause, payload_revision
FROM (
  SELECT * FROM runs INDEXED BY runs_running WHERE state = 1 AND tenant = :tenant
  UNION ALL
  SELECT * FROM runs INDEXED BY runs_queued_by_tenant WHERE state = 0 AND tenant = :tenant) AS opened
WHERE (due_at, id) < (:before, :before_id) AND due_at >= :from
  AND (:state_bits >> state) & 1 = 1 AND (:reason_bits >> reason) & 1 = 1 AND (:trigger_bits >> trigger_kind) & 1 = 1
  AND (:install IS NULL OR install_id = :install) AND (:version IS NULL OR version_id = :version)
ORDER BY due_at DESC, id DESC
LIMIT :limit;
