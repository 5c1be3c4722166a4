-- Writes the audit entry of a change, in the change's own transaction. One that is there stays as it is.
INSERT INTO audit (bucket, tenant, id, at, install_id, actor_kind, actor_id, action, target, outcome, count, detail, changes, undoes)
VALUES (:bucket, :tenant, :id, :at, :install, :actor_kind, :actor_id, :action, :target, :outcome, :count, :detail, :changes, :undoes)
ON CONFLICT DO NOTHING;
