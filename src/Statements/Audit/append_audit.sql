-- Writes one audit entry. One that is there stays as it is: a batch whose commit was not answered is written again.
INSERT INTO audit (bucket, tenant, id, at, install_id, actor_kind, actor_id, action, target, outcome, detail)
VALUES (:bucket, :tenant, :id, :at, :install, :actor_kind, :actor_id, :action, :target, :outcome, :detail)
ON CONFLICT DO NOTHING;
