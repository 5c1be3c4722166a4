-- Differs: PostgreSQL picks the ids before it joins; SQLite reads along its one index all the way.
-- All schedules after a place, by label. One index has all buckets: it costs nothing when a schedule fires.
SELECT f.*
FROM (
  SELECT t.bucket, t.id, t.label
  FROM schedule_texts t
  WHERE (t.label, t.id) > (:text, :id)
  ORDER BY t.label, t.id
  LIMIT :limit) t
JOIN listed_schedules f ON f.bucket = t.bucket AND f.id = t.id
ORDER BY t.label, t.id;
