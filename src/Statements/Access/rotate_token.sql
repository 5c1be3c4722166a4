-- Gives a token another secret, if it has the one that was seen; that one works until then, and the one before it no more. Answers its id when
-- there is one.
UPDATE tokens
SET old_sha256 = sha256, old_until = :old_until, sha256 = :sha256, expires_at = :expires_at
WHERE id = :id AND sha256 = :before AND revoked_at IS NULL
RETURNING id;
