-- Differs: PostgreSQL keeps queued runs in a table of their own; SQLite in the ledger, by an index that has to be named.
-- A stretch of the tenants with queued runs, going round from :after, and whether each has one that may start. Steps from
-- tenant to tenant through an index instead of reading all that is queued.
WITH RECURSIVE tenants (tenant, number) AS (
  SELECT (SELECT r.tenant FROM runs r INDEXED BY runs_queued_by_tenant WHERE r.state = 0 AND r.tenant > :after ORDER BY r.tenant LIMIT 1), 1
  UNION ALL
  SELECT (SELECT r.tenant FROM runs r INDEXED BY runs_queued_by_tenant WHERE r.state = 0 AND r.tenant > t.tenant ORDER BY r.tenant LIMIT 1), t.number + 1
  FROM tenants t
  WHERE t.tenant IS NOT NULL AND t.number < :limit
)
SELECT t.tenant, EXISTS (SELECT 1 FROM runs r INDEXED BY runs_queued_by_tenant WHERE r.state = 0 AND r.tenant = t.tenant AND r.available_at <= :now)
FROM tenants t
WHERE t.tenant IS NOT NULL;
