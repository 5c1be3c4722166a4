-- Differs: SQLite has an index of three-letter pieces in a table of its own, which is asked by MATCH; PostgreSQL has it on the column.
-- A tenant's schedules whose name or endpoint holds a text.
SELECT l.*
FROM schedule_texts t
JOIN listed_schedules l ON l.bucket = :bucket AND l.id = t.id
WHERE t.bucket = :bucket AND t.tenant = :tenant AND t.content LIKE :pattern
LIMIT :limit;
