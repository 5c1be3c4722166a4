-- Differs: SQLite has an index of three-letter pieces in a table of its own, which is asked by MATCH; PostgreSQL has it on the column.
-- All tenants' schedules whose name or endpoint holds a text.
SELECT l.*
FROM schedule_search
CROSS JOIN listed_schedules l
WHERE schedule_search MATCH :match AND l.id = schedule_search.id
LIMIT :limit;
