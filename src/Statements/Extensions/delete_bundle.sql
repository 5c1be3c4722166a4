-- Removes the bundle of a version that is withdrawn.
DELETE FROM bundles WHERE version_id = :version;
