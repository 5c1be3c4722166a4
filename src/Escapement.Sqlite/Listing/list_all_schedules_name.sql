-- Differs: PostgreSQL takes so many of each bucket and merges them; SQLite has one bucket.
-- All schedules after a place, by label.
SELECT l.*
FROM schedule_texts t
CROSS JOIN listed_schedules l
WHERE (t.label, t.id) > (:text, :id) AND l.id = t.id
ORDER BY t.label, t.id
LIMIT :limit;
