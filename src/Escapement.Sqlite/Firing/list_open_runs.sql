-- Differs: PostgreSQL keeps open runs in tables of their own; SQLite has an index of each state, which hold nothing else.
-- All tenants' runs that are under way or wait, before a place in the list, the latest opened first. The columns are in the order in which StoredRun reads
-- them.
SELECT id, tenant, install_id, schedule_id, due_at, trigger_kind, state, reason, attempt, available_at, node, created_at, started_at,
       finished_at, status_code, error, asked, missed_count, missed_from, missed_to, earlier_attempts, evidence, version_id, pause, payload_revision
FROM (
  SELECT * FROM runs INDEXED BY runs_running WHERE state = 1 AND id < :before
  UNION ALL
  SELECT * FROM runs INDEXED BY runs_queued WHERE state = 0 AND id < :before) AS opened
ORDER BY id DESC
LIMIT :limit;
