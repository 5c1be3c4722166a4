-- Differs: PostgreSQL moves many runs from one table to another; SQLite changes the row where it lies.
-- Takes queued runs, which are held, under a lease. What is left of the attempts before them is in earlier_attempts.
WITH taken AS (
  DELETE FROM queued_runs r
  WHERE r.bucket = :bucket AND r.schedule_id = ANY (:schedules)
  RETURNING r.schedule_id, r.id, r.tenant, r.install_id, r.due_at, r.trigger_kind, r.attempt, r.lost_attempts, r.stopped_attempts,
            r.created_at, r.requested_by, r.earlier_attempts
)
INSERT INTO running_runs (bucket, schedule_id, id, tenant, install_id, due_at, trigger_kind, attempt, lost_attempts, stopped_attempts,
                          lease_token, lease_until, created_at, started_at, node, requested_by, earlier_attempts)
SELECT :bucket, t.schedule_id, t.id, t.tenant, t.install_id, t.due_at, t.trigger_kind, t.attempt + 1, t.lost_attempts, t.stopped_attempts,
       :token, :until, t.created_at, :now, :node, t.requested_by, t.earlier_attempts
FROM taken t;
