-- Keeps a large value that an audit entry names by its hash; one that is kept already is kept for longer, and for an admin's change if one had it.
INSERT INTO audit_values (bucket, tenant, install_id, sha256, content, kept_at, by_extension)
VALUES (:bucket, :tenant, :install, :sha256, :content, :now, :by_extension)
ON CONFLICT (bucket, install_id, sha256) DO UPDATE
SET kept_at = excluded.kept_at, by_extension = (audit_values.by_extension AND excluded.by_extension);
