-- Differs: PostgreSQL reads the tenants from the installs; SQLite steps through its index of what is due.
-- A stretch of the tenants, going round from :after, and whether each has schedules that are due. Steps from tenant to tenant
-- through an index instead of reading all that is due.
WITH RECURSIVE tenants (tenant, number) AS (
  SELECT (SELECT s.tenant FROM schedules s INDEXED BY schedules_due_by_tenant
          WHERE s.next_start_at IS NOT NULL AND s.tenant > :after ORDER BY s.tenant LIMIT 1), 1
  UNION ALL
  SELECT (SELECT s.tenant FROM schedules s INDEXED BY schedules_due_by_tenant
          WHERE s.next_start_at IS NOT NULL AND s.tenant > t.tenant ORDER BY s.tenant LIMIT 1), t.number + 1
  FROM tenants t
  WHERE t.tenant IS NOT NULL AND t.number < :limit
)
SELECT t.tenant, EXISTS (SELECT 1 FROM schedules s INDEXED BY schedules_due_by_tenant WHERE s.tenant = t.tenant AND s.next_start_at <= :now)
FROM tenants t
WHERE t.tenant IS NOT NULL;
