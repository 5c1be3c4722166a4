-- Removes an install's calls but for its last ones.
DELETE FROM calls
WHERE bucket = :bucket AND install_id = :install AND id < (
  SELECT id FROM calls WHERE bucket = :bucket AND install_id = :install ORDER BY id DESC LIMIT 1 OFFSET :others
);
