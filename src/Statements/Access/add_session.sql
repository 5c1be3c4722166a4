-- Adds a session.
INSERT INTO sessions (id, sha256, token_sha256, name, role, tenants, extension_prefixes, created_at, last_used_at)
VALUES (:id, :sha256, :token_sha256, :name, :role, :tenants, :extension_prefixes, :created_at, :last_used_at);
