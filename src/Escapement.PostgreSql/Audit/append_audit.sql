-- Differs: PostgreSQL writes all entries of a bucket at once; SQLite one at a time, which costs it nothing.
-- Writes audit entries of one bucket. Those that are there stay as they are: a batch whose commit was not answered is written again.
INSERT INTO audit (bucket, tenant, id, at, install_id, actor_kind, actor_id, action, target, outcome, detail)
SELECT :bucket, v.tenant, v.id, v.at, v.install_id, v.actor_kind, v.actor_id, v.action, v.target, v.outcome, v.detail
FROM unnest(:tenants, :ids, :ats, :installs, :actor_kinds, :actor_ids, :actions, :targets, :outcomes, :details)
  AS v (tenant, id, at, install_id, actor_kind, actor_id, action, target, outcome, detail)
ON CONFLICT DO NOTHING;
