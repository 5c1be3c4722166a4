-- Differs: PostgreSQL takes all schedules of a bucket at once, since a statement costs it more than what it finds; SQLite one at a time.
-- The last runs of each of some schedules, newest first, in short, and of which each is.
SELECT r.id, r.due_at, r.state, r.started_at, r.finished_at, w.schedule
FROM unnest(:schedules, :tenants) AS w (schedule, tenant)
CROSS JOIN LATERAL (
  SELECT a.id, a.due_at, a.state, a.started_at, a.finished_at
  FROM all_runs a
  WHERE a.bucket = :bucket AND a.schedule_id = w.schedule AND a.tenant || '' = w.tenant
  ORDER BY a.due_at DESC, a.id DESC
  LIMIT :limit) r
ORDER BY w.schedule, r.due_at DESC, r.id DESC;
