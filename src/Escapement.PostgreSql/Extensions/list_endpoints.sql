-- The endpoints of several versions, by path then method.
SELECT version_id, id, method, path, handler, schedulable FROM endpoints WHERE version_id = ANY (:versions) ORDER BY path, method;
