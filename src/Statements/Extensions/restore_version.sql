-- Publishes a version again that was withdrawn, unless another has done so meanwhile; answers its id when it did.
UPDATE versions
SET withdrawn_at = NULL, published_at = :now, published_by = :publisher, kept_bytes = :kept_bytes
WHERE id = :id AND withdrawn_at IS NOT NULL
RETURNING id;
