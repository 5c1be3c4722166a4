-- Keeps a large value that an audit entry names by its hash; one that is kept already is kept for longer.
INSERT INTO audit_values (bucket, tenant, install_id, sha256, content, kept_at)
VALUES (:bucket, :tenant, :install, :sha256, :content, :now)
ON CONFLICT (bucket, install_id, sha256) DO UPDATE SET kept_at = excluded.kept_at;
