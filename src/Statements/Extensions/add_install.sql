-- Stores an install, unless the tenant has one of the extension; answers its id when it was stored.
INSERT INTO installs (bucket, id, tenant, extension_id, version_id, previous_version_id, enabled, granted, previous_granted, created_at,
                      updated_at)
VALUES (:bucket, :id, :tenant, :extension, :version, :previous_version, :enabled, :granted, :previous_granted, :created_at,
        :updated_at)
ON CONFLICT DO NOTHING
RETURNING id;
