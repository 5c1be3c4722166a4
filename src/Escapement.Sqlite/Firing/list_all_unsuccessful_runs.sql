-- Differs: PostgreSQL takes so many of each bucket and merges them, and keeps open runs in tables of their own; SQLite has one bucket, and one table.
-- The same of those that did not succeed, which have an index of their own.
SELECT id, tenant, install_id, schedule_id, due_at, trigger_kind, state, reason, attempt, available_at, node, created_at, started_at,
       finished_at, status_code, error, asked, missed_count, missed_from, missed_to, earlier_attempts, evidence, version_id, pause, payload_revision
FROM (
  SELECT *
  FROM runs INDEXED BY runs_unsuccessful_of_all
  WHERE state >= 3 AND id < :before_id AND id >= :since
  ORDER BY id DESC
  LIMIT :looked) AS looked
WHERE (:state_bits >> state) & 1 = 1 AND (:reason_bits >> reason) & 1 = 1 AND (:trigger_bits >> trigger_kind) & 1 = 1
  AND (:version IS NULL OR version_id = :version)
ORDER BY id DESC
LIMIT :limit;
