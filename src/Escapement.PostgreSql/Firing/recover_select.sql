-- Differs: PostgreSQL takes the runs of one bucket, so many at once, and holds them; SQLite has one writer.
-- Holds runs whose lease ran out, and tells whether their install is still there. Those that another node is taking are left to it.
-- The columns are in the order in which SettledRuns reads them, and then the install.
SELECT r.id, r.tenant, r.install_id, r.schedule_id, r.due_at, r.trigger_kind, r.attempt, r.lost_attempts, r.stopped_attempts, r.created_at,
       r.started_at, r.lease_until, r.node, r.asked, r.earlier_attempts,
       r.payload_revision,
       EXISTS (SELECT 1 FROM installs i WHERE i.bucket = :bucket AND i.id = r.install_id)
FROM running_runs r
WHERE r.bucket = :bucket AND r.lease_until < :now
LIMIT :limit
FOR UPDATE OF r SKIP LOCKED;
