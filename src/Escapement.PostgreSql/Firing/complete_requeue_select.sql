-- Holds runs that are to be queued again, and tells what their list of attempts is made from. The embedded store appends to the
-- list in the statement; a distributed database does not allow the functions for that.
SELECT r.id, r.node, r.earlier_attempts
FROM unnest(:ids, :dues, :tokens, :attempts) AS v (id, due_at, token, attempt)
JOIN runs r ON r.bucket = :bucket AND r.id = v.id AND r.due_at = v.due_at AND r.lease_token = v.token AND r.attempt = v.attempt AND r.state = 1
ORDER BY r.id
FOR UPDATE OF r;
