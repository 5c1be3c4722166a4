-- Extends leases that are still held with their token; answers those.
UPDATE runs r
SET lease_until = :until
FROM unnest(:ids, :dues, :tokens) AS v (id, due_at, token)
WHERE r.bucket = :bucket AND r.id = v.id AND r.due_at = v.due_at AND r.lease_token = v.token AND r.state = 1
RETURNING r.id;
