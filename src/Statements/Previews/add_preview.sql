-- Keeps a preview.
INSERT INTO previews (bucket, id, tenant, caller, kind, content, things, created_at)
VALUES (:bucket, :id, :tenant, :caller, :kind, :content, :things, :created_at);
