-- One call of an install. The columns are in the order in which StoredCall reads them.
SELECT id, tenant, install_id, at, version_id, method, path, status, reason, duration_ms, error, evidence
FROM calls
WHERE bucket = :bucket AND install_id = :install AND id = :id AND tenant || '' = :tenant;
