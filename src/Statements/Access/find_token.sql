-- The token that has this hash, or had it before its last rotation.
SELECT id, name, role, tenants, extension_prefixes, sha256, old_until, made_by, created_at, expires_at, last_used_at
FROM tokens
WHERE (sha256 = :sha256 OR old_sha256 = :sha256) AND revoked_at IS NULL;
