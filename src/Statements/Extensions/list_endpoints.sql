-- A version's endpoints, by path then method.
SELECT id, method, path, handler, schedulable FROM endpoints WHERE version_id = :version ORDER BY path, method;
