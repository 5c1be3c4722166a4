-- Differs: PostgreSQL keeps queued runs in a table of their own, so the ledger has to be asked; on SQLite its key refuses.
-- Queues a run that somebody asks for. The same instant again is refused by what the ledger has; the caller moves on by a millisecond.
-- From the bucket's row, so that a distributed database carries it out where the bucket lies.
INSERT INTO queued_runs (bucket, schedule_id, id, tenant, install_id, due_at, trigger_kind, attempt, lost_attempts, stopped_attempts,
                         available_at, created_at, asked, payload_revision)
SELECT b.bucket, :schedule, :id, :tenant, :install, :due_at, :trigger, 0, 0, 0, :now, :now, :asked, :payload_revision
FROM buckets b
WHERE b.bucket = :bucket
  AND NOT EXISTS (
    SELECT 1 FROM runs r WHERE r.bucket = :bucket AND r.schedule_id = :schedule AND r.due_at = :due_at AND r.trigger_kind = :trigger)
RETURNING id;
