-- A tenant's schedules whose last runs failed.
SELECT l.* FROM listed_schedules l WHERE l.bucket = :bucket AND l.tenant = :tenant AND l.failures > 0 LIMIT :limit;
