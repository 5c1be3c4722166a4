-- Differs: PostgreSQL takes so many of each bucket and merges them; SQLite has one bucket.
-- Installs of an extension after a tenant, by tenant, of which each has it once. The columns are in the order in which StoredInstall reads them.
SELECT i.id, i.tenant, i.extension_id, i.version_id, i.enabled, i.granted, i.created_at, i.updated_at, i.previous_version_id, i.previous_granted,
       (SELECT p.id FROM pauses p WHERE p.bucket = i.bucket AND p.tenant = i.tenant AND p.install_id = i.id AND p.ended_at IS NULL
        ORDER BY p.since DESC LIMIT 1) AS pause
FROM installs i
WHERE i.extension_id = :extension AND i.tenant > :after
ORDER BY i.tenant
LIMIT :limit;
