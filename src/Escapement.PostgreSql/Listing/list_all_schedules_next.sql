-- Differs: PostgreSQL takes so many of each bucket and merges them; SQLite has one bucket.
-- All schedules that have a start, after a place, by start.
SELECT f.*
FROM buckets b
CROSS JOIN LATERAL (
  SELECT l.*
  FROM listed_schedules l
  WHERE l.bucket = b.bucket AND l.next_start_at IS NOT NULL AND (l.next_start_at, l.id) > (:at, :id)
  ORDER BY l.next_start_at, l.id
  LIMIT :limit) f
ORDER BY f.next_start_at, f.id
LIMIT :limit;
