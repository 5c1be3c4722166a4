-- Ends the codes that were made with a token before its last ones.
DELETE FROM sign_in_codes
WHERE sha256 IN (SELECT sha256 FROM sign_in_codes WHERE token_sha256 = :token_sha256 ORDER BY expires_at DESC, sha256 DESC LIMIT :limit OFFSET :most);
