-- Tokens before a place in the list, newest first.
SELECT id, name, role, tenants, extension_prefixes, sha256, old_until, made_by, created_at, expires_at, last_used_at
FROM tokens
WHERE revoked_at IS NULL AND id < :before
ORDER BY id DESC
LIMIT :limit;
