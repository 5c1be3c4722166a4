-- Stores an install.
INSERT INTO installs (id, tenant, extension_id, version_id, enabled, granted, created_at, updated_at)
VALUES (:id, :tenant, :extension, :version, :enabled, :granted, :created_at, :updated_at);
