-- Queues runs again whose node was lost, with the lost attempt in the list; answers those queued. A run whose schedule is gone
-- is left: a queued run always has one, and the lock keeps it from going meanwhile.
WITH alive AS (
  SELECT s.id FROM schedules s WHERE s.bucket = :bucket AND s.id = ANY (:schedules) FOR KEY SHARE
)
UPDATE runs r
SET state = 0, reason = 0, lost_attempts = r.lost_attempts + 1, available_at = :now, lease_token = NULL, lease_until = NULL,
    earlier_attempts = v.earlier_attempts
FROM unnest(:ids, :dues, :schedules, :earlier_attempts) AS v (id, due_at, schedule_id, earlier_attempts)
JOIN alive a ON a.id = v.schedule_id
WHERE r.bucket = :bucket AND r.id = v.id AND r.due_at = v.due_at
RETURNING r.id;
