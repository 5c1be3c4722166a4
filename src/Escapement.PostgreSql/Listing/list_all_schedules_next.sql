-- Differs: PostgreSQL takes so many of each bucket and merges them; SQLite has one bucket.
-- All schedules that have a start, after a place, by start. What starts at one instant is sorted after the index, which does not hold the id.
-- A few of each bucket tell by when as many as are wanted have started, at the latest; only what starts by then is merged.
WITH few AS (
  SELECT f.next_start_at
  FROM buckets b
  CROSS JOIN LATERAL (
    SELECT s.next_start_at
    FROM schedules s
    WHERE s.bucket = b.bucket AND s.next_start_at >= :at AND (s.next_start_at, s.id) > (:at, :id)
    ORDER BY s.next_start_at
    LIMIT :limit / 8 + 1) f
  ORDER BY f.next_start_at
  LIMIT :limit),
latest AS (SELECT CASE WHEN count(*) < :limit THEN 'infinity' ELSE max(next_start_at) END AS at FROM few)
SELECT l.*
FROM (
  SELECT f.*
  FROM latest u
  CROSS JOIN buckets b
  CROSS JOIN LATERAL (
    SELECT t.*
    FROM (
      SELECT s.bucket, s.id, s.next_start_at
      FROM schedules s
      WHERE s.bucket = b.bucket AND s.next_start_at >= :at AND s.next_start_at <= u.at AND (s.next_start_at, s.id) > (:at, :id)
      ORDER BY s.next_start_at
      FETCH FIRST (:limit) ROWS WITH TIES) t
    ORDER BY t.next_start_at, t.id
    LIMIT :limit) f
  ORDER BY f.next_start_at, f.id
  LIMIT :limit) n
JOIN listed_schedules l ON l.bucket = n.bucket AND l.id = n.id
ORDER BY n.next_start_at, n.id;
