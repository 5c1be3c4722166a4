-- Notes when a session was last used, unless another node noted as late a time.
UPDATE sessions SET last_used_at = :at WHERE id = :id AND last_used_at < :at;
