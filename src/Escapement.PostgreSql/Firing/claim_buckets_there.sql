-- Differs: only where the schema is distributed. It leaves out buckets whose machine is away, which Citus sees only if every table
-- is told of them by itself; a plain PostgreSQL takes claim_buckets, which is spared these conditions.
-- The buckets that have work, among some.
SELECT b.bucket
FROM buckets b
WHERE b.bucket = ANY (:buckets)
  AND ((SELECT s.next_start_at FROM schedules s
        WHERE s.bucket = b.bucket AND s.bucket = ANY (:buckets) AND s.next_start_at <= :now ORDER BY s.next_start_at LIMIT 1) IS NOT NULL
    OR (SELECT r.available_at FROM queued_runs r
        WHERE r.bucket = b.bucket AND r.bucket = ANY (:buckets) AND r.available_at <= :now ORDER BY r.available_at LIMIT 1) IS NOT NULL
    OR (SELECT min(coalesce(p.ended_at, p.until_at)) FROM pauses p WHERE p.bucket = b.bucket AND p.bucket = ANY (:buckets)) <= :now);
