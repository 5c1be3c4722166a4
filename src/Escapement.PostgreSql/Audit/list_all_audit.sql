-- Differs: PostgreSQL takes so many of each bucket and merges them; SQLite has one bucket.
-- All tenants' entries and those of none, of a stretch of the list, newest first.
SELECT f.*
FROM buckets b
CROSS JOIN LATERAL (
  SELECT id, tenant, at, install_id, actor_kind, actor_id, action, target, outcome, detail, count, changes, undoes
  FROM audit a
  WHERE a.bucket = b.bucket AND a.outcome >= 0 AND a.id < :before AND a.id >= :since
  ORDER BY a.id DESC
  LIMIT :limit) f
ORDER BY f.id DESC
LIMIT :limit;
