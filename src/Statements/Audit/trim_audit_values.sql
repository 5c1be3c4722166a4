-- Removes an install's large values but for its last ones, of those that extensions' changes had or of the others.
DELETE FROM audit_values
WHERE bucket = :bucket AND install_id = :install AND sha256 IN (
  SELECT sha256 FROM audit_values
  WHERE bucket = :bucket AND install_id = :install AND by_extension = :by_extension
  ORDER BY kept_at DESC, sha256 DESC
  LIMIT :limit OFFSET :most
);
