-- Stores the endpoints of a version.
INSERT INTO endpoints (version_id, path, method, id, handler, schedulable)
SELECT :version, v.path, v.method, v.id, v.handler, v.schedulable
FROM unnest(:paths, :methods, :ids, :handlers, :schedulables) AS v (path, method, id, handler, schedulable);
