-- Adds a code that signs a browser in once.
INSERT INTO sign_in_codes (sha256, token_sha256, expires_at) VALUES (:sha256, :token_sha256, :expires_at);
