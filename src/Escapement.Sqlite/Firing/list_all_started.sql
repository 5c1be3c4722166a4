-- Differs: PostgreSQL takes so many of each bucket and merges them; SQLite has one bucket.
-- All tenants' occurrences that were due since an instant and have started in their first attempt, of the newest rows, with what their
-- schedules say of when they were to start. Ids sort by time: no index has the due times of all.
SELECT r.due_at, r.started_at, r.schedule_id, s.policy, s.cron, s.time_zone
FROM (
  SELECT a.due_at, a.started_at, a.schedule_id, a.trigger_kind, a.attempt
  FROM runs a
  WHERE a.id >= :first
  ORDER BY a.id DESC
  LIMIT :looked) r
LEFT JOIN schedules s ON s.id = r.schedule_id
WHERE r.due_at >= :from AND r.trigger_kind = 0 AND r.attempt = 1 AND r.started_at IS NOT NULL;
