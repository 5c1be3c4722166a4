-- Differs: PostgreSQL reads the tenants from the installs; SQLite steps through its index of what is due.
-- A stretch of the tenants, going round from :after, and whether each has schedules that are due. The tenants are read from the
-- installs: among the schedules, all that was claimed a moment ago would have to be stepped over to find the next tenant.
SELECT t.tenant, EXISTS (SELECT 1 FROM schedules s WHERE s.bucket = :bucket AND s.tenant = t.tenant AND s.next_start_at <= :now)
FROM (SELECT DISTINCT i.tenant FROM installs i WHERE i.bucket = :bucket AND i.tenant > :after ORDER BY i.tenant LIMIT :limit) t
ORDER BY t.tenant;
