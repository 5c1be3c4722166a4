-- Revokes a token, if it has the secret that was seen; answers its id when there is one. The row stays: a store whose tokens were all revoked
-- makes no first one again.
UPDATE tokens SET revoked_at = :at WHERE id = :id AND sha256 = :before AND revoked_at IS NULL RETURNING id;
