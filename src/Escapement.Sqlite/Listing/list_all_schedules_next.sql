-- Differs: PostgreSQL takes so many of each bucket and merges them; SQLite has one bucket.
-- All schedules that have a start, after a place, by start.
SELECT l.*
FROM listed_schedules l
WHERE l.next_start_at IS NOT NULL AND (l.next_start_at, l.id) > (:at, :id)
ORDER BY l.next_start_at, l.id
LIMIT :limit;
