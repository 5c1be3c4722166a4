-- A tenant's schedules that have no start, after a place, by id.
SELECT l.*
FROM listed_schedules l
WHERE l.bucket = :bucket AND l.tenant = :tenant AND l.next_start_at IS NULL AND l.id > :id
ORDER BY l.id
LIMIT :limit;
