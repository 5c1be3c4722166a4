-- Stores a version, unless its number is taken; answers its id when it was stored.
INSERT INTO versions (id, extension_id, version, publisher, runtime, capabilities, manifest, bundle_sha256, component_sha256,
                      component_bytes, published_by, published_at, kept_bytes)
VALUES (:id, :extension, :version, :publisher, :runtime, :capabilities, :manifest, :bundle_sha256, :component_sha256,
        :component_bytes, :published_by, :published_at, :kept_bytes)
ON CONFLICT DO NOTHING
RETURNING id;
