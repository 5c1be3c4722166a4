-- Differs: PostgreSQL takes so many of each bucket and merges them; SQLite has one bucket.
-- All tenants' occurrences that were due since an instant and have started in their first attempt, of the newest rows, with what their
-- schedules say of when they were to start. Ids sort by time: no index has the due times of all.
SELECT r.due_at, r.started_at, r.schedule_id, s.policy, s.cron, s.time_zone
FROM (
  SELECT f.*
  FROM buckets b
  CROSS JOIN LATERAL (
    SELECT a.bucket, a.id, a.due_at, a.started_at, a.schedule_id, a.trigger_kind, a.attempt
    FROM all_runs a
    WHERE a.bucket = b.bucket AND a.id >= :first AND a.due_at >= :from
    ORDER BY a.id DESC
    LIMIT :looked) f
  ORDER BY f.id DESC
  LIMIT :looked) r
LEFT JOIN schedules s ON s.bucket = r.bucket AND s.id = r.schedule_id
WHERE r.trigger_kind = 0 AND r.attempt = 1 AND r.started_at IS NOT NULL;
