-- Removes an install's large values but for its last ones.
DELETE FROM audit_values
WHERE bucket = :bucket AND install_id = :install AND sha256 IN (
  SELECT sha256 FROM audit_values
  WHERE bucket = :bucket AND install_id = :install
  ORDER BY kept_at DESC, sha256
  LIMIT :limit OFFSET :most
);
