-- A change of many schedules.
SELECT id, tenant, action, undoes, actor_kind, actor_id, by_operator, state, total, done, left_out, parts, created_at, ended_at
FROM bulk_changes
WHERE bucket = :bucket AND id = :id AND tenant = :tenant;
