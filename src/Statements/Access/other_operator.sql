-- Another operator's token that lets in.
SELECT id FROM tokens WHERE id <> :id AND role = :role AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > :at) LIMIT 1;
