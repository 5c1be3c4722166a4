-- Differs: PostgreSQL takes so many of each bucket and merges them; SQLite has one bucket.
-- All tenants' rows of what was skipped, missed or given up in a range, as list_not_run has a tenant's.
SELECT f.*
FROM buckets b
CROSS JOIN LATERAL (
  SELECT id, tenant, install_id, schedule_id, due_at, trigger_kind, state, reason, attempt, NULL::timestamptz AS available_at, node, created_at, started_at,
         finished_at, status_code, NULL::text AS error, asked, missed_count, missed_from, missed_to, NULL::text AS earlier_attempts,
         NULL::text AS evidence, version_id, pause, payload_revision
  FROM runs r
  WHERE r.bucket = b.bucket AND r.state >= 4 AND (r.due_at, r.id) < (:before, :before_id) AND r.due_at >= :from
  ORDER BY r.due_at DESC, r.id DESC
  LIMIT :limit) f
ORDER BY f.due_at DESC, f.id DESC
LIMIT :limit;
