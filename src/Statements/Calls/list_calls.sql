-- An install's calls before a place in the list, newest first, without what their guests logged.
SELECT id, tenant, install_id, at, version_id, method, path, status, reason, duration_ms, error, CAST(NULL AS text) AS evidence
FROM calls
WHERE bucket = :bucket AND install_id = :install AND tenant || '' = :tenant AND id < :before
ORDER BY id DESC
LIMIT :limit;
