-- Differs: PostgreSQL takes so many of each bucket and merges them; SQLite has one bucket.
-- Tenants that have installs, after one, by name, with what they have.
SELECT i.tenant, i.installs,
       (SELECT count(*) FROM schedule_texts t WHERE t.tenant = i.tenant),
       (SELECT count(*) FROM schedules s WHERE s.tenant = i.tenant AND s.failures > 0)
FROM (SELECT tenant, count(*) AS installs FROM installs WHERE tenant > :after GROUP BY tenant ORDER BY tenant LIMIT :limit) i
ORDER BY i.tenant;
