-- Queues a run again whose node was lost, and keeps the lost attempt with it.
UPDATE runs
SET state = 0, reason = 0, lost_attempts = lost_attempts + 1, available_at = :now, lease_token = NULL, lease_until = NULL,
    earlier_attempts = json_insert(coalesce(earlier_attempts, '[]'), '$[#]', json_object(
      'attempt', attempt, 'startedAt', started_at, 'endedAt', :now, 'reason', :reason, 'node', node, 'error', :error))
WHERE id = :id;
