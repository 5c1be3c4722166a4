-- Removes nodes that gave no sign of life since an instant.
DELETE FROM nodes WHERE bucket = :bucket AND id IN (SELECT id FROM nodes WHERE bucket = :bucket AND seen_at < :before LIMIT :limit);
