-- Differs: PostgreSQL moves many runs from one table to another; SQLite changes the row where it lies.
-- Queues a run again whose attempt ended or was lost, with that attempt in its list, or was put back, with one attempt less.
UPDATE runs
SET state = :state, reason = :reason, attempt = :attempt, available_at = :at, lost_attempts = :lost, stopped_attempts = :stopped,
    started_at = :started_at, version_id = :version, status_code = :status_code, error = :error, earlier_attempts = :earlier_attempts, evidence = :evidence,
    lease_token = NULL, lease_until = NULL
WHERE id = :id;
