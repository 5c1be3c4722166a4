-- Deletes some old audit entries of one tenant. Ids begin with the time at which they were made. The PostgreSQL store drops whole
-- partitions instead.
DELETE FROM audit
WHERE tenant = :tenant AND id IN (SELECT id FROM audit WHERE tenant = :tenant AND id < :before ORDER BY id LIMIT :limit);
