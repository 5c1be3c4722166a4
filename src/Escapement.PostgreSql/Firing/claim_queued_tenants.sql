-- The tenants that have queued runs that may start, going round from :after. Steps from tenant to tenant through an index
-- instead of reading all that is queued.
WITH RECURSIVE tenants (tenant, number) AS (
  SELECT (SELECT r.tenant FROM runs r WHERE r.bucket = :bucket AND r.state = 0 AND r.tenant > :after ORDER BY r.tenant LIMIT 1), 1
  UNION ALL
  SELECT (SELECT r.tenant FROM runs r WHERE r.bucket = :bucket AND r.state = 0 AND r.tenant > t.tenant ORDER BY r.tenant LIMIT 1), t.number + 1
  FROM tenants t
  WHERE t.tenant IS NOT NULL AND t.number < :limit
)
SELECT t.tenant
FROM tenants t
WHERE t.tenant IS NOT NULL
  AND EXISTS (SELECT 1 FROM runs r WHERE r.bucket = :bucket AND r.state = 0 AND r.tenant = t.tenant AND r.available_at <= :now);
