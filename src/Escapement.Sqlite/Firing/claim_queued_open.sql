-- Differs: PostgreSQL moves many runs from one table to another; SQLite changes the row where it lies.
-- Takes a queued run under a lease. What is left of the attempt before it is in earlier_attempts.
UPDATE runs
SET state = 1, reason = 0, attempt = attempt + 1, available_at = NULL, node = :node, lease_token = :token, lease_until = :until,
    started_at = :now, version_id = NULL, status_code = NULL, error = NULL, evidence = NULL,
    payload_revision = :payload_revision
WHERE id = :id AND state = 0;
