-- All versions that were not withdrawn. The columns are in the order in which StoredVersion reads them.
SELECT id, extension_id, version, publisher, runtime, capabilities, manifest, bundle_sha256, component_sha256, published_at,
       component_bytes, published_by, withdrawn_at
FROM versions
WHERE withdrawn_at IS NULL
ORDER BY extension_id, published_at, id;
