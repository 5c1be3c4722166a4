-- Differs: PostgreSQL takes so many of each bucket and merges them; SQLite has one bucket.
-- All schedules after a place, by label.
SELECT f.*
FROM (
  SELECT t.*
  FROM buckets b
  CROSS JOIN LATERAL (
    SELECT t.bucket, t.id, t.label
    FROM schedule_texts t
    WHERE t.bucket = b.bucket AND (t.label, t.id) > (:text, :id)
    ORDER BY t.label, t.id
    LIMIT :limit) t
  ORDER BY t.label, t.id
  LIMIT :limit) t
JOIN listed_schedules f ON f.bucket = t.bucket AND f.id = t.id
ORDER BY t.label, t.id;
