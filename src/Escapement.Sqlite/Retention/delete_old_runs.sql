-- Differs: PostgreSQL drops whole partitions and deletes only what lies outside them; SQLite has none and walks its key.
-- Deletes some ended runs that are old. Ids begin with the time at which their row was made, so the key is walked from its start;
-- open ones stay, however old.
DELETE FROM runs WHERE id IN (SELECT id FROM runs WHERE id < :before AND state >= 2 ORDER BY id LIMIT :limit);
