-- Uses a code up; answers it when it was there, which it is for one of those who ask alone.
DELETE FROM sign_in_codes WHERE sha256 = :sha256 RETURNING sha256, token_sha256, expires_at;
