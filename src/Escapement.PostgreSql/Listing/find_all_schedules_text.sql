-- Differs: SQLite has an index of three-letter pieces in a table of its own, which is asked by MATCH; PostgreSQL has it on the column.
-- All tenants' schedules whose name or endpoint holds a text.
SELECT l.*
FROM schedule_texts t
JOIN listed_schedules l ON l.bucket = t.bucket AND l.id = t.id
WHERE t.content LIKE :pattern
LIMIT :limit;
