-- A change of many that goes on, held until its next part is done. One that another node is at is as if it were not there.
SELECT id, tenant, action, undoes, actor_kind, actor_id, by_operator, state, total, done, left_out, parts, created_at, ended_at
FROM bulk_changes
WHERE bucket = :bucket AND id = :id AND tenant = :tenant AND state = 0
FOR UPDATE SKIP LOCKED;
