-- Keeps an install that is being removed, so that it can be restored.
INSERT INTO removed_installs (bucket, id, tenant, extension_id, version_id, previous_version_id, enabled, granted,
                              previous_granted, created_at, updated_at, removed_at, removed_by)
SELECT i.bucket, i.id, i.tenant, i.extension_id, i.version_id, i.previous_version_id, i.enabled, i.granted, i.previous_granted,
       i.created_at, i.updated_at, :now, :by
FROM installs i
WHERE i.bucket = :bucket AND i.id = :id;
