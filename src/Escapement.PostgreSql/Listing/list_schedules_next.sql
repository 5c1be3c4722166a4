-- Differs: PostgreSQL's index of starts does not hold the id, and what starts at one instant is sorted after it; SQLite's does.
-- A tenant's schedules that have a start, after a place, by start.
SELECT l.*
FROM (
  SELECT t.*
  FROM (
    SELECT s.bucket, s.id, s.next_start_at
    FROM schedules s
    WHERE s.bucket = :bucket AND s.tenant = :tenant AND s.next_start_at >= :at AND (s.next_start_at, s.id) > (:at, :id)
    ORDER BY s.next_start_at
    FETCH FIRST (:limit) ROWS WITH TIES) t
  ORDER BY t.next_start_at, t.id
  LIMIT :limit) n
JOIN listed_schedules l ON l.bucket = :bucket AND l.id = n.id
ORDER BY n.next_start_at, n.id;
