-- Keeps an install that is being removed, so that it can be restored.
INSERT INTO removed_installs (bucket, id, tenant, extension_id, version_id, previous_version_id, enabled, granted, previous_granted, created_at, updated_at,
                              removed_at, removed_by)
SELECT :bucket, id, tenant, extension_id, version_id, previous_version_id, enabled, granted, previous_granted, created_at, updated_at, :now, :by
FROM installs
WHERE bucket = :bucket AND id = :id;
