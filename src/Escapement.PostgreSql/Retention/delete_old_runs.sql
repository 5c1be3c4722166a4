-- Differs: PostgreSQL drops whole partitions and deletes only what lies outside them; SQLite has none and walks its key.
-- Deletes some runs of one bucket that lie outside all partitions.
DELETE FROM runs_other
WHERE bucket = :bucket AND (id, due_at) IN (
  SELECT id, due_at FROM runs_other WHERE bucket = :bucket AND created_at < :before LIMIT :limit
);
