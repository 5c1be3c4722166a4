-- Keeps a gateway call for its author. One that is there stays as it is: a commit that was not answered is repeated.
INSERT INTO calls (bucket, install_id, id, at, tenant, version_id, method, path, status, reason, duration_ms, error, evidence)
VALUES (:bucket, :install, :id, :at, :tenant, :version, :method, :path, :status, :reason, :duration_ms, :error, :evidence)
ON CONFLICT DO NOTHING;
