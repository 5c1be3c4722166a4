-- Differs: PostgreSQL takes so many of each bucket and merges them; SQLite has one bucket.
-- Installs of an extension after a tenant, by tenant, of which each has it once. The columns are in the order in which StoredInstall reads them.
SELECT i.id, i.tenant, i.extension_id, i.version_id, i.enabled, i.granted, i.created_at, i.updated_at, i.previous_version_id, i.previous_granted,
       (SELECT p.id FROM pauses p WHERE p.bucket = i.bucket AND p.tenant = i.tenant AND p.install_id = i.id AND p.ended_at IS NULL
        ORDER BY p.since DESC LIMIT 1) AS pause
FROM (
  SELECT f.*
  FROM buckets b
  CROSS JOIN LATERAL (
    SELECT n.*
    FROM installs n
    WHERE n.bucket = b.bucket AND n.extension_id = :extension AND n.tenant > :after
    ORDER BY n.tenant
    LIMIT :limit) f
  ORDER BY f.tenant
  LIMIT :limit) i
ORDER BY i.tenant;
