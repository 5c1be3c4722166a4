-- Differs: PostgreSQL takes so many of each bucket and merges them; SQLite has one bucket.
-- All schedules after a place, oldest first: ids sort by time.
SELECT f.*
FROM buckets b
CROSS JOIN LATERAL (
  SELECT l.* FROM listed_schedules l WHERE l.bucket = b.bucket AND l.id > :id ORDER BY l.id LIMIT :limit) f
ORDER BY f.id
LIMIT :limit;
