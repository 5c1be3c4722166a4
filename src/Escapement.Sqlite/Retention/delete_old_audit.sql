-- Differs: PostgreSQL drops whole partitions and deletes only what lies outside them; SQLite has none and walks its key.
-- Deletes some old audit entries of one tenant. Ids begin with the time at which they were made.
DELETE FROM audit
WHERE tenant = :tenant AND id IN (SELECT id FROM audit WHERE tenant = :tenant AND id < :before ORDER BY id LIMIT :limit);
