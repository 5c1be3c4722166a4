-- Closes runs that are still held with their token, in their attempt; answers those closed.
UPDATE runs r
SET state = v.state, reason = v.reason, started_at = v.started_at, finished_at = v.finished_at, status_code = v.status_code,
    error = v.error, evidence = v.evidence, lease_token = NULL, lease_until = NULL
FROM unnest(:ids, :dues, :tokens, :attempts, :states, :reasons, :started, :finished, :status_codes, :errors, :evidences)
  AS v (id, due_at, token, attempt, state, reason, started_at, finished_at, status_code, error, evidence)
WHERE r.bucket = :bucket AND r.id = v.id AND r.due_at = v.due_at AND r.lease_token = v.token AND r.attempt = v.attempt AND r.state = 1
RETURNING r.id;
