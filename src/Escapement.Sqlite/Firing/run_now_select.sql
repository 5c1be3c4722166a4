-- Whether a schedule can be run now.
SELECT s.active_run_id, i.enabled
FROM schedules s
JOIN installs i ON i.id = s.install_id
WHERE s.id = :id AND s.install_id = :install AND s.tenant = :tenant;
