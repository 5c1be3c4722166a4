-- Differs: as list_all_schedules_created.
-- All schedules after a place, newest first: ids sort by time.
SELECT f.*
FROM (SELECT t.bucket, t.id FROM schedule_texts t WHERE t.id < :id ORDER BY t.id DESC LIMIT :limit) t
JOIN listed_schedules f ON f.bucket = t.bucket AND f.id = t.id
ORDER BY t.id DESC;
