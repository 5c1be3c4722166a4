-- Differs: PostgreSQL steps into the indexes of each bucket, and keeps queued runs in a table of their own.
-- The earliest instant after :after at which something is due, or a pause ends, in one read: one step into each of two indexes for each bucket, and a look at
-- the few pauses.
SELECT min(least(
  (SELECT min(s.next_start_at) FROM schedules s WHERE s.bucket = b.bucket AND s.next_start_at > :after),
  (SELECT min(r.available_at) FROM queued_runs r WHERE r.bucket = b.bucket AND r.available_at > :after),
  (SELECT min(p.until_at) FROM pauses p WHERE p.bucket = b.bucket AND p.until_at > :after AND p.ended_at IS NULL)))
FROM buckets b;
