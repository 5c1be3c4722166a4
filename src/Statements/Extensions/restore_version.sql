-- Publishes a version again that was withdrawn.
UPDATE versions
SET withdrawn_at = NULL, published_at = :now, published_by = :publisher, kept_bytes = :kept_bytes
WHERE id = :id;
