-- Which run, schedule or install of a tenant has an id.
SELECT r.tenant, r.install_id, r.schedule_id, r.id FROM all_runs r WHERE r.bucket = :bucket AND r.id = :id AND r.tenant = :tenant
UNION ALL
SELECT s.tenant, s.install_id, s.id, NULL FROM schedules s WHERE s.bucket = :bucket AND s.id = :id AND s.tenant = :tenant
UNION ALL
SELECT i.tenant, i.id, NULL, NULL FROM installs i WHERE i.bucket = :bucket AND i.id = :id AND i.tenant = :tenant;
