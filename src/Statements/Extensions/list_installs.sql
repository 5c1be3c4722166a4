-- A tenant's installs, oldest first. The columns are in the order in which StoredInstall reads them.
SELECT id, tenant, extension_id, version_id, enabled, granted, created_at, updated_at, previous_version_id,
       previous_granted
FROM installs
WHERE bucket = :bucket AND tenant = :tenant
ORDER BY created_at, id;
