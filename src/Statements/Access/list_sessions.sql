-- Sessions before a place in the list, the latest begun first.
SELECT id, name, role, tenants, extension_prefixes, sha256, token_sha256, created_at, last_used_at
FROM sessions
WHERE id < :before
ORDER BY id DESC
LIMIT :limit;
