-- Writes one audit entry.
INSERT INTO audit (tenant, id, at, install_id, actor_kind, actor_id, action, target, outcome, detail)
VALUES (:tenant, :id, :at, :install, :actor_kind, :actor_id, :action, :target, :outcome, :detail);
