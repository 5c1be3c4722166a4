-- Removes outages that ended before an instant.
DELETE FROM outages WHERE bucket = :bucket AND from_at IN (SELECT from_at FROM outages WHERE bucket = :bucket AND to_at < :before LIMIT :limit);
