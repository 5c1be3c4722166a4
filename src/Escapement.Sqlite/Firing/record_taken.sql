-- Differs: PostgreSQL moves many runs from one table to another; SQLite changes the row where it lies.
-- Closes a run that is not tried again, because it was lost too often or its schedule is gone.
UPDATE runs
SET state = :state, reason = :reason, finished_at = :at, lost_attempts = :lost, stopped_attempts = :stopped, started_at = :started_at,
    version_id = :version, status_code = :status_code, error = :error, earlier_attempts = :earlier_attempts, evidence = :evidence,
    lease_token = NULL, lease_until = NULL
WHERE id = :id;
