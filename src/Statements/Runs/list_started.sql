-- A tenant's occurrences that were due since an instant and have started in their first attempt, of the newest rows, with what their
-- schedules say of when they were to start.
SELECT r.due_at, r.started_at, r.schedule_id, s.policy, s.cron, s.time_zone
FROM (
  SELECT a.due_at, a.started_at, a.schedule_id, a.trigger_kind, a.attempt
  FROM all_runs a
  WHERE a.bucket = :bucket AND a.tenant = :tenant AND a.due_at >= :from
  ORDER BY a.due_at DESC, a.id DESC
  LIMIT :looked) r
LEFT JOIN schedules s ON s.bucket = :bucket AND s.id = r.schedule_id
WHERE r.trigger_kind = 0 AND r.attempt = 1 AND r.started_at IS NOT NULL;
