-- Differs: PostgreSQL drops whole partitions and deletes only what lies outside them; SQLite has none and walks its key.
-- Deletes some kept calls of one bucket that lie outside all partitions.
DELETE FROM calls_other
WHERE bucket = :bucket AND (install_id, id, at) IN (
  SELECT install_id, id, at FROM calls_other WHERE bucket = :bucket AND at < :before LIMIT :limit
);
