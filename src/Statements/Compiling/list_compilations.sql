-- How far each component is on an engine. The columns are in the order in which StoredCompilation reads them.
SELECT component_sha256, state, reason, started_at, finished_at, retry_at
FROM compilations
WHERE engine = :engine;
