-- A tenant's rows that stand for several occurrences and reach into a time: some of those were due in it, while the row stands under one before it, or, as a
-- stretch of a pause does, under one behind it. By an index that has nothing but such rows, of so many that are looked at. The columns are in the order in
-- which StoredRun reads them.
SELECT id, tenant, install_id, schedule_id, due_at, trigger_kind, state, reason, attempt, NULL, node, created_at, started_at,
       finished_at, status_code, error, asked, missed_count, missed_from, missed_to, earlier_attempts, evidence, version_id, pause, payload_revision
FROM (
  SELECT *
  FROM runs
  WHERE bucket = :bucket AND tenant = :tenant AND missed_count > 1 AND missed_to >= :from AND missed_from < :to
  ORDER BY missed_to
  LIMIT :looked) AS reaching
WHERE (due_at < :from OR due_at >= :to) AND (due_at, id) < (:before, :before_id)
  AND (:state_bits >> state) & 1 = 1 AND (:reason_bits >> reason) & 1 = 1 AND (:trigger_bits >> trigger_kind) & 1 = 1
  AND (:install IS NULL OR install_id = :install) AND (:version IS NULL OR version_id = :version) AND (:schedule IS NULL OR schedule_id = :schedule)
ORDER BY due_at DESC, id DESC
LIMIT :limit;
