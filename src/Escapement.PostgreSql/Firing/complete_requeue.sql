-- Queues runs again that are held, with their ended attempt in the list; answers those queued. A run whose schedule is gone is
-- left: a queued run always has one, and the lock keeps it from going meanwhile.
WITH alive AS (
  SELECT s.id FROM schedules s WHERE s.bucket = :bucket AND s.id = ANY (:schedules) FOR KEY SHARE
)
UPDATE runs r
SET state = 0, reason = 0, available_at = v.retry_at, lost_attempts = r.lost_attempts + v.lost, started_at = v.started_at,
    status_code = v.status_code, error = v.error, evidence = v.evidence, lease_token = NULL, lease_until = NULL,
    earlier_attempts = v.earlier_attempts
FROM unnest(:ids, :dues, :schedules, :lost, :started, :retries, :status_codes, :errors, :evidences, :earlier_attempts)
  AS v (id, due_at, schedule_id, lost, started_at, retry_at, status_code, error, evidence, earlier_attempts)
JOIN alive a ON a.id = v.schedule_id
WHERE r.bucket = :bucket AND r.id = v.id AND r.due_at = v.due_at AND r.state = 1
RETURNING r.id;
