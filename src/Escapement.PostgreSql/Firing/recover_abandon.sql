-- Gives up runs whose node was lost once too often, or whose schedule is gone.
UPDATE runs r
SET state = 6, reason = v.reason, lost_attempts = r.lost_attempts + 1, finished_at = :now, error = v.error,
    lease_token = NULL, lease_until = NULL
FROM unnest(:ids, :dues, :reasons, :errors) AS v (id, due_at, reason, error)
WHERE r.bucket = :bucket AND r.id = v.id AND r.due_at = v.due_at;
