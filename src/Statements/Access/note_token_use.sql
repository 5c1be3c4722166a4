-- Notes when a token was last used, unless another node noted as late a time.
UPDATE tokens SET last_used_at = :at WHERE id = :id AND (last_used_at IS NULL OR last_used_at < :at);
