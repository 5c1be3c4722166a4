-- Holds runs whose lease ran out, and tells what is needed to queue them again and whether their install is still there. Those
-- that another node is taking are left to it.
SELECT r.id, r.due_at, r.schedule_id, r.lost_attempts, r.attempt, r.started_at, r.node, r.earlier_attempts,
       EXISTS (SELECT 1 FROM installs i WHERE i.bucket = :bucket AND i.id = r.install_id)
FROM runs r
WHERE r.bucket = :bucket AND r.state = 1 AND r.lease_until < :now
LIMIT :limit
FOR UPDATE OF r SKIP LOCKED;
