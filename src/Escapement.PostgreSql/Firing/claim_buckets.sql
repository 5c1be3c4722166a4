-- The buckets that have work, in one read: a step into two indexes for each, and a look at the few pauses. Not EXISTS, which may be
-- carried out by reading all that is due at once. The embedded store has no buckets and no such statement.
SELECT b.bucket
FROM buckets b
WHERE (SELECT s.next_start_at FROM schedules s WHERE s.bucket = b.bucket AND s.next_start_at <= :now ORDER BY s.next_start_at LIMIT 1) IS NOT NULL
   OR (SELECT r.available_at FROM queued_runs r WHERE r.bucket = b.bucket AND r.available_at <= :now ORDER BY r.available_at LIMIT 1) IS NOT NULL
   OR (SELECT min(coalesce(p.ended_at, p.until_at)) FROM pauses p WHERE p.bucket = b.bucket) <= :now;
