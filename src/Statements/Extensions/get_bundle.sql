-- The bytes of a version's bundle.
SELECT content FROM bundles WHERE version_id = :version;
