-- Whether a schedule can be run because somebody asks, and which payload it has; it is held until the run is queued.
SELECT s.active_run_id, i.enabled, s.payload_revision
FROM schedules s
JOIN installs i ON i.bucket = :bucket AND i.id = s.install_id
WHERE s.bucket = :bucket AND s.id = :id AND s.install_id = :install AND s.tenant = :tenant
FOR UPDATE OF s;
