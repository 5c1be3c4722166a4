-- All tenants' changes of many that go on. Of every bucket, on purpose: whoever has time carries them out.
SELECT id, tenant, action, undoes, actor_kind, actor_id, by_operator, state, total, done, left_out, parts, created_at, ended_at
FROM bulk_changes
WHERE state = 0
ORDER BY id;
