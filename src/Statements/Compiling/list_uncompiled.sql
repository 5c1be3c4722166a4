-- Versions that are neither compiled nor refused on an engine, or are to be tried again. The columns are in the order in which StoredCompilation reads them.
SELECT v.id, v.extension_id, v.version, v.component_sha256, v.component_bytes, v.published_by,
       EXISTS (SELECT 1 FROM compilations e WHERE e.component_sha256 = v.component_sha256 AND e.state = 2)
FROM versions v
LEFT JOIN compilations c ON c.component_sha256 = v.component_sha256 AND c.engine = :engine
WHERE v.withdrawn_at IS NULL AND (c.state IS NULL OR c.state < 2 OR c.retry_at <= :now)
ORDER BY v.published_at, v.id;
