-- Takes queued runs under a lease. What is left of the attempts before them is in earlier_attempts.
UPDATE runs r
SET state = 1, attempt = r.attempt + 1, available_at = NULL, node = :node, lease_token = :token, lease_until = :until,
    started_at = :now, status_code = NULL, error = NULL, evidence = NULL
FROM unnest(:ids, :dues) AS v (id, due_at)
WHERE r.bucket = :bucket AND r.id = v.id AND r.due_at = v.due_at AND r.state = 0;
