-- The audit entry of a pause that the host made by itself, if it made it.
INSERT INTO audit (bucket, tenant, id, at, install_id, actor_kind, actor_id, action, target, outcome, count, detail)
SELECT s.bucket, s.tenant, :id, :at, s.install_id, :actor_kind, :actor_id, :action, :target, :outcome, :count, :detail
FROM schedules s
WHERE s.bucket = :bucket AND s.id = :schedule AND s.pause = :pause;
