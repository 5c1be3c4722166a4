-- Stores an endpoint of a version.
INSERT INTO endpoints (version_id, path, method, id, handler, schedulable)
VALUES (:version, :path, :method, :id, :handler, :schedulable);
