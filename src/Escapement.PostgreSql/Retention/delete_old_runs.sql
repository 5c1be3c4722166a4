-- Deletes some ended runs that lie outside all partitions. Open ones stay, however old.
DELETE FROM runs_other
WHERE (bucket, id, due_at) IN (
  SELECT bucket, id, due_at FROM runs_other WHERE created_at < :before AND state >= 2 LIMIT :limit
);
