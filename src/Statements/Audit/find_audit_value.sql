-- A large value that an audit entry names by its hash.
SELECT content
FROM audit_values
WHERE bucket = :bucket AND install_id = :install AND sha256 = :sha256 AND tenant = :tenant AND kept_at >= :since;
