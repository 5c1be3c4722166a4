-- Differs: PostgreSQL steps into an index of each bucket; SQLite has one bucket.
-- Which run, schedule or install of all tenants has an id. Bucket by bucket, which LIMIT sees to: no index has the ids of all.
SELECT f.*
FROM buckets b
CROSS JOIN LATERAL (SELECT r.tenant, r.install_id, r.schedule_id, r.id FROM all_runs r WHERE r.bucket = b.bucket AND r.id = :id LIMIT 1) f
UNION ALL
SELECT f.*, NULL
FROM buckets b
CROSS JOIN LATERAL (SELECT s.tenant, s.install_id, s.id FROM schedules s WHERE s.bucket = b.bucket AND s.id = :id LIMIT 1) f
UNION ALL
SELECT f.*, NULL, NULL
FROM buckets b
CROSS JOIN LATERAL (SELECT i.tenant, i.id FROM installs i WHERE i.bucket = b.bucket AND i.id = :id LIMIT 1) f;
