-- Differs: PostgreSQL writes all entries of a bucket at once; SQLite one at a time, which costs it nothing.
-- Writes audit entries of one bucket. Of those that are there only the count grows: a batch whose commit was not answered is written
-- again, and an entry that stands for several refusals is written when the first comes and when the minute is over. From the bucket's row,
-- so that a distributed database carries it out where the bucket lies.
INSERT INTO audit (bucket, tenant, id, at, install_id, actor_kind, actor_id, action, target, outcome, count, detail)
SELECT b.bucket, v.tenant, v.id, v.at, v.install_id, v.actor_kind, v.actor_id, v.action, v.target, v.outcome, v.count, v.detail
FROM buckets b
CROSS JOIN unnest(:tenants, :ids, :ats, :installs, :actor_kinds, :actor_ids, :actions, :targets, :outcomes, :counts, :details)
  AS v (tenant, id, at, install_id, actor_kind, actor_id, action, target, outcome, count, detail)
WHERE b.bucket = :bucket
ON CONFLICT (bucket, tenant, id, at) DO UPDATE SET count = excluded.count WHERE excluded.count > audit.count;
