-- Gives a token another secret; the one that it has works until then, and the one before that no more. Answers its id when there is one.
UPDATE tokens
SET old_sha256 = sha256, old_until = :old_until, sha256 = :sha256, expires_at = :expires_at
WHERE id = :id AND revoked_at IS NULL
RETURNING id;
