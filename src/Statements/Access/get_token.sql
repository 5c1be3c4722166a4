-- The token of this id.
SELECT id, name, role, tenants, extension_prefixes, sha256, old_until, made_by, created_at, expires_at, last_used_at
FROM tokens
WHERE id = :id AND revoked_at IS NULL;
