-- Differs: PostgreSQL drops whole partitions and deletes only what lies outside them; SQLite has none and walks its key.
-- Deletes some kept calls that are old. Ids begin with the time at which the call came.
DELETE FROM calls WHERE id IN (SELECT id FROM calls WHERE id < :before ORDER BY id LIMIT :limit);
