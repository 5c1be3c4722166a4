-- Differs: PostgreSQL takes so many of each bucket and merges them; SQLite has one bucket.
-- All schedules that have a start, after a place, by start. What starts at one instant is sorted after the index, which does not hold the id.
SELECT l.*
FROM (
  SELECT f.*
  FROM buckets b
  CROSS JOIN LATERAL (
    SELECT t.*
    FROM (
      SELECT s.bucket, s.id, s.next_start_at
      FROM schedules s
      WHERE s.bucket = b.bucket AND s.next_start_at >= :at AND (s.next_start_at, s.id) > (:at, :id)
      ORDER BY s.next_start_at
      FETCH FIRST (:limit) ROWS WITH TIES) t
    ORDER BY t.next_start_at, t.id
    LIMIT :limit) f
  ORDER BY f.next_start_at, f.id
  LIMIT :limit) n
JOIN listed_schedules l ON l.bucket = n.bucket AND l.id = n.id
ORDER BY n.next_start_at, n.id;
