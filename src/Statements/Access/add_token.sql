-- Adds a token.
INSERT INTO tokens (id, name, role, tenants, extension_prefixes, sha256, made_by, created_at, expires_at)
VALUES (:id, :name, :role, :tenants, :extension_prefixes, :sha256, :made_by, :created_at, :expires_at);
