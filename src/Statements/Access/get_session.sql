-- The session of this id.
SELECT id, name, role, tenants, extension_prefixes, sha256, token_sha256, created_at, last_used_at FROM sessions WHERE id = :id;
