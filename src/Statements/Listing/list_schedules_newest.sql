-- A tenant's schedules after a place, newest first: ids sort by time.
SELECT l.*
FROM schedule_texts t
CROSS JOIN listed_schedules l
WHERE t.bucket = :bucket AND t.tenant = :tenant AND t.id < :id AND l.bucket = :bucket AND l.id = t.id
ORDER BY t.id DESC
LIMIT :limit;
