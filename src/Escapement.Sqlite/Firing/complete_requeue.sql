-- Differs: PostgreSQL moves many runs from one table to another; SQLite changes the row where it lies.
-- Queues a run again that is still held with this token, and keeps the ended attempt with it. Nothing happens when its
-- schedule is gone: a queued run always has one.
UPDATE runs
SET state = 0, reason = 0, available_at = :retry_at, stopped_attempts = stopped_attempts + :stopped, started_at = :started_at,
    version_id = :version, status_code = :status_code, error = :error, evidence = :evidence, lease_token = NULL, lease_until = NULL,
    earlier_attempts = json_insert(coalesce(earlier_attempts, '[]'), '$[#]', json_object(
      'attempt', attempt, 'startedAt', :started_at, 'endedAt', :ended_at, 'reason', :reason, 'node', node, 'error', :error))
WHERE id = :id AND tenant = :tenant AND lease_token = :token AND attempt = :attempt AND state = 1
  AND EXISTS (SELECT 1 FROM schedules s WHERE s.id = runs.schedule_id);
