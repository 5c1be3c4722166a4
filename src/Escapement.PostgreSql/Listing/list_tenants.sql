-- Differs: PostgreSQL takes so many of each bucket and merges them; SQLite has one bucket.
-- Tenants that have installs, after one, by name, with what they have.
SELECT i.tenant, i.installs::integer,
       (SELECT count(*) FROM schedule_texts t WHERE t.bucket = i.bucket AND t.tenant = i.tenant)::integer,
       (SELECT count(*) FROM schedules s WHERE s.bucket = i.bucket AND s.tenant = i.tenant AND s.failures > 0)::integer
FROM (
  SELECT f.bucket, f.tenant, f.installs
  FROM buckets b
  CROSS JOIN LATERAL (
    SELECT i.bucket, i.tenant, count(*) AS installs
    FROM installs i
    WHERE i.bucket = b.bucket AND i.tenant > :after
    GROUP BY i.bucket, i.tenant
    ORDER BY i.tenant
    LIMIT :limit) f
  ORDER BY f.tenant
  LIMIT :limit) i
ORDER BY i.tenant;
