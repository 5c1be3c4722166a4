-- Writes audit entries of one bucket at once, as append_audit writes one, which costs the embedded store nothing. From the bucket's row, so
-- that a distributed database carries it out where the bucket lies.
INSERT INTO audit (bucket, tenant, id, at, install_id, actor_kind, actor_id, action, target, outcome, detail)
SELECT b.bucket, v.tenant, v.id, v.at, v.install_id, v.actor_kind, v.actor_id, v.action, v.target, v.outcome, v.detail
FROM buckets b
CROSS JOIN unnest(:tenants, :ids, :ats, :installs, :actor_kinds, :actor_ids, :actions, :targets, :outcomes, :details)
  AS v (tenant, id, at, install_id, actor_kind, actor_id, action, target, outcome, detail)
WHERE b.bucket = :bucket
ON CONFLICT DO NOTHING;
