-- Differs: PostgreSQL's index of starts does not hold the id, and what starts at one instant is sorted after it; SQLite's does.
-- A tenant's schedules that have a start, after a place, by start.
SELECT l.*
FROM listed_schedules l
WHERE l.bucket = :bucket AND l.tenant = :tenant AND l.next_start_at IS NOT NULL AND (l.next_start_at, l.id) > (:at, :id)
ORDER BY l.next_start_at, l.id
LIMIT :limit;
