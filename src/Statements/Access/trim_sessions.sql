-- Ends the sessions that were begun with a token before its last ones.
DELETE FROM sessions
WHERE id IN (SELECT id FROM sessions WHERE token_sha256 = :token_sha256 ORDER BY created_at DESC, id DESC LIMIT :limit OFFSET :most);
