-- Takes a component to compile it, unless that is done or another node is at it; answers which attempt it is.
INSERT INTO compilations (component_sha256, engine, state, lease_token, lease_until, attempts, started_at)
VALUES (:component, :engine, 1, :token, :until, 1, :now)
ON CONFLICT (component_sha256, engine) DO UPDATE
SET state = 1, lease_token = excluded.lease_token, lease_until = excluded.lease_until,
    attempts = CASE WHEN compilations.state = 3 THEN 1 ELSE compilations.attempts + 1 END,
    started_at = excluded.started_at, finished_at = NULL, reason = NULL, retry_at = NULL
WHERE (compilations.state < 2 AND (compilations.lease_until IS NULL OR compilations.lease_until < excluded.started_at))
   OR (compilations.state = 3 AND compilations.retry_at <= excluded.started_at)
RETURNING attempts;
