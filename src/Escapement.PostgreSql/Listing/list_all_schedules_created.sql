-- Differs: PostgreSQL's schedules are in order within their bucket only, so the index of texts has the order; SQLite has one bucket.
-- All schedules after a place, oldest first: ids sort by time.
SELECT f.*
FROM (SELECT t.bucket, t.id FROM schedule_texts t WHERE t.id > :id ORDER BY t.id LIMIT :limit) t
JOIN listed_schedules f ON f.bucket = t.bucket AND f.id = t.id
ORDER BY t.id;
