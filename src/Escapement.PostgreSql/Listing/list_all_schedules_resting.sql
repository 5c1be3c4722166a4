-- Differs: PostgreSQL takes so many of each bucket and merges them; SQLite has one bucket.
-- All schedules that have no start, after a place, by tenant and id.
SELECT f.*
FROM buckets b
CROSS JOIN LATERAL (
  SELECT l.*
  FROM listed_schedules l
  WHERE l.bucket = b.bucket AND l.next_start_at IS NULL AND (l.tenant, l.id) > (:text, :id)
  ORDER BY l.tenant, l.id
  LIMIT :limit) f
ORDER BY f.tenant, f.id
LIMIT :limit;
