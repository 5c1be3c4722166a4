-- The buckets that have work, in one read. The embedded store has no buckets and no such statement.
SELECT b.bucket
FROM buckets b
WHERE EXISTS (SELECT 1 FROM schedules s WHERE s.bucket = b.bucket AND s.next_due_at <= :now)
   OR EXISTS (SELECT 1 FROM queued_runs r WHERE r.bucket = b.bucket AND r.available_at <= :now);
