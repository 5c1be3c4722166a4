-- The token with this hash.
SELECT id, name, sha256, created_at FROM tokens WHERE sha256 = :sha256;
