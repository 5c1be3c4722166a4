-- Stores the first token, if there is none at all.
INSERT INTO tokens (id, name, sha256, created_at)
SELECT :id, :name, :sha256, :created_at
WHERE NOT EXISTS (SELECT 1 FROM tokens);
