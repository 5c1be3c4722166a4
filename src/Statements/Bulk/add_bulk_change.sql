-- Keeps a change of many schedules, unless its tenant has one that goes on.
INSERT INTO bulk_changes (bucket, id, tenant, action, undoes, actor_kind, actor_id, by_operator, state, total, done, left_out, parts, created_at, ended_at)
VALUES (:bucket, :id, :tenant, :action, :undoes, :actor_kind, :actor_id, :by_operator, :state, :total, :done, :left_out, :parts, :created_at, :ended_at)
ON CONFLICT (bucket, tenant) WHERE state = 0 DO NOTHING;
