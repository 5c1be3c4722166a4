-- Differs: PostgreSQL drops whole partitions and deletes only what lies outside them; SQLite has none and walks its key.
-- Deletes some audit entries of one bucket that lie outside all partitions.
DELETE FROM audit_other
WHERE bucket = :bucket AND (tenant, id, at) IN (
  SELECT tenant, id, at FROM audit_other WHERE bucket = :bucket AND at < :before LIMIT :limit
);
