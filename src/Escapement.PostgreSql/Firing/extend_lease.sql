-- Extends leases that are still held with their token; answers those. One that reaches further stays: a call that hung may come
-- after the one that followed it. But one beyond :latest, if that is given, is from before a clock was set back, and is cut.
UPDATE runs r
SET lease_until = CASE WHEN r.lease_until > :latest THEN :until ELSE greatest(r.lease_until, :until) END
FROM unnest(:ids, :dues, :tokens) AS v (id, due_at, token)
WHERE r.bucket = :bucket AND r.id = v.id AND r.due_at = v.due_at AND r.lease_token = v.token AND r.state = 1
RETURNING r.id;
