-- Differs: PostgreSQL opens all runs of a claim at once, in a table of their own; SQLite one at a time, in the ledger.
-- Opens runs of backfills under a lease. Their schedules, which are held, have no other.
-- From the bucket's row, so that a distributed database carries it out where the bucket lies.
INSERT INTO running_runs (bucket, schedule_id, id, tenant, install_id, due_at, trigger_kind, attempt, lost_attempts, stopped_attempts,
                          lease_token, lease_until, created_at, started_at, node, payload_revision, asked)
SELECT b.bucket, v.schedule_id, v.id, v.tenant, v.install_id, v.due_at, 3, 1, 0, 0, :token, :until, :now, :now, :node, v.payload_revision,
       v.asked
FROM buckets b
CROSS JOIN unnest(:ids, :tenants, :installs, :schedules, :dues, :payload_revisions, :asks)
  AS v (id, tenant, install_id, schedule_id, due_at, payload_revision, asked)
WHERE b.bucket = :bucket;
