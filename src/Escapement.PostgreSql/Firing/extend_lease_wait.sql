-- Extends leases as extend_lease does, in rows that somebody held: an outcome is being written, or another node takes the run. Waits
-- for them, one token at a time, in the order in which outcomes are written; answers those that are held still.
UPDATE running_runs r
SET lease_until = CASE WHEN r.lease_until > :latest THEN :until ELSE greatest(r.lease_until, :until) END
WHERE r.bucket = :bucket AND r.schedule_id = ANY (:schedules) AND r.lease_token = :token
RETURNING r.id;
