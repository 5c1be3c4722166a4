-- Differs: PostgreSQL steps into an index of each bucket; SQLite has one bucket.
-- Which run, schedule or install of all tenants has an id.
SELECT r.tenant, r.install_id, r.schedule_id, r.id FROM runs r WHERE r.id = :id
UNION ALL
SELECT s.tenant, s.install_id, s.id, NULL FROM schedules s WHERE s.id = :id
UNION ALL
SELECT i.tenant, i.id, NULL, NULL FROM installs i WHERE i.id = :id;
