-- Stores a version.
INSERT INTO versions (id, extension_id, version, publisher, runtime, capabilities, manifest, bundle_sha256, component_sha256,
                      published_at)
VALUES (:id, :extension, :version, :publisher, :runtime, :capabilities, :manifest, :bundle_sha256, :component_sha256, :published_at);
