-- All versions. The columns are in the order in which StoredVersion reads them.
SELECT id, extension_id, version, publisher, runtime, capabilities, manifest, bundle_sha256, component_sha256, published_at
FROM versions
ORDER BY extension_id, published_at, id;
