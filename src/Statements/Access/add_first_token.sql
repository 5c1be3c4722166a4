-- Stores the first token, if there is none at all; answers its id when it was stored. On PostgreSQL, two nodes that start at once are
-- kept apart by the lock that is taken before.
INSERT INTO tokens (id, name, sha256, created_at)
SELECT :id, :name, :sha256, :created_at
WHERE NOT EXISTS (SELECT 1 FROM tokens)
RETURNING id;
