-- Gives up a run whose node was lost once too often, or whose schedule is gone.
UPDATE runs
SET state = 6, reason = :reason, lost_attempts = lost_attempts + 1, finished_at = :now, error = :error,
    lease_token = NULL, lease_until = NULL
WHERE id = :id;
