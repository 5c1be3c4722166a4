-- Differs: PostgreSQL moves many runs from one table to another; SQLite changes the row where it lies.
-- Closes a run that is still held with this token, in this attempt.
UPDATE runs
SET state = :state, reason = :reason, started_at = :started_at, finished_at = :finished_at, version_id = :version, status_code = :status_code,
    error = :error, evidence = :evidence, lease_token = NULL, lease_until = NULL
WHERE id = :id AND tenant = :tenant AND lease_token = :token AND attempt = :attempt AND state = 1;
