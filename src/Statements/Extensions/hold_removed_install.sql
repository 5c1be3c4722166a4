-- One install that was removed, held until it is restored or gone for good. The columns are in the order in which StoredInstall reads them.
SELECT id, tenant, extension_id, version_id, enabled, granted, created_at, updated_at, previous_version_id, previous_granted
FROM removed_installs
WHERE bucket = :bucket AND id = :id AND tenant = :tenant AND removed_at >= :since
FOR UPDATE;
