-- Differs: PostgreSQL takes so many of each bucket, merges them and joins what is left; SQLite has one bucket.
-- All schedules that have no start, after a place, by tenant and id.
SELECT f.*
FROM (
  SELECT n.*
  FROM buckets b
  CROSS JOIN LATERAL (
    SELECT s.bucket, s.tenant, s.id
    FROM schedules s
    WHERE s.bucket = b.bucket AND s.next_start_at IS NULL AND (s.tenant, s.id) > (:text, :id)
    ORDER BY s.tenant, s.id
    LIMIT :limit) n
  ORDER BY n.tenant, n.id
  LIMIT :limit) n
JOIN listed_schedules f ON f.bucket = n.bucket AND f.id = n.id
ORDER BY n.tenant, n.id;
