-- Deletes some runs of one bucket that lie outside all partitions.
DELETE FROM runs_other
WHERE bucket = :bucket AND (id, due_at) IN (
  SELECT id, due_at FROM runs_other WHERE bucket = :bucket AND created_at < :before LIMIT :limit
);
