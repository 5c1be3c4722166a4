-- Stores the first token, if there never was one; answers its id when it was stored. On PostgreSQL, two nodes that start at once are
-- kept apart by the lock that is taken before.
INSERT INTO tokens (id, name, role, tenants, extension_prefixes, sha256, made_by, created_at, expires_at)
SELECT :id, :name, :role, :tenants, :extension_prefixes, :sha256, :made_by, :created_at, :expires_at
WHERE NOT EXISTS (SELECT 1 FROM tokens)
RETURNING id;
