-- Stores the bytes of a version's bundle.
INSERT INTO bundles (version_id, content) VALUES (:version, :content);
