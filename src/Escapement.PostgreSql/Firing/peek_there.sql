-- Differs: only where the schema is distributed. It leaves out buckets whose machine is away, which Citus sees only if every table
-- is told of them by itself; a plain PostgreSQL takes peek, which is spared these conditions.
-- The earliest instant after :after at which something is due, or a pause ends, in some buckets.
SELECT min(least(
  (SELECT s.next_start_at FROM schedules s
   WHERE s.bucket = b.bucket AND s.bucket = ANY (:buckets) AND s.next_start_at > :after ORDER BY s.next_start_at LIMIT 1),
  (SELECT r.available_at FROM queued_runs r
   WHERE r.bucket = b.bucket AND r.bucket = ANY (:buckets) AND r.available_at > :after ORDER BY r.available_at LIMIT 1),
  (SELECT min(p.until_at) FROM pauses p
   WHERE p.bucket = b.bucket AND p.bucket = ANY (:buckets) AND p.until_at > :after AND p.ended_at IS NULL)))
FROM buckets b
WHERE b.bucket = ANY (:buckets);
