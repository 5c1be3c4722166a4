-- One install of one tenant. The columns are in the order in which StoredInstall reads them.
SELECT id, tenant, extension_id, version_id, enabled, granted, created_at, updated_at, previous_version_id,
       previous_granted,
       (SELECT p.id FROM pauses p WHERE p.bucket = :bucket AND p.tenant = :tenant AND p.install_id = installs.id AND p.ended_at IS NULL
        ORDER BY p.since DESC LIMIT 1) AS pause
FROM installs
WHERE bucket = :bucket AND id = :id AND tenant = :tenant;
