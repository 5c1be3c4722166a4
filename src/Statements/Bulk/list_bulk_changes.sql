-- A tenant's changes of many schedules before a place in the list, newest first.
SELECT id, tenant, action, undoes, actor_kind, actor_id, by_operator, state, total, done, left_out, parts, created_at, ended_at
FROM bulk_changes
WHERE bucket = :bucket AND tenant = :tenant AND id < :before
ORDER BY id DESC
LIMIT :limit;
