-- Removes some large values of audit entries that were kept for as long as they are.
DELETE FROM audit_values
WHERE bucket = :bucket AND (install_id, sha256) IN (
  SELECT install_id, sha256 FROM audit_values WHERE bucket = :bucket AND kept_at < :before ORDER BY kept_at LIMIT :limit
);
